#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include <mgpk/ode/lanes/math.hpp>
#include <mgpk/ode/lanes/rough.hpp>

namespace {

using mgpk::ode::Lanes;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan_number = std::numeric_limits<double>::quiet_NaN();
constexpr double least_normal = std::numeric_limits<double>::min();
constexpr double greatest = std::numeric_limits<double>::max();

bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

// The functions under test, callable with lanes as with the long double they are held against.
struct Exp {
  template <class Real>
  auto operator()(const Real& x) const {
    using std::exp;
    return exp(x);
  }
};
struct Expm1 {
  template <class Real>
  auto operator()(const Real& x) const {
    using std::expm1;
    return expm1(x);
  }
};
struct Log {
  template <class Real>
  auto operator()(const Real& x) const {
    using std::log;
    return log(x);
  }
};
struct Log1p {
  template <class Real>
  auto operator()(const Real& x) const {
    using std::log1p;
    return log1p(x);
  }
};
struct Tanh {
  template <class Real>
  auto operator()(const Real& x) const {
    using std::tanh;
    return tanh(x);
  }
};
struct Sin {
  template <class Real>
  auto operator()(const Real& x) const {
    using std::sin;
    return sin(x);
  }
};
struct Cos {
  template <class Real>
  auto operator()(const Real& x) const {
    using std::cos;
    return cos(x);
  }
};
struct Pow {
  template <class Real>
  auto operator()(const Real& x, const Real& y) const {
    using std::pow;
    return pow(x, y);
  }
};

template <std::size_t Width, class Function, class... Numbers>
std::vector<double> in_lanes(Function function, const Numbers&... numbers) {
  std::vector<double> result;
  const auto loaded = [](const std::vector<double>& from, std::size_t at) {
    Lanes<Width> lanes;
    for (std::size_t lane = 0; lane < Width; ++lane) lanes.set(lane, from[at + lane]);
    return lanes;
  };
  const std::size_t n = std::max({numbers.size()...});
  for (std::size_t i = 0; i < n; i += Width) {
    const Lanes<Width> out = function(loaded(numbers, i)...);
    for (std::size_t lane = 0; lane < Width; ++lane) result.push_back(out[lane]);
  }
  return result;
}

/// The greatest distance from the truth in units in the last place, where both are normal numbers;
/// every width must give the same bits.
template <class Function, class... Numbers>
double greatest_error_ulp(Function function, const Numbers&... numbers) {
  const std::vector<double> out = in_lanes<16>(function, numbers...);
  const std::vector<double> others[] = {
      in_lanes<1>(function, numbers...), in_lanes<2>(function, numbers...),
      in_lanes<4>(function, numbers...), in_lanes<8>(function, numbers...)};
  double result = 0.0;
  std::size_t n_different = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (const auto& other : others) n_different += same(other[i], out[i]) ? 0U : 1U;
    const long double truth = function(static_cast<long double>(numbers[i])...);
    const double size = std::abs(static_cast<double>(truth));
    if (!(size >= 4 * least_normal) || size > 0.999 * greatest) continue;
    const double unit = std::nextafter(size, infinity) - size;
    const auto error = std::abs(static_cast<double>(static_cast<long double>(out[i]) - truth));
    // Not std::max, which would pass over a NaN.
    if (!(error / unit <= result)) result = error / unit;
  }
  CHECK(n_different == 0);
  return result;
}

constexpr std::size_t n_points = 1 << 16;

std::vector<double> uniform(double from, double to, unsigned seed = 1) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> distribution(from, to);
  std::vector<double> result(n_points);
  for (double& x : result) x = distribution(random);
  return result;
}
/// Numbers of every size between two powers of two, of one sign.
std::vector<double> of_sizes(int from, int to, double sign = 1.0, unsigned seed = 2) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> significand(1.0, 2.0);
  std::uniform_int_distribution<int> exponent(from, to - 1);
  std::vector<double> result(n_points);
  for (double& x : result) x = sign * std::ldexp(significand(random), exponent(random));
  return result;
}

/// What a function gives in every lane of every width, beside lanes of ordinary numbers.
template <std::size_t Width, class Function, class... Numbers>
bool gives_in(double expected, Function function, Numbers... numbers) {
  bool result = true;
  for (std::size_t lane = 0; lane < Width; ++lane) {
    const auto beside_ones = [lane](double number) {
      Lanes<Width> lanes = 1.0;
      lanes.set(lane, number);
      return lanes;
    };
    const Lanes<Width> ordinary = function((static_cast<void>(numbers), Lanes<Width>(1.0))...);
    const Lanes<Width> out = function(beside_ones(numbers)...);
    for (std::size_t i = 0; i < Width; ++i)
      result = result && same(out[i], i == lane ? expected : ordinary[i]);
  }
  return result;
}
template <class Function, class... Numbers>
bool gives(double expected, Function function, Numbers... numbers) {
  return gives_in<1>(expected, function, numbers...) &&
         gives_in<2>(expected, function, numbers...) &&
         gives_in<4>(expected, function, numbers...) &&
         gives_in<8>(expected, function, numbers...) &&
         gives_in<16>(expected, function, numbers...);
}

}  // namespace

TEST_CASE("exp in lanes is as exact as it says") {
  CHECK(greatest_error_ulp(Exp{}, uniform(-1.0, 1.0)) < 1.2);
  CHECK(greatest_error_ulp(Exp{}, uniform(-40.0, 40.0)) < 1.2);
  CHECK(greatest_error_ulp(Exp{}, uniform(-720.0, 720.0)) < 1.2);
  CHECK(greatest_error_ulp(Exp{}, of_sizes(-1074, 0)) < 1.2);
  CHECK(greatest_error_ulp(Exp{}, of_sizes(-60, 1023, -1.0)) < 1.2);
}
TEST_CASE("exp in lanes of what is peculiar") {
  CHECK(gives(1.0, Exp{}, 0.0));
  CHECK(gives(1.0, Exp{}, -0.0));
  CHECK(gives(infinity, Exp{}, infinity));
  CHECK(gives(infinity, Exp{}, 709.79));
  CHECK(gives(infinity, Exp{}, greatest));
  CHECK(gives(0.0, Exp{}, -infinity));
  CHECK(gives(0.0, Exp{}, -750.0));
  CHECK(gives(0.0, Exp{}, -greatest));
  CHECK(gives(nan_number, Exp{}, nan_number));
  for (double x = -745.0; x < -707.0; x += 0.37) {
    const double small = exp(Lanes<1>(x))[0];
    CHECK((small == 0.0 || std::abs(small - std::exp(x)) <= 0x1p-1074 + 0x1p-51 * small));
  }
}

TEST_CASE("expm1 in lanes is as exact as it says") {
  CHECK(greatest_error_ulp(Expm1{}, uniform(-1.0, 1.0)) < 1.8);
  CHECK(greatest_error_ulp(Expm1{}, uniform(-50.0, 50.0)) < 1.8);
  CHECK(greatest_error_ulp(Expm1{}, uniform(-720.0, 720.0)) < 1.8);
  CHECK(greatest_error_ulp(Expm1{}, of_sizes(-1074, 1)) < 1.8);
  CHECK(greatest_error_ulp(Expm1{}, of_sizes(-1074, 1, -1.0)) < 1.8);
}
TEST_CASE("expm1 in lanes of what is peculiar") {
  CHECK(gives(0.0, Expm1{}, 0.0));
  CHECK(gives(-0.0, Expm1{}, -0.0));
  CHECK(gives(0x1p-1074, Expm1{}, 0x1p-1074));
  CHECK(gives(infinity, Expm1{}, infinity));
  CHECK(gives(infinity, Expm1{}, 709.79));
  CHECK(gives(-1.0, Expm1{}, -infinity));
  CHECK(gives(-1.0, Expm1{}, -greatest));
  CHECK(gives(nan_number, Expm1{}, nan_number));
}

TEST_CASE("log in lanes is as exact as it says") {
  CHECK(greatest_error_ulp(Log{}, uniform(0.5, 2.0)) < 1.3);
  CHECK(greatest_error_ulp(Log{}, uniform(0.96, 1.04)) < 1.3);
  CHECK(greatest_error_ulp(Log{}, uniform(1.0 - 1e-6, 1.0 + 1e-6)) < 1.3);
  CHECK(greatest_error_ulp(Log{}, uniform(0.0, 1000.0)) < 1.3);
  CHECK(greatest_error_ulp(Log{}, of_sizes(-1074, 1024)) < 1.3);
  CHECK(greatest_error_ulp(Log{}, of_sizes(-1074, -1020)) < 1.3);
}
TEST_CASE("log in lanes of what is peculiar") {
  CHECK(gives(0.0, Log{}, 1.0));
  CHECK(gives(-infinity, Log{}, 0.0));
  CHECK(gives(-infinity, Log{}, -0.0));
  CHECK(gives(infinity, Log{}, infinity));
  CHECK(gives(nan_number, Log{}, -1.0));
  CHECK(gives(nan_number, Log{}, -0x1p-1074));
  CHECK(gives(nan_number, Log{}, -infinity));
  CHECK(gives(nan_number, Log{}, nan_number));
}

TEST_CASE("log1p in lanes is as exact as it says") {
  CHECK(greatest_error_ulp(Log1p{}, uniform(-0.5, 1.0)) < 1.7);
  CHECK(greatest_error_ulp(Log1p{}, uniform(-1.0, 0.0)) < 1.7);
  CHECK(greatest_error_ulp(Log1p{}, uniform(-1e-3, 1e-3)) < 1.7);
  CHECK(greatest_error_ulp(Log1p{}, of_sizes(-1022, 1024)) < 1.7);
  CHECK(greatest_error_ulp(Log1p{}, of_sizes(-1022, -1, -1.0)) < 1.7);
}
TEST_CASE("log1p in lanes of what is peculiar") {
  CHECK(gives(0.0, Log1p{}, 0.0));
  CHECK(gives(0x1p-1074, Log1p{}, 0x1p-1074));
  CHECK(gives(-infinity, Log1p{}, -1.0));
  CHECK(gives(infinity, Log1p{}, infinity));
  CHECK(gives(nan_number, Log1p{}, -1.5));
  CHECK(gives(nan_number, Log1p{}, -infinity));
  CHECK(gives(nan_number, Log1p{}, nan_number));
}

TEST_CASE("tanh in lanes is as exact as it says") {
  CHECK(greatest_error_ulp(Tanh{}, uniform(-1.0, 1.0)) < 3.0);
  CHECK(greatest_error_ulp(Tanh{}, uniform(-25.0, 25.0)) < 3.0);
  CHECK(greatest_error_ulp(Tanh{}, of_sizes(-1022, 1023, -1.0)) < 3.0);
}
TEST_CASE("tanh in lanes of what is peculiar") {
  CHECK(gives(0.0, Tanh{}, 0.0));
  CHECK(gives(-0.0, Tanh{}, -0.0));
  CHECK(gives(1.0, Tanh{}, infinity));
  CHECK(gives(-1.0, Tanh{}, -infinity));
  CHECK(gives(nan_number, Tanh{}, nan_number));
}

TEST_CASE("sin and cos in lanes are as exact as they say") {
  // The multiples of π/2, as near to them as a double comes.
  std::vector<double> multiples(n_points);
  for (std::size_t i = 0; i < n_points; ++i)
    multiples[i] = static_cast<double>(static_cast<long double>(i) * 1.57079632679489661923132L);
  for (const auto& x : {uniform(-0.8, 0.8), uniform(-7.0, 7.0), uniform(-1e6, 1e6),
                        of_sizes(-1022, 40), multiples}) {
    CHECK(greatest_error_ulp(Sin{}, x) < 1.3);
    CHECK(greatest_error_ulp(Cos{}, x) < 1.3);
  }
}
TEST_CASE("sin and cos in lanes of what is peculiar") {
  CHECK(gives(0.0, Sin{}, 0.0));
  CHECK(gives(1.0, Cos{}, 0.0));
  CHECK(gives(std::sin(1e300), Sin{}, 1e300));
  CHECK(gives(std::cos(-1e300), Cos{}, -1e300));
  for (const double x : {infinity, -infinity, nan_number}) {
    CHECK(gives(nan_number, Sin{}, x));
    CHECK(gives(nan_number, Cos{}, x));
  }
}

TEST_CASE("pow in lanes is as exact as it says") {
  CHECK(greatest_error_ulp(Pow{}, uniform(0.0, 10.0), uniform(-5.0, 5.0, 3)) < 2.0);
  CHECK(greatest_error_ulp(Pow{}, uniform(0.9, 1.1), uniform(-100.0, 100.0, 3)) < 2.0);
  CHECK(greatest_error_ulp(Pow{}, of_sizes(-20, 20), uniform(-30.0, 30.0, 3)) < 2.0);
  CHECK(greatest_error_ulp(Pow{}, of_sizes(-1022, 1023), uniform(-1.0, 1.0, 3)) < 2.0);
  CHECK(greatest_error_ulp(Pow{}, of_sizes(-1074, -1000), uniform(-1.0, 1.0, 3)) < 2.0);
}
TEST_CASE("pow in lanes of what is peculiar") {
  for (const double y : {0.0, 0.5, 1.5, 3.0}) {
    CHECK(gives(y == 0.0 ? 1.0 : 0.0, Pow{}, 0.0, y));
    CHECK(gives(y == 0.0 ? 1.0 : infinity, Pow{}, infinity, y));
    CHECK(gives(y == 0.0 ? 1.0 : nan_number, Pow{}, nan_number, y));
    CHECK(gives(y == 0.0 ? 1.0 : nan_number, Pow{}, -2.0, y));
    CHECK(gives(1.0, Pow{}, 1.0, y));
  }
  CHECK(gives(infinity, Pow{}, 0.0, -1.5));
  CHECK(gives(0.0, Pow{}, infinity, -1.5));
  CHECK(gives(infinity, Pow{}, 2.0, infinity));
  CHECK(gives(0.0, Pow{}, 2.0, -infinity));
  CHECK(gives(infinity, Pow{}, 2.0, 1e300));
  CHECK(gives(0.0, Pow{}, 0.5, 1e300));
  CHECK(gives(0.0, Pow{}, 0x1p-1074, greatest));
  CHECK(gives(nan_number, Pow{}, 2.0, nan_number));
}
TEST_CASE("pow with one number is pow with that number in every lane") {
  const std::vector<double> x = uniform(0.0, 10.0);
  std::size_t n_different = 0;
  for (std::size_t i = 0; i < 4096; i += 16) {
    Lanes<16> lanes;
    for (std::size_t lane = 0; lane < 16; ++lane) lanes.set(lane, x[i + lane]);
    const Lanes<16> base = pow(lanes, 0.75), base_in_lanes = pow(lanes, Lanes<16>(0.75));
    const Lanes<16> exponent = pow(3.1, lanes), exponent_in_lanes = pow(Lanes<16>(3.1), lanes);
    for (std::size_t lane = 0; lane < 16; ++lane) {
      n_different += same(base[lane], base_in_lanes[lane]) ? 0U : 1U;
      n_different += same(exponent[lane], exponent_in_lanes[lane]) ? 0U : 1U;
    }
  }
  CHECK(n_different == 0);
}
TEST_CASE("pow with one whole number takes negative numbers too") {
  for (const double y : {-7.0, -2.0, -1.0, 0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0x1p60}) {
    for (const double x : {-3.0, -1.0, -0.0, 0.0, 1.0, 2.5}) {
      CAPTURE(x);
      CAPTURE(y);
      const double out = pow(Lanes<4>(x), y)[2], truth = std::pow(x, y);
      CHECK((same(out, truth) || std::abs(out - truth) <= 0x1p-51 * std::abs(truth) ||
             (y == 0.5 && x == 0.0)));
    }
  }
}

TEST_CASE("rough logarithms and powers are as exact as they say") {
  for (const double x : of_sizes(-1022, 1023))
    CHECK(std::abs(mgpk::ode::rough_log2(Lanes<4>(x))[1] - std::log2(x)) < 2e-5);
  CHECK(mgpk::ode::rough_log2(Lanes<4>(infinity))[0] == 1024.0);
  CHECK(mgpk::ode::rough_log2(Lanes<4>(1.0))[0] == 0.0);
  for (const double x : uniform(-1000.0, 1000.0))
    CHECK(std::abs(mgpk::ode::rough_exp2(Lanes<4>(x))[2] / std::exp2(x) - 1.0) < 4e-6);
}
