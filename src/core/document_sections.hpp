// The sections of a run document: which reads what, and how each is written from plain structs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/document/run_document.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/simulate/options.hpp>

#include "document_reader.hpp"

namespace mgpk::document {

void read_subject(const Field& section, Subject& subject);
Value subject_words(const Subject& subject);

void read_plan(const Field& section, Schedule& plan);
Value plan_words(const Schedule& plan);

void read_options(const Field& section, simulation::Options& options);
Value options_words(const simulation::Options& options);

void read_outputs(const Field& section, Outputs& outputs);
Value outputs_words(const Outputs& outputs);

/// Names of all columns of a run of this plan.
std::vector<std::string> columns_of(const Schedule& plan);

/// Refuses columns that the run will not have.
void check_columns(const Field& section, const Schedule& plan);

}  // namespace mgpk::document
