// Every law of the dual numbers against a central difference of the same law on double.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include <mgpk/ode/dual.hpp>

namespace {

using Pair = mgpk::ode::Dual<2>;

/// Checks value and both slopes of `law(a, b)` at the point (a, b).
template <class Law>
void check_slopes(const Law& law, double a, double b) {
  const Pair result = law(Pair(a, {1.0, 0.0}), Pair(b, {0.0, 1.0}));
  const double h = 1e-6;
  const double by_a = (law(a + h, b) - law(a - h, b)) / (2.0 * h);
  const double by_b = (law(a, b + h) - law(a, b - h)) / (2.0 * h);
  CHECK(result.value == doctest::Approx(law(a, b)).epsilon(1e-14));
  CHECK(std::abs(result.slope[0] - by_a) < 1e-7 * std::max(1.0, std::abs(by_a)));
  CHECK(std::abs(result.slope[1] - by_b) < 1e-7 * std::max(1.0, std::abs(by_b)));
}

constexpr Pair product_at_compile_time = Pair(3.0, {1.0, 0.0}) * Pair(4.0, {0.0, 1.0}) + 2.0;
static_assert(product_at_compile_time.value == 14.0);
static_assert(product_at_compile_time.slope[0] == 4.0);
static_assert(product_at_compile_time.slope[1] == 3.0);

}  // namespace

TEST_CASE("arithmetic carries exact slopes") {
  for (const double a : {0.3, 1.7, -2.4})
    for (const double b : {0.9, -1.3}) {
      check_slopes([](auto x, auto y) { return x + y * x - y; }, a, b);
      check_slopes([](auto x, auto y) { return x / y - y / (x * x); }, a, b);
      check_slopes([](auto x, auto y) { return 2.0 - x * 3.0 + 4.0 / y; }, a, b);
      check_slopes([](auto x, auto y) { return -x + (+y) / 5.0 - 1.0 + 7.0 + 0.5 * y; }, a, b);
    }
}

TEST_CASE("compound assignment equals the plain operators") {
  Pair x(2.0, {1.0, 0.0});
  const Pair y(3.0, {0.0, 1.0});
  x += y;
  x *= y;
  x -= 1.0;
  x /= y;
  x += 2.0;
  x *= 4.0;
  x -= y;
  x /= 2.0;
  // ((2 + 3)·3 - 1)/3 = 14/3; (14/3 + 2)·4 = 80/3; (80/3 - 3)/2 = 71/6
  CHECK(x.value == doctest::Approx(71.0 / 6.0));
  CHECK(x.slope[0] == doctest::Approx(2.0));
  // d/dy of (((2 + y)·y - 1)/y + 2)·2 - y/2 = 2·(1 + 1/y²) - 1/2
  CHECK(x.slope[1] == doctest::Approx(2.0 * (1.0 + 1.0 / 9.0) - 0.5));
}

TEST_CASE("functions are found by lookup and carry exact slopes") {
  using std::abs, std::cos, std::exp, std::expm1, std::log, std::log1p, std::pow, std::sin,
      std::sqrt, std::tanh;
  for (const double a : {0.2, 1.0, 2.7})
    for (const double b : {0.4, 1.9}) {
      check_slopes([](auto x, auto y) { return sqrt(x * y) + exp(-x) * log(y); }, a, b);
      check_slopes([](auto x, auto y) { return pow(x, y) + pow(x, 2.5) + pow(1.5, y); }, a, b);
      check_slopes([](auto x, auto y) { return expm1(x) * log1p(y) + tanh(x - y); }, a, b);
      check_slopes([](auto x, auto y) { return sin(x) * cos(y) + abs(x - 5.0); }, a, b);
    }
}

TEST_CASE("comparisons look at the value only") {
  const Pair small(1.0, {9.0, 9.0});
  const Pair large(2.0, {-9.0, 0.0});
  CHECK(small < large);
  CHECK(large >= small);
  CHECK(small == Pair(1.0));
  CHECK(small == 1.0);
  CHECK(small < 1.5);
  CHECK(1.5 > small);
  CHECK(std::max(small, large).slope[0] == -9.0);
}

TEST_CASE("edges: a constant under a root at zero keeps no slope, a moving one has an infinite") {
  CHECK(sqrt(Pair(0.0)).slope[0] == 0.0);
  CHECK(std::isinf(sqrt(Pair(0.0, {1.0, 0.0})).slope[0]));
  CHECK(pow(Pair(0.0, {1.0, 0.0}), 2.0).slope[0] == 0.0);
  CHECK(pow(Pair(0.0, {1.0, 0.0}), 1.0).slope[0] == 1.0);
  CHECK(pow(Pair(0.0, {1.0, 0.0}), 0.0).slope[0] == 0.0);
  CHECK(pow(Pair(-2.0, {1.0, 0.0}), Pair(3.0)).slope[0] == doctest::Approx(12.0));
  CHECK(pow(0.0, Pair(2.0, {1.0, 0.0})).slope[0] == 0.0);
  CHECK_FALSE(isfinite(sqrt(Pair(0.0, {1.0, 0.0}))));
  CHECK(isfinite(Pair(0.0, {1.0, 0.0})));
}
