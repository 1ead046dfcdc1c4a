// Inverse distributions: known values, round trips, and honest truncation.
#include <mgpk/random/quantile.hpp>

#include <doctest/doctest.h>

#include <cmath>

using namespace mgpk;
using namespace mgpk::random;

TEST_CASE("the normal quantile has its known values and inverts the distribution") {
  CHECK(normal_quantile(0.5) == doctest::Approx(0.0));
  CHECK(normal_quantile(0.975) == doctest::Approx(1.959963984540054).epsilon(1e-14));
  CHECK(normal_quantile(0.025) == doctest::Approx(-1.959963984540054).epsilon(1e-14));
  for (const double u : {1e-15, 1e-6, 0.2, 0.7, 1 - 1e-9})
    CHECK(normal_below(normal_quantile(u)) == doctest::Approx(u).epsilon(1e-12));
}

TEST_CASE("a truncated normal law is that law on what is left of it") {
  for (const auto& [low, high] : {std::pair{-1.0, 2.0}, {-3.0, -2.0}, {2.0, 3.0}, {6.0, 7.0}}) {
    double last = low;
    for (const double u : {1e-9, 0.1, 0.5, 0.9, 1 - 1e-9}) {
      const double z = normal_quantile_between(u, low, high);
      CHECK(z >= last);
      CHECK(z <= high);
      // From above, where the upper tail is a small number.
      const double left = normal_below(-low) - normal_below(-high);
      CHECK((normal_below(-low) - normal_below(-z)) / left == doctest::Approx(u).epsilon(1e-6));
      last = z;
    }
  }
}

TEST_CASE("the triangular law has its mode, its ends and its mean") {
  CHECK(triangular_quantile(0.25, 0, 1, 4) == doctest::Approx(1.0));
  CHECK(triangular_quantile(1e-15, 2, 3, 7) == doctest::Approx(2.0));
  CHECK(triangular_quantile(1 - 1e-15, 2, 3, 7) == doctest::Approx(7.0));
  for (const double mode : {2.0, 3.0, 7.0}) {
    double sum = 0;
    const int n = 20000;
    for (int i = 0; i < n; ++i) sum += triangular_quantile((i + 0.5) / n, 2, mode, 7);
    CHECK(sum / n == doctest::Approx((2 + mode + 7) / 3).epsilon(1e-6));
  }
}

TEST_CASE("nonsense is refused") {
  CHECK_THROWS_AS(normal_quantile(0.0), InputError);
  CHECK_THROWS_AS(normal_quantile(1.0), InputError);
  CHECK_THROWS_AS(normal_quantile_between(0.5, 1, 1), InputError);
  CHECK_THROWS_AS(uniform_quantile_between(0.5, 2, 1), InputError);
  CHECK_THROWS_WITH_AS(
      triangular_quantile(0.5, 0, 5, 4),
      "mode of a triangular law must lie between 0 and 4, but it is 5; give a mode "
      "inside the range",
      InputError);
}
