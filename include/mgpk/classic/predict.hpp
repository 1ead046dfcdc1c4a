// The front door of the classic models: a model and a data set in, a prediction for each row out.
#pragma once

#include <span>

#include <mgpk/classic/covariates.hpp>
#include <mgpk/classic/model.hpp>
#include <mgpk/classic/predictions.hpp>
#include <mgpk/compiled.hpp>
#include <mgpk/record/data_set.hpp>
#include <mgpk/record/record.hpp>

namespace mgpk::classic {

/// Predicts every row of a data set. Dosing follows `timeline`; nothing of it stands here.
///
/// @param model    compartments and numbers; a number may be a column
/// @param data     doses and observations, in the unit of amount of the model
/// @param options  engine, covariates between records, side of a jump, tolerances
/// @returns  concentration in the central compartment, all amounts, time after dose, counts
/// @throws InputError for a model or a data set that breaks a rule; ode::SolveError when there is
///         no steady state or the solver fails, and `raise_on_failure` is set
MGPK_COMPILED Predictions predict(const Model& model, const record::DataSet& data,
                                  const PredictOptions& options = {});

/// The same for the records of one person, wherever they come from. `out` has room for their rows;
/// the outcome is appended to `out.people` by the caller.
MGPK_COMPILED PersonOutcome predict_person(const Model& model,
                                           std::span<const record::Record> records,
                                           const ColumnOf& column, const PredictOptions& options,
                                           Predictions& out);

/// Refuses options that are impossible, or that the model does not read.
MGPK_COMPILED void validate(const PredictOptions& options, const Model& model);

}  // namespace mgpk::classic

#if MGPK_DEFINE_COMPILED
#include <mgpk/classic/detail/predict.hpp>
#endif
