// The tests of a trial, against values of textbooks and of the closed form.
#include <mgpk/trial/tests.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

using namespace mgpk::trial;

namespace {

ArmSums sums(std::initializer_list<double> values) {
  ArmSums arm;
  for (const double x : values) arm.add(x);
  return arm;
}

ArmSums shares(int n, int n_yes) {
  ArmSums arm;
  for (int i = 0; i < n; ++i) arm.add(i < n_yes ? 1.0 : 0.0);
  return arm;
}

}  // namespace

TEST_CASE("the sums of an arm") {
  const auto arm = sums({1, 2, 3, 4});
  CHECK(arm.mean() == 2.5);
  CHECK(arm.variance() == doctest::Approx(5.0 / 3).epsilon(1e-14));
}

TEST_CASE("Welch's test of two equal pairs: t of 1.41 with 2 degrees of freedom") {
  // Means 1 and 2, a variance of 0.5 each: t = -1 / sqrt(0.5 / 2 + 0.5 / 2).
  const auto a = sums({0.5, 1.5}), b = sums({1.5, 2.5});
  // P of t with 2 degrees of freedom: 1 - t / sqrt(2 + t^2), t = sqrt 2.
  CHECK(p_value_welch(a, b) == doctest::Approx(1 - std::sqrt(2.0) / std::sqrt(4.0)).epsilon(1e-12));
  CHECK(p_value_welch(a, b) == p_value_welch(b, a));
}

TEST_CASE("unequal variances leave fewer degrees of freedom than the sum") {
  const auto narrow = sums({0.99, 1.0, 1.01}), wide = sums({0, 5, 10});
  // With nearly 2 degrees of freedom: t = 4 / (5 / sqrt 3), P = 1 - t / sqrt(2 + t^2).
  const double t = 4 / (5 / std::sqrt(3.0));
  CHECK(p_value_welch(narrow, wide) == doctest::Approx(1 - t / std::sqrt(2 + t * t)).epsilon(1e-4));
}

TEST_CASE("two shares: 37 and 26 of 43 differ with P = 0.0074, the published 0.007") {
  CHECK(p_value_shares(shares(43, 37), shares(43, 26)) == doctest::Approx(0.0074).epsilon(0.03));
}

TEST_CASE("where nothing spreads nothing is found") {
  CHECK(p_value_welch(sums({1, 1}), sums({1, 1})) == 1);
  CHECK(p_value_shares(shares(10, 0), shares(10, 0)) == 1);
  CHECK(p_value_shares(shares(10, 10), shares(10, 10)) == 1);
}
