// Parameters by key: read, set, refuse.
#include <mgpk/evidence/lookup.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <string_view>

using namespace mgpk;
using namespace mgpk::evidence;

TEST_CASE("the fields of a parameter are those of its row") {
  const Parameter& row = parameter("tm_mmol_per_L");
  CHECK(row.key == "tm_mmol_per_L");
  CHECK(row.value == 0.596);
  CHECK(row.unit == "mmol/L");
  CHECK(row.low == 0.55);
  CHECK(row.high == 0.65);
  CHECK(name_of(row.kind) == "calibrated");
  CHECK(row.reference == "calibration");
  CHECK(row.organ == "kidney");
  CHECK(!row.note.empty());
}

TEST_CASE("every member of Values starts at the value of its row, and no two share a row") {
  const Values<double> values;
  std::set<std::string_view> keys;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    INFO(parameters[i].key);
    CHECK(values.*value_members<double>[i] == parameters[i].value);
    CHECK(get(values, parameters[i].key) == parameters[i].value);
    CHECK(parameter_index(parameters[i].key) == i);
    CHECK(keys.insert(parameters[i].key).second);
  }
  CHECK(sizeof(Values<double>) == parameters.size() * sizeof(double));
  CHECK(&Values<double>::tm_mmol_per_L == value_members<double>[parameter_index("tm_mmol_per_L")]);
}

TEST_CASE("every value lies in its range") {
  for (const Parameter& row : parameters) {
    INFO(row.key);
    CHECK(row.low <= row.value);
    CHECK(row.value <= row.high);
  }
}

TEST_CASE("a value is set by its key, and only that one") {
  Values<double> values;
  set(values, "tm_mmol_per_L", 0.6);
  CHECK(values.tm_mmol_per_L == 0.6);
  for (const Parameter& row : parameters) {
    if (row.key != "tm_mmol_per_L") CHECK(get(values, row.key) == row.value);
  }
  set(values, "tm_mmol_per_L", 0.55);
  set(values, "tm_mmol_per_L", 0.65);
  CHECK(values.tm_mmol_per_L == 0.65);
}

TEST_CASE("a value outside the range needs a word") {
  Values<double> values;
  CHECK_THROWS_WITH_AS(set(values, "tm_mmol_per_L", 0.7),
                       "tm_mmol_per_L must lie between 0.55 and 0.65, but it is 0.7; give a value "
                       "in mmol/L in the range of the evidence, or set allow_outside_range",
                       InputError);
  CHECK_THROWS_WITH_AS(set(values, "f_glycine", -0.1),
                       "f_glycine must lie between 0.5 and 0.9, but it is -0.1; give a value in "
                       "the range of the evidence, or set allow_outside_range",
                       InputError);
  CHECK(values.tm_mmol_per_L == 0.596);
  set(values, "tm_mmol_per_L", 0.7, true);
  CHECK(values.tm_mmol_per_L == 0.7);
}

TEST_CASE("a value must be finite, whatever the range") {
  Values<double> values;
  CHECK_THROWS_WITH_AS(set(values, "tm_mmol_per_L", std::nan(""), true),
                       "tm_mmol_per_L must be finite, but it is nan; give a number in mmol/L",
                       InputError);
  CHECK_THROWS_WITH_AS(set(values, "f_glycine", -std::numeric_limits<double>::infinity(), true),
                       "f_glycine must be finite, but it is -inf; give a number", InputError);
}

TEST_CASE("an unknown key is refused with the nearest ones") {
  CHECK_THROWS_WITH_AS(parameter("tm_mmol_per_l_"),
                       "parameter must be one of the evidence table, but it is "
                       "\"tm_mmol_per_l_\"; did you mean \"tm_mmol_per_L\"?",
                       UnknownNameError);
  CHECK_THROWS_WITH_AS(parameter_index("xyz"),
                       "parameter must be one of the evidence table, but it is \"xyz\"; the keys "
                       "stand in data/parameters.csv",
                       UnknownNameError);
  Values<double> values;
  CHECK_THROWS_WITH_AS(get(values, "v_plasma_per_kg"),
                       "parameter must be one of the evidence table, but it is "
                       "\"v_plasma_per_kg\"; did you mean \"v_plasma_L_per_kg\"?",
                       UnknownNameError);
  CHECK_THROWS_AS(set(values, "", 1.0), UnknownNameError);
}
