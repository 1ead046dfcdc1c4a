// Each code of a problem has a case: a small table, and where the problem stands.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/record/csv.hpp>
#include <mgpk/record/problem_codes.hpp>

namespace {

using mgpk::record::Problem;
using mgpk::record::ReadOptions;

struct Case {
  std::string_view code, text;
  bool is_error;
  std::size_t line;
  std::string_view column, value;
  ReadOptions options = {};
};

ReadOptions with_columns(const mgpk::record::NamePairs& columns) {
  ReadOptions options;
  options.columns = columns;
  return options;
}
ReadOptions with_covariates(const std::vector<std::string>& covariates) {
  ReadOptions options;
  options.covariates = covariates;
  return options;
}
ReadOptions with_units(const mgpk::record::NamePairs& units) {
  ReadOptions options;
  options.units = units;
  return options;
}
ReadOptions with_compartments(const std::vector<std::string>& names) {
  ReadOptions options;
  options.compartments = names;
  return options;
}

// NOLINTNEXTLINE(readability-function-size): a table, one line for each case
const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      {"empty_file", "", true, 0, "", ""},
      {"no_header", "1,0,100\n1,2,.\n", true, 1, "", "1"},
      {"no_rows", "ID,TIME,DV\n", true, 0, "", ""},
      {"not_utf8", "ID,TIME,DV\n1,0,1\n1,1,\xE9\n", true, 3, "", ""},
      {"bad_quote", "TIME,NOTE\n0,\"a\"b\n", true, 2, "", "\"a\"b"},
      {"bad_quote", "TIME,NOTE\n0,\"a\n", true, 2, "", "\"a\n"},
      {"ragged_row", "TIME,DV\n0,1\n1\n", true, 3, "", "1 cells"},
      {"ragged_row", "TIME,DV\n0,1,2\n", true, 2, "", "3 cells"},
      {"missing_column", "ID,DV\n1,2\n", true, 1, "TIME", ""},
      {"unknown_column", "TIME,DV\n0,2\n", true, 1, "level", "", with_columns({{"DV", "level"}})},
      {"unknown_column", "TIME,DV\n0,2\n", true, 1, "WT", "", with_covariates({"WT"})},
      {"unknown_column", "TIME,DV\n0,2\n", true, 1, "AMT", "", with_units({{"AMT", "mg"}})},
      {"unknown_column", "TIME,DV,\n0,2,1\n", true, 1, "", ""},
      {"unknown_column", "TIME,DV,EVDI\n0,2,0\n", false, 1, "EVDI", ""},
      {"unknown_column", "TIME,DV,WT,AGE\n0,2,70,30\n", false, 1, "AGE", "",
       with_covariates({"WT"})},
      {"duplicate_column", "TIME,DV,WT,WT\n0,2,1,1\n", true, 1, "WT", "WT"},
      {"ambiguous_column", "TIME,conc,concentration\n0,2,1\n", true, 1, "conc", ""},
      {"ambiguous_column", "TIME,AMT,DOSE\n0,2,1\n", false, 1, "DOSE", ""},
      {"duration_not_read", "TIME,AMT,DUR\n0,2,1\n", true, 1, "DUR", ""},
      {"mixed_column", "TIME,DV,GROUP\n0,2,1\n1,1,A\n", false, 3, "GROUP", "A"},
      {"unknown_unit", "TIME (weeks),DV\n0,2\n", true, 1, "TIME", "weeks"},
      {"unknown_unit", "TIME,AMT,RATE (mg)\n0,2,1\n", true, 1, "RATE", "mg"},
      {"unit_mismatch", "TIME,AMT (g),RATE (mg/h)\n0,2,1\n", true, 1, "RATE", "mg/h"},
      {"unit_mismatch", "TIME (h),DV\n0,2\n", true, 1, "TIME", "TIME (h)",
       with_units({{"TIME", "min"}})},
      {"not_a_number", "TIME,DV\n0,1\n1,<0.4\n", true, 3, "DV", "<0.4"},
      {"not_a_number", "TIME,DV\n0,inf\n", true, 2, "DV", "inf"},
      {"not_a_number", "TIME,DV\n0,1e999\n", true, 2, "DV", "1e999"},
      {"missing_id", "ID,TIME,DV\n.,0,1\n", true, 2, "ID", "."},
      {"id_reappears", "ID,TIME,DV\n1,0,1\n2,0,1\n1,1,1\n", true, 4, "ID", "1"},
      {"missing_time", "TIME,DV\n.,1\n", true, 2, "TIME", "."},
      {"bad_time", "TIME,DV\n25:00,1\n", true, 2, "TIME", "25:00"},
      {"bad_time", "TIME,DV\n2026-01-02 08:00,1\n09:00,1\n", true, 3, "TIME", "09:00"},
      {"bad_date", "DATE,TIME,DV\n2026-02-30,8:00,1\n", true, 2, "DATE", "2026-02-30"},
      {"bad_date", "DATE,TIME,DV\n01/02/2026,8:00,1\n", true, 2, "DATE", "01/02/2026"},
      {"time_backwards", "ID,TIME,DV\n1,2,1\n1,1,1\n2,0,1\n", true, 3, "TIME", "1"},
      {"bad_evid", "TIME,DV,EVID\n0,1,5\n", true, 2, "EVID", "5"},
      {"bad_evid", "TIME,DV,EVID\n0,1,.\n", true, 2, "EVID", "."},
      {"no_doses", "TIME,DV\n0,1\n", false, 0, "", ""},
      {"dose_without_amount", "TIME,AMT,EVID\n0,0,1\n", true, 2, "AMT", "0"},
      {"dose_without_amount", "TIME,EVID\n0,4\n", true, 2, "AMT", ""},
      {"negative_amount", "TIME,AMT,EVID\n0,-5,1\n", true, 2, "AMT", "-5"},
      {"amount_without_dose", "TIME,AMT,EVID\n0,5,0\n", true, 2, "AMT", "5"},
      {"bad_rate", "TIME,AMT,RATE\n0,5,-3\n", true, 2, "RATE", "-3"},
      {"rate_without_amount", "TIME,AMT,RATE\n0,0,5\n", true, 2, "RATE", "5"},
      {"bad_ss", "TIME,AMT,SS,II\n0,5,3,12\n", true, 2, "SS", "3"},
      {"bad_addl", "TIME,AMT,ADDL,II\n0,5,1.5,12\n", true, 2, "ADDL", "1.5"},
      {"bad_addl", "TIME,AMT,ADDL,II\n0,5,-1,12\n", true, 2, "ADDL", "-1"},
      {"bad_interval", "TIME,AMT,ADDL,II\n0,5,1,-12\n", true, 2, "II", "-12"},
      {"interval_missing", "TIME,AMT,ADDL\n0,5,1\n", true, 2, "II", ""},
      {"interval_missing", "TIME,AMT,SS,II\n0,5,1,0\n", true, 2, "II", "0"},
      {"interval_unused", "TIME,AMT,II\n0,5,12\n", false, 2, "II", "12"},
      {"dose_item_unused", "TIME,DV,ADDL\n0,5,2\n", false, 2, "ADDL", "2"},
      {"unknown_compartment", "TIME,AMT,CMT\n0,5,1.5\n", true, 2, "CMT", "1.5"},
      {"unknown_compartment", "TIME,AMT,CMT\n0,5,-1\n", true, 2, "CMT", "-1"},
      {"unknown_compartment", "TIME,AMT,CMT\n0,5,gutt\n", true, 2, "CMT", "gutt",
       with_compartments({"gut", "central"})},
      {"unknown_compartment", "TIME,AMT,CMT\n0,5,3\n", true, 2, "CMT", "3",
       with_compartments({"gut", "central"})},
      {"bad_occasion", "TIME,AMT,OCC\n0,5,1.5\n", true, 2, "OCC", "1.5"},
      {"bad_mdv", "TIME,DV,MDV\n0,5,2\n", true, 2, "MDV", "2"},
      {"missing_observation", "TIME,DV,MDV\n0,.,0\n", true, 2, "DV", "."},
      {"observation_unused", "TIME,AMT,DV\n0,5,2\n", false, 2, "DV", "2"},
      {"bad_censoring", "TIME,DV,CENS\n0,5,2\n", true, 2, "CENS", "2"},
      {"bad_censoring", "TIME,DV,LLOQ\n0,5,-2\n", true, 2, "LLOQ", "-2"},
      {"bad_censoring", "TIME,DV,CENS\n0,.,1\n", true, 2, "CENS", "1"},
      {"below_limit", "TIME,DV,LLOQ\n0,0.1,0.2\n", false, 2, "DV", "0.1"},
      {"bad_collection", "TIME,TIME_END,DV\n6,6,2\n", true, 2, "TIME_END", "6"},
      {"bad_collection", "TIME,TIME_END,DV\n0,6,-2\n", true, 2, "DV", "-2"},
      {"bad_collection", "TIME,UVOL,DV\n0,0.5,2\n", true, 2, "TIME_END", ""},
      {"bad_collection", "TIME,DVID,DV\n0,urine_amount,2\n", true, 2, "TIME_END", ""},
      {"bad_collection", "TIME,TIME_END,UVOL,DV\n0,6,-1,2\n", true, 2, "UVOL", "-1"},
      {"bad_spread", "TIME,DV,SD,N\n0,5,-1,4\n", true, 2, "SD", "-1"},
      {"bad_spread", "TIME,DV,SD,N\n0,5,1,0\n", true, 2, "N", "0"},
      {"bad_spread", "TIME,DV,CI_LOW\n0,5,1\n", true, 2, "CI_HIGH", ""},
      {"bad_spread", "TIME,DV,CI_LOW,CI_HIGH\n0,5,6,7\n", true, 2, "CI_LOW", "6"},
      {"mean_without_n", "TIME,DV,SD\n0,5,1\n", false, 2, "SD", "1"},
      {"bad_ratio", "TIME,DV,DVID\n0,0,isotope_ratio\n", true, 2, "DV", "0"},
      {"bad_ratio", "TIME,TIME_END,DV,DVID\n0,6,1,isotope_ratio\n", true, 2, "TIME_END", "6"},
  };
  return all;
}

bool is_the(const Problem& problem, const Case& wanted) {
  return problem.code == wanted.code && problem.is_error == wanted.is_error &&
         problem.line == wanted.line && problem.column == wanted.column &&
         problem.value == wanted.value && !problem.advice.empty();
}

std::string all_of(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) text += in_words(problem) + "\n";
  return text;
}

TEST_CASE("each problem is found with its line, column and value") {
  for (const Case& wanted : cases()) {
    CAPTURE(wanted.code);
    CAPTURE(wanted.text);
    const auto problems = mgpk::record::lint_csv(wanted.text, wanted.options);
    INFO(all_of(problems));
    CHECK(std::count_if(problems.begin(), problems.end(),
                        [&](const Problem& problem) { return is_the(problem, wanted); }) == 1);
  }
}

TEST_CASE("the list of codes and the cases are the same codes, with the same severity") {
  for (const auto& known : mgpk::record::problem_codes) {
    bool as_error = false, as_warning = false;
    for (const Case& one : cases())
      if (one.code == known.code) (one.is_error ? as_error : as_warning) = true;
    CAPTURE(known.code);
    CHECK(as_error == (known.severity != "warning"));
    CHECK(as_warning == (known.severity != "error"));
    CHECK(!known.meaning.empty());
  }
  for (const Case& one : cases()) {
    CAPTURE(one.code);
    CHECK(std::count_if(mgpk::record::problem_codes.begin(), mgpk::record::problem_codes.end(),
                        [&](const auto& known) { return known.code == one.code; }) == 1);
  }
}

TEST_CASE("reading throws where linting finds an error, and only there") {
  for (const Case& one : cases()) {
    CAPTURE(one.text);
    const auto problems = mgpk::record::lint_csv(one.text, one.options);
    const bool any_error = std::any_of(problems.begin(), problems.end(),
                                       [](const Problem& problem) { return problem.is_error; });
    if (any_error) {
      CHECK_THROWS_AS(mgpk::record::read_csv(one.text, one.options), mgpk::record::DataSetError);
    } else {
      CHECK(mgpk::record::read_csv(one.text, one.options).warnings() == problems);
    }
  }
}

TEST_CASE("a table without problems has none") {
  CHECK(mgpk::record::lint_csv("ID,TIME,AMT,DV,MDV,EVID\n1,0,100,.,1,1\n1,1,.,5.5,0,0\n").empty());
}

TEST_CASE("one reading gives all problems in the order of the file") {
  const std::string_view text =
      "ID,TIME,AMT,EVID,SS\n1,0,.,1,1\n1,-1,5,0\n1,-2,x,7,3\n2,0,5,1,0\n1,0,5,1,0\n";
  const auto problems = mgpk::record::lint_csv(text);
  std::string found;
  for (const Problem& problem : problems)
    found += std::to_string(problem.line) + " " + problem.code + "\n";
  CHECK(found ==
        "2 dose_without_amount\n2 interval_missing\n3 ragged_row\n4 not_a_number\n"
        "4 time_backwards\n4 bad_evid\n4 bad_ss\n6 id_reappears\n");
}

TEST_CASE("the message lists ten errors and counts all; the error carries each") {
  std::string text = "TIME,DV\n";
  for (int i = 0; i < 25; ++i) text += std::to_string(i) + ",x\n";
  try {
    mgpk::record::read_csv(text);
    FAIL("must throw");
  } catch (const mgpk::record::DataSetError& error) {
    const std::string message = error.what();
    CHECK(message.find("this one has 25;") != std::string::npos);
    CHECK(message.find("line 11, DV \"x\": not_a_number") != std::string::npos);
    CHECK(message.find("line 12") == std::string::npos);
    CHECK(message.find("and 15 more") != std::string::npos);
    CHECK(error.problems().size() == 26);  // no_doses too
  }
}

TEST_CASE("a line number counts comments, blank lines and line ends in quotes") {
  ReadOptions options;
  options.ignore = '#';
  const auto problems = mgpk::record::lint_csv(
      "# made by hand\nTIME,NOTE,DV\n\n0,\"two\nlines\",1\n# more\n1,a,x\n", options);
  REQUIRE(problems.size() == 2);
  CHECK(problems[1].code == "not_a_number");
  CHECK(problems[1].line == 7);
}

}  // namespace
