// Which points make lambda_z, and what is said where none can.
#include <mgpk/error.hpp>
#include <mgpk/nca/terminal.hpp>

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

using namespace mgpk;
using namespace mgpk::nca;

namespace {

/// A fast phase that is gone by 4 h, then a straight one of 0.1 per h.
std::vector<Point> two_phases() {
  std::vector<Point> points;
  for (const double t : {0.5, 1.0, 2.0, 4.0, 8.0, 12.0, 16.0, 24.0})
    points.push_back({t, 3000 * std::exp(-5 * t) + 2 * std::exp(-0.1 * t)});
  return points;
}

Terminal fit(const std::vector<Point>& points, const TerminalOptions& options = {},
             bool with_peak = false) {
  return fit_terminal(points, 0, points[0].t_h, with_peak, options);
}

}  // namespace

TEST_CASE("the best fit leaves the fast phase out and takes the most points within tolerance") {
  const Terminal found = fit(two_phases());
  CHECK(found.times_h == std::vector<double>{4, 8, 12, 16, 24});
  CHECK(found.lambda_z_per_h == doctest::Approx(0.1).epsilon(1e-5));
  CHECK(found.half_life_h == doctest::Approx(std::log(2) / 0.1).epsilon(1e-5));
  CHECK(found.intercept == doctest::Approx(std::log(2)).epsilon(1e-4));
  CHECK(found.span_ratio == doctest::Approx(20 / (std::log(2) / 0.1)).epsilon(1e-5));
  CHECK(found.reason.empty());
  CHECK(found.how.find("5 of 7") != std::string::npos);
}

TEST_CASE("without tolerance the highest adjusted r squared alone decides") {
  TerminalOptions strict;
  strict.r_squared_tolerance = 0;
  CHECK(fit(two_phases(), strict).times_h.size() == 3);
}

TEST_CASE("the peak takes part only when asked") {
  const std::vector<Point> points = {{1, 8}, {2, 4}, {3, 2}, {4, 1}};
  CHECK(fit(points).times_h == std::vector<double>{2, 3, 4});
  const Terminal with_peak = fit(points, {}, true);
  CHECK(with_peak.times_h == std::vector<double>{1, 2, 3, 4});
  CHECK(with_peak.r_squared_adjusted == doctest::Approx(1));
}

TEST_CASE("given points and windows are taken as they are") {
  TerminalOptions given;
  given.choice = TerminalChoice::given_points;
  given.times_h = {8, 16, 24};
  CHECK(fit(two_phases(), given).times_h == given.times_h);
  given.times_h = {8, 17};
  CHECK_THROWS_WITH_AS(fit(two_phases(), given), doctest::Contains("but it is 17 h"), InputError);

  TerminalOptions window;
  window.choice = TerminalChoice::window;
  window.from_h = 12;
  CHECK(fit(two_phases(), window).times_h == std::vector<double>{12, 16, 24});
  window.from_h = 20;
  CHECK(fit(two_phases(), window).reason.find("only 1") != std::string::npos);
}

TEST_CASE("where there is none, it is NaN with a reason, never a number") {
  const auto none = [](const std::vector<Point>& points, const TerminalOptions& options = {}) {
    const Terminal found = fit(points, options);
    CHECK(std::isnan(found.lambda_z_per_h));
    CHECK(std::isnan(found.half_life_h));
    CHECK(found.times_h.empty());
    return found.reason;
  };
  CHECK(none({{1, 8}, {2, 4}, {3, 2}}).find("only 2") != std::string::npos);
  CHECK(none({{1, 8}, {2, 1}, {3, 2}, {4, 3}}).find("falls") != std::string::npos);
  CHECK(none({{1, 8}, {2, 2}, {3, 2}, {4, 2}}).find("falls") != std::string::npos);
  TerminalOptions demanding;
  demanding.least_r_squared_adjusted = 0.99;
  CHECK(none({{1, 8}, {2, 3}, {3, 1}, {4, 1.5}, {5, 1}}, demanding).find("below the 0.99") !=
        std::string::npos);
}

TEST_CASE("values that are not positive have no logarithm and are left out") {
  const Terminal found = fit({{1, 8}, {2, 4}, {3, 0}, {4, 1}, {5, -1}, {6, 0.25}});
  CHECK(found.times_h == std::vector<double>{2, 4, 6});
  CHECK(found.lambda_z_per_h == doctest::Approx(std::log(2)));
}

TEST_CASE("adding points one by one cancels nothing, also far from zero") {
  std::vector<Point> points;
  points.reserve(2000);
  for (int i = 0; i < 2000; ++i) points.push_back({1e5 + 0.1 * i, 5 * std::exp(-0.02 * 0.1 * i)});
  const Terminal found = fit(points);
  CHECK(found.lambda_z_per_h == doctest::Approx(0.02).epsilon(1e-9));
}
