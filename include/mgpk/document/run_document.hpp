// A run file: one versioned document that says who takes what, how it is solved, what is written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/document/json.hpp>
#include <mgpk/document/needs_core.hpp>
#include <mgpk/document/problem.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/simulate/options.hpp>

namespace mgpk::document {

/// The version of the format, the value of the key "mgpk_run".
inline constexpr int format_version = 1;

/// Bounds of one document, so that no file asks for more than a computer holds.
inline constexpr std::size_t most_lines = 1'000;   ///< of a plan
inline constexpr std::size_t most_doses = 50'000;  ///< all repeats of all lines
inline constexpr std::size_t most_rows = 200'000;  ///< of the table
/// The largest whole number that every JSON reader keeps.
inline constexpr std::uint64_t largest_seed = (std::uint64_t{1} << 53U) - 1;

/// What a run writes, and under which names in the folder that the caller chooses.
struct Outputs {
  std::optional<std::vector<std::string>> columns;  ///< of the tables; all unless given
  std::size_t every_n_rows = 1;  ///< each so-manieth row of a table, and the last
  std::optional<std::string> table_csv;
  std::optional<std::string> baseline_csv;
  std::optional<std::string> result_json;
  bool operator==(const Outputs&) const = default;
};

/// What a section "outputs" that is left out means.
inline Outputs default_outputs() { return {{}, 1, "table.csv", {}, "result.json"}; }

/// What a result file says about the numbers that were come by.
struct Record {
  std::string digest;  ///< of all numbers of the tables, bit for bit
  Value versions;
};

/// A document that was read and found right: immutable, in the user's own words.
class RunDocument {
 public:
  /// Checks everything. `name` is what messages call the document.
  /// @throws DocumentError with all problems
  MGPK_NEEDS_CORE explicit RunDocument(const Value& words,
                                       std::string_view name = "the run document");

  const Subject& subject() const { return subject_; }
  const Schedule& plan() const { return plan_; }  ///< empty: the baseline alone
  const simulation::Options& options() const { return options_; }
  const Outputs& outputs() const { return outputs_; }
  std::uint64_t seed() const { return seed_; }
  const std::string& note() const { return note_; }
  /// The document itself, keys in their fixed order.
  const Value& words() const { return words_; }
  std::string text() const { return json_text(words_); }
  /// Set where the document was taken out of a result file.
  const std::optional<Record>& record() const { return record_; }

 private:
  friend struct DocumentReader;
  RunDocument() = default;

  Subject subject_;
  Schedule plan_;
  simulation::Options options_;
  Outputs outputs_;
  std::uint64_t seed_ = 0;
  std::string note_;
  Value words_;
  std::optional<Record> record_;
};

/// Reads a run document, or the one inside a result, from a text.
/// @throws DocumentError with all problems
MGPK_NEEDS_CORE RunDocument read_run(std::string_view text,
                                     std::string_view name = "the run document");

/// Reads a run file, or a result file, whose run it gives back.
/// @throws DocumentError with all problems; InputError where the file cannot be read
MGPK_NEEDS_CORE RunDocument read_run_file(const std::filesystem::path& path);

/// The document of a run that was made in a program: amounts in mmol, every option spelt out.
MGPK_NEEDS_CORE RunDocument document_of(const Subject& subject, const Schedule& plan,
                                        const simulation::Options& options,
                                        const Outputs& outputs = default_outputs(),
                                        std::uint64_t seed = 0, std::string_view note = "");

/// Writes a document to a new file. @throws InputError where there is one already
MGPK_NEEDS_CORE void write_run_file(const std::filesystem::path& path, const RunDocument& document,
                                    bool overwrite = false);

}  // namespace mgpk::document
