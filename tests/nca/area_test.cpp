// The two laws of area: exact on the curves they are made for, additive, and told apart.
#include <mgpk/nca/area.hpp>

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

using namespace mgpk::nca;

namespace {

std::vector<Point> exponential(double y0, double k, const std::vector<double>& times) {
  std::vector<Point> points;
  points.reserve(times.size());
  for (const double t : times) points.push_back({t, y0 * std::exp(-k * t)});
  return points;
}

const std::vector<double> times = {0, 0.5, 1, 2, 3.25, 5, 8, 12, 24};

}  // namespace

TEST_CASE("the logarithmic law is exact on exponentials, first moment included") {
  for (const double k : {1e-12, 1e-6, 0.01, 0.3, 2.0}) {
    CAPTURE(k);
    const auto curve = exponential(7, k, times);
    for (const AreaRule rule :
         {AreaRule::linear_up_log_down, AreaRule::linear_log, AreaRule::logarithmic}) {
      const Moments got = moments_of(curve, 0, 24, {rule, 0});
      const double area = -7 * std::expm1(-24 * k) / k;
      // t exp(-kt) from 0 to 24; by its series where the closed form cancels.
      const double moment = k < 1e-3 ? 7 * (288 - k * 4608 + k * k * 41472)
                                     : 7 * (1 - (1 + 24 * k) * std::exp(-24 * k)) / (k * k);
      CHECK(got.zeroth == doctest::Approx(area).epsilon(1e-13));
      CHECK(got.first == doctest::Approx(moment).epsilon(1e-12));
    }
  }
}

TEST_CASE("the logarithmic law rises exactly, too, where it is asked for") {
  const auto curve = exponential(2, -0.2, times);
  const double area = 2 * std::expm1(24 * 0.2) / 0.2;
  CHECK(moments_of(curve, 0, 24, {AreaRule::logarithmic}).zeroth ==
        doctest::Approx(area).epsilon(1e-13));
  CHECK(moments_of(curve, 0, 24, {AreaRule::linear_up_log_down}).zeroth > area * 1.01);
}

TEST_CASE("the linear law is exact on lines, its moment where t times y is a line") {
  std::vector<Point> line, moment_line;
  for (const double t : times) {
    line.push_back({t, 3 + 0.25 * t});
    moment_line.push_back({t, t > 0 ? 3 + 2 / t : 0});
  }
  CHECK(moments_of(line, 0, 24, {AreaRule::linear}).zeroth == doctest::Approx(72 + 72));
  const Moments moment = moments_of(moment_line, 0.5, 24, {AreaRule::linear});
  CHECK(moment.first == doctest::Approx(3 * (24 * 24 - 0.25) / 2 + 2 * 23.5));
}

TEST_CASE("areas of parts add up to the whole, wherever it is cut") {
  const std::vector<Point> curve = {{0, 0},   {0.5, 2}, {1, 5},    {2, 4},    {4, 4},
                                    {6, 1.5}, {8, 1.6}, {12, 0.2}, {24, 0.0}, {30, -0.1}};
  for (const AreaRule rule : {AreaRule::linear, AreaRule::linear_up_log_down, AreaRule::linear_log,
                              AreaRule::logarithmic}) {
    const AreaMethod method{rule, 1};
    const double whole = moments_of(curve, 0, 30, method).zeroth;
    for (const double cut : {0.1, 0.5, 1.7, 5.0, 7.9, 13.0, 29.0}) {
      const double sum =
          moments_of(curve, 0, cut, method).zeroth + moments_of(curve, cut, 30, method).zeroth;
      CHECK(sum == doctest::Approx(whole).epsilon(1e-13));
    }
  }
}

TEST_CASE("each rule takes the logarithm where it should, and never of what has none") {
  const auto log_between = [](double a, double b, AreaMethod method) {
    const double middle = point_between({2, a}, {3, b}, 2.5, method).y;
    return std::abs(middle - (a + b) / 2) > 1e-9;
  };
  CHECK_FALSE(log_between(4, 1, {AreaRule::linear}));
  CHECK(log_between(4, 1, {AreaRule::linear_up_log_down}));
  CHECK_FALSE(log_between(1, 4, {AreaRule::linear_up_log_down}));
  CHECK(log_between(1, 4, {AreaRule::logarithmic}));
  CHECK(log_between(1, 4, {AreaRule::linear_log, 2}));
  CHECK_FALSE(log_between(4, 1, {AreaRule::linear_log, 2.5}));
  CHECK_FALSE(log_between(4, 0, {AreaRule::logarithmic}));
  CHECK_FALSE(log_between(4, -1, {AreaRule::linear_up_log_down}));
}

TEST_CASE(
    "the law between is the law that integrates: the middle of a fall is its geometric mean") {
  CHECK(point_between({0, 8}, {2, 2}, 1, {AreaRule::linear_up_log_down}).y == doctest::Approx(4));
  CHECK(point_between({0, 8}, {2, 2}, 1, {AreaRule::linear}).y == doctest::Approx(5));
}
