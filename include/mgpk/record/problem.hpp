// What is wrong with a data set: every problem has a code, a place, and advice.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/error.hpp>

namespace mgpk::record {

/// One problem of a data set. The codes stand in docs/data-sets.md.
struct Problem {
  std::string code;
  bool is_error = true;  ///< an error stops a reading, a warning does not
  std::size_t line = 0;  ///< line of the file, from 1 on; 0 where it is about the whole file
  std::string column;    ///< empty where it is about the whole row
  std::string value;     ///< the cell as it stands in the file
  std::string advice;    ///< the rule, and what to do
  bool operator==(const Problem&) const = default;
};

/// A problem in one line: `line 5, AMT ".": dose_without_amount: a dose needs ...`.
inline std::string in_words(const Problem& problem) {
  std::string text = problem.line > 0 ? "line " + std::to_string(problem.line) : "the file";
  if (!problem.column.empty()) text += ", " + problem.column;
  if (!problem.value.empty()) text += " \"" + problem.value + "\"";
  return text + ": " + problem.code + ": " + problem.advice;
}

/// A data set that cannot be read as it stands. The message lists the first problems; all of them,
/// warnings too, are in `problems()`.
class DataSetError : public InputError {
 public:
  explicit DataSetError(std::vector<Problem> problems)
      : InputError(message_of(problems)), problems_(std::move(problems)) {}

  const std::vector<Problem>& problems() const { return problems_; }

 private:
  static constexpr std::ptrdiff_t n_listed = 10;

  static std::string message_of(const std::vector<Problem>& problems) {
    const auto is_error = [](const Problem& problem) { return problem.is_error; };
    const auto n_errors = std::count_if(problems.begin(), problems.end(), is_error);
    std::string text = "a data set must be free of errors, but this one has " +
                       std::to_string(n_errors) + "; mend them and read it again:";
    std::ptrdiff_t listed = 0;
    for (const Problem& problem : problems) {
      if (!problem.is_error) continue;
      if (listed++ == n_listed) break;
      text += "\n  " + in_words(problem);
    }
    if (n_errors > n_listed) text += "\n  and " + std::to_string(n_errors - n_listed) + " more";
    return text;
  }

  std::vector<Problem> problems_;
};

}  // namespace mgpk::record
