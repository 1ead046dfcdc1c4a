// Any bytes as a data set: no crash, no hang, and nothing is accepted that the linter refuses.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/record/csv.hpp>
#include <mgpk/record/problem_codes.hpp>

namespace {

using mgpk::record::DataSet;
using mgpk::record::Problem;
using mgpk::record::ReadOptions;

void must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

/// The first byte chooses how the rest is read, so that one corpus covers the options too.
ReadOptions options_of(unsigned choice) {
  constexpr std::array<char, 4> ignored{'\0', '#', '@', 'C'};
  ReadOptions options;
  options.delimiter = std::string_view(",;\t|")[choice % 4];
  options.ignore = ignored[choice / 4 % 4];
  if (choice / 16 % 2 == 1) options.date_order = "dmy";
  if (choice / 32 % 2 == 1) options.compartments = {"gut", "central"};
  if (choice / 64 % 2 == 1) options.time_unit = "min";
  return options;
}

std::optional<DataSet> read(std::string_view text, const ReadOptions& options) {
  try {
    return mgpk::record::read_csv(text, options);
  } catch (const mgpk::record::DataSetError& error) {
    must(!error.problems().empty(), "an error has problems");
    return std::nullopt;
  }
}

void check_problems(const std::vector<Problem>& problems) {
  for (const Problem& problem : problems) {
    const auto is_it = [&](const auto& known) { return known.code == problem.code; };
    const auto& codes = mgpk::record::problem_codes;
    const auto known = std::find_if(codes.begin(), codes.end(), is_it);
    must(known != codes.end(), "every code is known");
    must(known->severity == "either" || (known->severity == "error") == problem.is_error,
         "the severity is the one of the code");
    must(!problem.advice.empty(), "every problem has advice");
  }
}

void check_rows(const DataSet& data) {
  std::size_t n_rows = 0;
  for (const auto& person : data.people()) {
    must(person.first_row == n_rows, "people follow each other");
    n_rows += person.n_rows;
    try {
      const auto records = data.records(person, {"gut", "central"});
      must(records.size() == person.n_rows, "a record for each row");
      for (const auto& one : records) {
        must(std::isfinite(one.time_h) && std::isfinite(one.amount) && std::isfinite(one.rate),
             "a record is finite");
        must(one.amount >= 0 && one.n_additional >= 0 && one.compartment >= 0, "none is negative");
        const bool infusion = one.at_steady_state != 0 && one.amount == 0;
        must(!gives_dose(one.event) || one.amount > 0 || infusion, "a dose has an amount");
      }
    } catch (const mgpk::UnknownNameError&) {  // a compartment by a name that is not ours
    }
  }
  must(n_rows == data.n_rows(), "each row is somebody's");
  for (const auto& one : data.observations()) must(std::isfinite(one.time_h), "times are finite");
}

void check_round_trip(const DataSet& data, const ReadOptions& options) {
  const std::string text = mgpk::record::write_csv(data);
  const auto again = read(text, options);
  must(again.has_value(), "what was written can be read");
  must(again->n_rows() == data.n_rows() && again->column_names() == data.column_names(),
       "the same rows and columns");
  must(mgpk::record::write_csv(*again) == text, "written again it is the same text");
  for (std::size_t i = 0; i < data.table().columns.size(); ++i) {
    const auto& before = data.table().columns[i].cells;
    const auto& after = again->table().columns[i].cells;
    for (std::size_t row = 0; row < data.n_rows(); ++row) {
      const double x = before.numbers()[row], y = after.numbers()[row];
      must(x == y || (std::isnan(x) && std::isnan(y)), "the same numbers");
      must(before.text(row) == after.text(row), "the same texts");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const ReadOptions options = options_of(bytes[0]);
  const std::string text(bytes + 1, bytes + size);
  const auto problems = mgpk::record::lint_csv(text, options);
  check_problems(problems);
  const bool any_error = std::any_of(problems.begin(), problems.end(),
                                     [](const Problem& problem) { return problem.is_error; });
  const auto data = read(text, options);
  must(data.has_value() != any_error, "reading fails where the linter finds an error, only there");
  if (!data) return 0;
  check_rows(*data);
  check_round_trip(*data, options);
  return 0;
}
