// The baselines of many: each the one that its person has alone, and failures in the same words.
#include <mgpk/simulate/baselines.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

#include <mgpk/body/layout.hpp>
#include <mgpk/people/person.hpp>

#include "people.hpp"

using namespace mgpk;
using simulation::Baseline;
using simulation::baseline_of;
using simulation::baselines_of;
using L = body::Layout<1>;

namespace {

std::vector<Subject> some_people() {
  std::vector<Subject> people{support::reference_adult(), support::kidney_patient(),
                              support::small_woman()};
  people[1].diet_phytate_mmol_per_d = 2;
  for (std::size_t i = 0; i < 15; ++i) people.push_back(people::draw_person(7, i, {}).subject);
  people[5].meals_at_h = std::vector<double>{0.0, 12.5};
  return people;
}

bool same_bits(const Baseline& a, const Baseline& b) {
  return a.state.size() == b.state.size() &&
         std::memcmp(a.state.data(), b.state.data(), a.state.size() * sizeof(double)) == 0 &&
         a.residual == b.residual && a.contraction == b.contraction &&
         a.parameters.kidney.tubule.tm_mmol_per_L == b.parameters.kidney.tubule.tm_mmol_per_L;
}

void check_like(const Baseline& many, const Baseline& one) {
  CHECK(many.subject == one.subject);
  CHECK(many.residual < 1e-9);
  CHECK(many.contraction == doctest::Approx(one.contraction).epsilon(1e-3));
  CHECK(many.parameters.kidney.tubule.tm_mmol_per_L ==
        doctest::Approx(one.parameters.kidney.tubule.tm_mmol_per_L).epsilon(1e-7));
  REQUIRE(many.state.size() == one.state.size());
  // Both are known to the tolerance of a turn, and a turn takes off 1 - contraction of an error.
  const double close = 2e-9 / (1.0 - one.contraction);
  for (std::size_t i = 0; i < one.state.size(); ++i)
    CHECK(std::abs(many.state[i] - one.state[i]) <= close * std::max(one.state[i], 1e-6));
}

}  // namespace

TEST_CASE("each baseline is the one that its person has alone") {
  const auto people = some_people();
  for (const auto& options : {simulation::Options{}, support::quick(24)}) {
    const auto found = baselines_of(people, options, 1);
    REQUIRE(found.size() == people.size());
    for (std::size_t i = 0; i < people.size(); i += 3) {
      REQUIRE_MESSAGE(found[i].baseline, found[i].failure);
      CHECK(found[i].failure.empty());
      check_like(*found[i].baseline, baseline_of(people[i], options));
    }
  }
}

TEST_CASE("the day of a baseline repeats, its read-outs stand at zero") {
  const auto found = baselines_of({support::reference_adult()}, {}, 1);
  REQUIRE(found[0].baseline);
  for (std::size_t i = L::first_readout; i < L::n_states; ++i)
    CHECK(found[0].baseline->state[i] == 0.0);
}

TEST_CASE("alone, among others, in another order, on more threads: the same bits") {
  const auto people = some_people();
  const auto options = support::quick(24);
  const auto all = baselines_of(people, options, 1);
  const auto on_three = baselines_of(people, options, 3);
  auto turned = people;
  std::reverse(turned.begin(), turned.end());
  const auto backwards = baselines_of(turned, options, 2);
  for (std::size_t i = 0; i < people.size(); ++i) {
    REQUIRE(all[i].baseline);
    CHECK(same_bits(*on_three[i].baseline, *all[i].baseline));
    CHECK(same_bits(*backwards[people.size() - 1 - i].baseline, *all[i].baseline));
  }
  const auto alone = baselines_of({people[4]}, options, 1);
  CHECK(same_bits(*alone[0].baseline, *all[4].baseline));
}

TEST_CASE("measured plasma levels are met as by one person alone") {
  std::vector<Subject> people;
  for (std::size_t i = 0; i < 6; ++i) {
    people.push_back(support::reference_adult());
    if (i != 3) people[i].c_plasma_total_mmol_per_L = 0.78 + 0.02 * static_cast<double>(i);
  }
  people[5].meals_at_h = std::vector<double>{0.0, 12.5};  // fasting at the start of the day
  const auto found = baselines_of(people, {}, 1);
  for (std::size_t i = 0; i < people.size(); ++i) {
    REQUIRE_MESSAGE(found[i].baseline, found[i].failure);
    if (i % 2 == 1) check_like(*found[i].baseline, baseline_of(people[i]));
  }
}

TEST_CASE("who has no baseline fails in the words of a person alone and costs nobody a bit") {
  auto people = some_people();
  const auto options = support::quick(24);
  const auto good = baselines_of(people, options, 1);
  people[2].weight_kg = -3;
  people[4].diet_mg_per_d = 0;  // losses that nothing balances
  people[8].c_plasma_total_mmol_per_L = 4.9;
  const auto found = baselines_of(people, options, 2);
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (i != 2 && i != 4 && i != 8) {
      REQUIRE(found[i].baseline);
      CHECK(same_bits(*found[i].baseline, *good[i].baseline));
      continue;
    }
    std::string words;
    try {
      const auto one = baseline_of(people[i], options);
      REQUIRE(found[i].baseline);
      check_like(*found[i].baseline, one);
    } catch (const std::exception& error) {
      words = error.what();
    }
    CHECK(found[i].failure == words);
  }
  CHECK(found[2].failure.starts_with("weight_kg must lie between 1 and 400"));
  CHECK_FALSE(found[8].failure.empty());
}

TEST_CASE("a search that is called off says so for everybody") {
  auto options = support::quick(24);
  options.keep_going = [](double) { return false; };
  const auto found = baselines_of(some_people(), options, 2);
  for (const auto& one : found) {
    CHECK_FALSE(one.baseline);
    CHECK_FALSE(one.failure.empty());
  }
  CHECK(baselines_of({}, options, 1).empty());
}
