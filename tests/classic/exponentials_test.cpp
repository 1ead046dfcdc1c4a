// Divided differences of the exponential keep every digit wherever their points lie.
#include <mgpk/classic/exponentials.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

using mgpk::classic::exp_difference;
using mgpk::classic::ExpDifferences;

namespace {

constexpr std::size_t most = 15;

ExpDifferences<double, most> table_of(const std::vector<double>& points) {
  std::array<double, most> z{};
  std::copy(points.begin(), points.end(), z.begin());
  return {z, points.size()};
}

struct Known {
  const char* what;
  std::vector<double> points;
  double value;
};

}  // namespace

TEST_CASE("divided differences agree with values of 120 digits") {
  const std::vector<Known> all{
      {"far apart", {-1.0, -5.0, -40.0}, 0.0023100733531201736366},
      {"two equal", {-2.0, -2.0, -0.5}, 0.11919664516493408616},
      {"all equal", {-3.0, -3.0, -3.0, -3.0}, 0.0082978447279773238299},
      {"nearly equal", {-1.5, -1.5000000001, -1.4999999999}, 0.11156508007421491447},
      {"with zero", {0.0, -1e-09, -2e-09}, 0.49999999950000000029},
      {"a long chain",
       {0, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -6, -0.3},
       7.188703038506947238e-14},
      {"close and far",
       {0.0, -400.0, -400.0000001, -399.9999999, -0.001},
       1.5500119147087237209e-8},
      {"deep", {-600.0, -600.5, -601.0}, 8.2065883243733042148e-262},
  };
  for (const auto& known : all) {
    CAPTURE(known.what);
    const double value = table_of(known.points)(0, known.points.size() - 1);
    CHECK(std::abs(value / known.value - 1) < 1e-14);
  }
}

TEST_CASE("points may stand in any order") {
  const double forth = table_of({0, -3, -3.1, -70})(0, 3);
  const double back = table_of({-70, -3.1, 0, -3})(0, 3);
  CHECK(std::abs(forth / back - 1) < 1e-14);
}

TEST_CASE("one and two points are what they are by hand") {
  const auto table = table_of({-2, -5, -5});
  CHECK(table(0, 0) == doctest::Approx(std::exp(-2.0)).epsilon(1e-15));
  CHECK(table(0, 1) == doctest::Approx((std::exp(-2.0) - std::exp(-5.0)) / 3).epsilon(1e-15));
  CHECK(table(1, 2) == doctest::Approx(std::exp(-5.0)).epsilon(1e-15));
  CHECK(exp_difference(0.0, 0.0) == 1.0);
  // exp[-x, 0] = 1 - x/2 + ..., where the difference of the two exponentials has no digit left.
  CHECK(exp_difference(-1e-20, 0.0) == 1.0);
}

TEST_CASE("points of thousands neither overflow nor lose what is left") {
  const auto table = table_of({0, -5000, -1e6});
  // 1 / (5000 1e6) up to terms of exp(-5000).
  CHECK(std::abs(table(0, 2) * 5000 * 1e6 - 1) < 1e-14);
  CHECK(table(1, 2) == 0);
}
