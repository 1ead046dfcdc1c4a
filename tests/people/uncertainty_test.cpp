// Draws of constants: the triangular law of each, ridges that hold, and choices that are refused.
#include <mgpk/people/uncertainty.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include <mgpk/evidence/lookup.hpp>
#include <mgpk/kidney/reabsorption.hpp>
#include <mgpk/people/population_table.hpp>

using namespace mgpk;
using namespace mgpk::people;

namespace {

bool holds(const std::vector<std::string>& list, const std::string& key) {
  return std::find(list.begin(), list.end(), key) != list.end();
}

Subject drawn_subject(std::uint64_t index, const std::vector<std::string>& chosen = {}) {
  const Subject person;
  const auto uncertain = uncertain_of(person, chosen);
  return with_parameters(person, uncertain, draw_parameters(person, uncertain, 5, index));
}

double escape_at_reference(const evidence::Values<double>& v) {
  return kidney::escaped_mmol_per_L(
      kidney::TubuleParameters<double>{v.tm_mmol_per_L, v.splay_mmol_per_L},
      v.f_uf_reference * v.c_plasma_total_reference_mmol_per_L);
}

}  // namespace

TEST_CASE("all constants of a run with a range are uncertain, but for what makes the person") {
  const auto uncertain = uncertain_of({});
  for (const auto& row : evidence::parameters) {
    const std::string key(row.key);
    const bool person = std::any_of(ridges.begin(), ridges.end(), [&](const auto& ridge) {
      return ridge.key == key && ridge.law == RidgeLaw::fixed;
    });
    CAPTURE(key);
    CHECK((holds(uncertain.drawn, key) || holds(uncertain.following, key)) ==
          (row.low < row.high && !person && row.organ != "effect"));
    CHECK(!(holds(uncertain.drawn, key) && holds(uncertain.following, key)));
  }
  CHECK(holds(uncertain.following, "tm_mmol_per_L"));
  CHECK(holds(uncertain.drawn, "splay_mmol_per_L"));
  // Numbers of effects move no run; whoever asks for one gets it.
  CHECK(holds(uncertain_of({}, {"k_csf_per_h"}).drawn, "k_csf_per_h"));
}

TEST_CASE("a constant follows the triangular law of its row") {
  const std::string key = "k_emptying_fed_per_h";
  const auto& row = evidence::parameter(key);
  const auto uncertain = uncertain_of({}, {key});
  std::vector<double> values;
  constexpr int n = 4000;
  values.reserve(n);
  for (int i = 0; i < n; ++i)
    values.push_back(draw_parameters({}, uncertain, 3, static_cast<std::uint64_t>(i)).at(0));
  std::sort(values.begin(), values.end());
  double distance = 0;
  for (int i = 0; i < n; ++i) {
    const double x = values[static_cast<std::size_t>(i)], width = row.high - row.low;
    const double below = x < row.value
                             ? std::pow(x - row.low, 2) / width / (row.value - row.low)
                             : 1 - std::pow(row.high - x, 2) / width / (row.high - row.value);
    distance = std::max(
        {distance, std::abs(below - i / double(n)), std::abs(below - (i + 1) / double(n))});
  }
  CHECK(distance < 1.95 / std::sqrt(double(n)));
}

TEST_CASE("ridges hold in every draw") {
  const evidence::Values<double> table;
  for (std::uint64_t i = 0; i < 200; ++i) {
    const auto v = body::values_of(drawn_subject(i));
    CHECK(escape_at_reference(v) == doctest::Approx(escape_at_reference(table)).epsilon(1e-9));
    CHECK(v.a_slow_mmol_per_kg * v.k_slow_per_h ==
          doctest::Approx(table.a_slow_mmol_per_kg * table.k_slow_per_h));
    CHECK(v.f_ionized_reference / v.f_uf_reference ==
          doctest::Approx(table.f_ionized_reference / table.f_uf_reference));
    CHECK(v.vmax_duodenum_mmol_per_h + v.vmax_jejunum_mmol_per_h ==
          doctest::Approx(table.vmax_duodenum_mmol_per_h + table.vmax_jejunum_mmol_per_h));
    for (const auto& ridge : ridges)
      if (ridge.law != RidgeLaw::fixed) CHECK(evidence::get(v, ridge.key) > 0);
    body::validate(drawn_subject(i));
  }
}

TEST_CASE("a chosen leader takes its follower along; a chosen follower alone is drawn") {
  const auto splay = uncertain_of({}, {"splay_mmol_per_L"});
  CHECK(splay.drawn == std::vector<std::string>{"splay_mmol_per_L"});
  CHECK(splay.following == std::vector<std::string>{"tm_mmol_per_L"});
  const auto tm = uncertain_of({}, {"tm_mmol_per_L"});
  CHECK(tm.drawn == std::vector<std::string>{"tm_mmol_per_L"});
  CHECK(tm.following.empty());
}

TEST_CASE("a choice does not change what is drawn for the others") {
  const auto all = drawn_subject(9), one = drawn_subject(9, {"t_colon_h"});
  CHECK(one.parameters.size() == 1);
  CHECK(one.parameters.at("t_colon_h") == all.parameters.at("t_colon_h"));
}

TEST_CASE("what the person states is not uncertain") {
  Subject person;
  person.parameters["t_colon_h"] = 30;
  person.parameters["tm_mmol_per_L"] = 0.6;
  const auto uncertain = uncertain_of(person);
  CHECK(!holds(uncertain.drawn, "t_colon_h"));
  CHECK(!holds(uncertain.following, "tm_mmol_per_L"));
  CHECK_THROWS_WITH_AS(uncertain_of(person, {"t_colon_h"}),
                       "a parameter of bands must not be one that the person states, but it is "
                       "\"t_colon_h\"; leave it out here, or in the parameters of the subject",
                       InputError);
}

TEST_CASE("nonsense is refused") {
  CHECK_THROWS_AS(uncertain_of({}, {"t_color_h"}), UnknownNameError);
  CHECK_THROWS_AS(uncertain_of({}, {"body_weight_reference_kg"}), InputError);
  CHECK_THROWS_AS(uncertain_of({}, {"n_acid_per_magnesium"}), InputError);
  CHECK_THROWS_AS(uncertain_of({}, {"t_colon_h", "t_colon_h"}), InputError);
}
