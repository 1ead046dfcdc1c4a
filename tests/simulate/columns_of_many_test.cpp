// Columns of many persons: those of their own runs, in any order, on any number of threads.
#include <mgpk/simulate/columns_of_many.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

#include <mgpk/people/person.hpp>
#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"

using namespace mgpk;

namespace {

const std::vector<std::string> some_columns{"c_plasma_total_mmol_per_L", "a_urine_mmol",
                                            "c_plasma_ionized_mg_per_dL"};

Schedule citrate() {
  Schedule plan;
  plan.oral("citrate", elemental_mg(300), {.at_h = 8, .every_h = 12, .times = 3});
  return plan;
}

struct People {
  std::vector<Subject> subjects;
  std::vector<Schedule> plans{citrate()};

  People() {
    subjects = {support::reference_adult(), support::kidney_patient(), support::small_woman()};
    for (std::size_t i = 0; i < 12; ++i) subjects.push_back(people::draw_person(3, i, {}).subject);
  }

  ColumnsOfMany wanted(std::size_t n_threads = 1) const {
    ColumnsOfMany all;
    for (const auto& subject : subjects) all.subjects.push_back(&subject);
    for (const auto& plan : plans) all.plans.push_back(&plan);
    all.columns = some_columns;
    all.options = support::quick(36, 1.5);
    all.n_threads = n_threads;
    return all;
  }
};

std::vector<double> numbers_of(const ColumnsOfMany& wanted,
                               std::vector<FailureOfOne>* failures = nullptr) {
  std::vector<double> values(wanted.subjects.size() * n_numbers_of_one(wanted), -1.0);
  auto found = solve_columns(wanted, values);
  if (failures)
    *failures = std::move(found);
  else
    CHECK(found.empty());
  return values;
}

/// Of one person among others.
std::vector<double> part(const std::vector<double>& values, std::size_t n, std::size_t i) {
  const std::size_t of_one = values.size() / n;
  const auto begin = values.begin() + static_cast<std::ptrdiff_t>(i * of_one);
  return {begin, begin + static_cast<std::ptrdiff_t>(of_one)};
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

}  // namespace

TEST_CASE("the columns are those of each person's own run") {
  const People people;
  const auto wanted = people.wanted();
  const auto values = numbers_of(wanted);
  const std::size_t n_times = 25;
  REQUIRE(values.size() == people.subjects.size() * n_times * 3);
  for (std::size_t i = 0; i < people.subjects.size(); i += 4) {
    auto options = wanted.options;
    options.relative_tolerance = 1e-9;
    const Run run = simulate(people.subjects[i], people.plans[0], options);
    for (std::size_t j = 0; j < 3; ++j) {
      const auto column = run.values(some_columns[j]);
      for (std::size_t k = 0; k < n_times; ++k)
        CHECK(values[(i * n_times + k) * 3 + j] == doctest::Approx(column[k]).epsilon(1e-5));
    }
  }
}

TEST_CASE("in any order and on any number of threads: the same bits") {
  People people;
  const std::size_t n = people.subjects.size();
  const auto values = numbers_of(people.wanted());
  CHECK(same_bits(numbers_of(people.wanted(3)), values));
  std::reverse(people.subjects.begin(), people.subjects.end());
  const auto backwards = numbers_of(people.wanted(2));
  for (std::size_t i = 0; i < n; ++i)
    CHECK(same_bits(part(backwards, n, n - 1 - i), part(values, n, i)));
}

TEST_CASE("a plan each, of bodies of different sizes, and none at all") {
  People people;
  people.subjects.resize(4);
  people.plans.assign(4, citrate());
  people.plans[2] = Schedule().oral("oxide", elemental_mg(200), {.at_h = 9});
  people.plans[3] = {};
  auto wanted = people.wanted();
  const auto values = numbers_of(wanted);
  for (std::size_t i = 2; i < 4; ++i) {
    auto one = wanted;
    one.subjects = {wanted.subjects[i]};
    one.plans = {wanted.plans[i]};
    if (i == 3) one.plans.clear();
    CHECK(same_bits(numbers_of(one), part(values, 4, i)));
  }
}

TEST_CASE("who is refused or fails gets NaN and a reason, and costs nobody a bit") {
  People people;
  const std::size_t n = people.subjects.size();
  const auto good = numbers_of(people.wanted());
  people.subjects[1].weight_kg = -3;
  people.subjects[7].diet_mg_per_d = -1;
  std::vector<FailureOfOne> failures;
  const auto values = numbers_of(people.wanted(2), &failures);
  REQUIRE(failures.size() == 2);
  CHECK(failures[0].who == 1);
  CHECK(failures[0].reason.starts_with("weight_kg must lie between 1 and 400"));
  CHECK(failures[1].who == 7);
  CHECK(failures[1].reason.starts_with("diet_mg_per_d must"));
  for (std::size_t i = 0; i < n; ++i) {
    const auto own = part(values, n, i);
    if (i == 1 || i == 7)
      CHECK(std::all_of(own.begin(), own.end(), [](double x) { return std::isnan(x); }));
    else
      CHECK(same_bits(own, part(good, n, i)));
  }
}

TEST_CASE("a solve that fails on the way leaves no half of a row") {
  People people;
  people.subjects.resize(3);
  auto wanted = people.wanted();
  wanted.options.max_steps = 40;  // enough for a day of the search, not for the run
  std::vector<FailureOfOne> failures;
  const auto values = numbers_of(wanted, &failures);
  REQUIRE(failures.size() == 3);
  CHECK(failures[0].reason.find("step") != std::string::npos);
  CHECK(std::all_of(values.begin(), values.end(), [](double x) { return std::isnan(x); }));
}

TEST_CASE("called off: those who were not reached say so") {
  const People people;
  auto wanted = people.wanted();
  wanted.progress = [](std::size_t done, std::size_t) { return done < 2; };
  std::vector<FailureOfOne> failures;
  const auto values = numbers_of(wanted, &failures);
  CHECK(failures.size() >= people.subjects.size() - 9);
  for (const auto& failure : failures) CHECK(failure.reason == "stopped before this run");
  CHECK(std::isnan(values[failures.back().who * 75]));
}

TEST_CASE("what makes no sense is refused before anything is solved") {
  People people;
  auto wanted = people.wanted();
  wanted.columns.emplace_back("c_plasma");
  CHECK_THROWS_AS(n_numbers_of_one(wanted), UnknownNameError);
  wanted.columns.back() = "f_absorbed_oxide";  // nobody takes it
  CHECK_THROWS_AS(n_numbers_of_one(wanted), UnknownNameError);
  wanted = people.wanted();
  std::vector<double> values(people.subjects.size() * n_numbers_of_one(wanted)), too_short(5);
  people.plans.assign(2, citrate());
  CHECK_THROWS_AS(solve_columns(people.wanted(), values), InputError);
  people.plans.resize(1);
  wanted = people.wanted();
  CHECK_THROWS_AS(solve_columns(wanted, too_short), InputError);
  CHECK(working_memory_bytes(wanted) > 1e5);
  CHECK(working_memory_bytes(wanted) < 1e8);
}
