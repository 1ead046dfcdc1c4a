// Runs a document and writes what it asks for; a result carries the document, so it can be
// repeated.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <mgpk/document/needs_core.hpp>
#include <mgpk/document/run_document.hpp>
#include <mgpk/simulate/run.hpp>

namespace mgpk::document {

/// The version of the format of results, the value of the key "mgpk_result".
inline constexpr int result_format_version = 1;

/// Simulates what the document says. @throws ode::SolveError as `simulate` does
MGPK_NEEDS_CORE Run run_document(const RunDocument& document);

/// Versions of mgpk, Boost, Eigen and the compiler that made the library, and the vector
/// instructions that a run uses.
MGPK_NEEDS_CORE Value versions();

/// 16 hexadecimal digits that change with any bit of any number of the run and its baseline.
MGPK_NEEDS_CORE std::string digest_of(const Run& run);

/// The result of a run: the document, versions, seed, status, summary, digest of the numbers.
MGPK_NEEDS_CORE std::string result_json(const RunDocument& document, const Run& run);

/// A table of the run as the document wants it: comment lines, then comma-separated values.
MGPK_NEEDS_CORE std::string table_csv(const RunDocument& document, const Run& run);
MGPK_NEEDS_CORE std::string baseline_csv(const RunDocument& document, const Run& run);

/// Refuses a folder in which the outputs of the document would meet files that are there already:
/// ask before a long run. @throws InputError
MGPK_NEEDS_CORE void check_folder(const RunDocument& document, const std::filesystem::path& folder,
                                  bool overwrite = false);

/// Writes the outputs into the folder, which is made where it is missing; nothing is ever written
/// outside it. @returns the files @throws InputError where a file is there already
MGPK_NEEDS_CORE std::vector<std::filesystem::path> write_outputs(
    const RunDocument& document, const Run& run, const std::filesystem::path& folder,
    bool overwrite = false);

/// Whether a repeated run gave the numbers that its result file recorded, in words; empty for a
/// document that came from no result.
MGPK_NEEDS_CORE std::string compare_with_record(const RunDocument& document, const Run& run);

}  // namespace mgpk::document
