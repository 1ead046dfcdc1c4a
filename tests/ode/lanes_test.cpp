#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include <mgpk/ode/lanes/lanes.hpp>

namespace {

using mgpk::ode::Lanes;
using mgpk::ode::Mask;

/// The same bits, or NaN both: which NaN comes out depends on the order of the operands.
bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

/// Numbers of every size and sign, the peculiar ones among them; as many as any width divides.
std::vector<double> numbers(unsigned seed) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> result;
  const std::array<double, 12> peculiar{0.0,
                                        -0.0,
                                        infinity,
                                        -infinity,
                                        nan,
                                        1.0,
                                        -1.0,
                                        0x1p-1074,
                                        -0x1p-1030,
                                        0x1p-1022,
                                        -0x1.fffffffffffffp1023,
                                        3.0};
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> uniform(-1.0, 1.0);
  std::uniform_int_distribution<int> exponent(-1060, 1020);
  while (result.size() < 4096) {
    const auto choice = random() % 4;
    if (choice == 0)
      result.push_back(peculiar[random() % peculiar.size()]);
    else
      result.push_back(std::ldexp(uniform(random), choice == 1 ? exponent(random) : 2));
  }
  return result;
}

template <std::size_t Width>
Lanes<Width> loaded(const std::vector<double>& from, std::size_t at) {
  Lanes<Width> result;
  for (std::size_t lane = 0; lane < Width; ++lane) result.set(lane, from[at + lane]);
  return result;
}

// What lanes have as functions, for numbers: the same expression is then written once for both.
double abs(double a) { return std::abs(a); }
double sqrt(double a) { return std::sqrt(a); }
double max(double a, double b) { return a > b ? a : b; }
double min(double a, double b) { return a < b ? a : b; }
double fma(double a, double b, double c) {
  return mgpk::ode::has_fma ? std::fma(a, b, c) : a * b + c;
}
bool isfinite(double a) { return std::isfinite(a); }
double select(bool choice, double yes, double no) { return choice ? yes : no; }

/// How many lanes differ between an operation on lanes and the same on numbers.
template <std::size_t Width, class Operation>
std::size_t n_different(Operation operation) {
  const auto a = numbers(1), b = numbers(2), c = numbers(3);
  std::size_t result = 0;
  for (std::size_t i = 0; i < a.size(); i += Width) {
    const Lanes<Width> out =
        operation(loaded<Width>(a, i), loaded<Width>(b, i), loaded<Width>(c, i));
    for (std::size_t j = i; j < i + Width; ++j)
      result += same(out[j - i], operation(a[j], b[j], c[j])) ? 0U : 1U;
  }
  return result;
}

template <std::size_t Width>
void check_arithmetic() {
  CAPTURE(Width);
  CHECK(n_different<Width>([](auto a, auto, auto) { return +a; }) == 0);
  CHECK(n_different<Width>([](auto a, auto, auto) { return -a; }) == 0);
  CHECK(n_different<Width>([](auto a, auto b, auto) { return a + b; }) == 0);
  CHECK(n_different<Width>([](auto a, auto b, auto) { return a - b; }) == 0);
  CHECK(n_different<Width>([](auto a, auto b, auto) { return a * b; }) == 0);
  CHECK(n_different<Width>([](auto a, auto b, auto) { return a / b; }) == 0);
  CHECK(n_different<Width>([](auto a, auto b, auto) { return a += b; }) == 0);
  CHECK(n_different<Width>([](auto a, auto b, auto) { return a -= b; }) == 0);
  CHECK(n_different<Width>([](auto a, auto b, auto) { return a *= b; }) == 0);
  CHECK(n_different<Width>([](auto a, auto b, auto) { return a /= b; }) == 0);
  // A number beside lanes stands for itself in every lane, with its sign where it is zero.
  CHECK(n_different<Width>([](auto a, auto, auto) { return 2.0 - a; }) == 0);
  CHECK(n_different<Width>([](auto a, auto, auto) { return a * -0.0; }) == 0);
}

template <std::size_t Width>
void check_functions() {
  CAPTURE(Width);
  CHECK(n_different<Width>([](auto a, auto, auto) { return abs(a); }) == 0);
  CHECK(n_different<Width>([](auto a, auto, auto) { return sqrt(a); }) == 0);
  CHECK(n_different<Width>([](auto a, auto b, auto) { return max(a, b); }) == 0);
  CHECK(n_different<Width>([](auto a, auto b, auto) { return min(a, b); }) == 0);
  CHECK(n_different<Width>([](auto a, auto, auto) { return max(decltype(a)(3.0), a); }) == 0);
  CHECK(n_different<Width>([](auto a, auto, auto) { return min(decltype(a)(3.0), a); }) == 0);
  CHECK(n_different<Width>([](auto a, auto b, auto c) { return fma(a, b, c); }) == 0);
}

template <std::size_t Width>
void check_comparisons() {
  CAPTURE(Width);
  CHECK(n_different<Width>([](auto a, auto b, auto c) { return select(a < b, a, c); }) == 0);
  CHECK(n_different<Width>([](auto a, auto b, auto c) { return select(a <= b, a, c); }) == 0);
  CHECK(n_different<Width>([](auto a, auto b, auto c) { return select(a > b, a, c); }) == 0);
  CHECK(n_different<Width>([](auto a, auto b, auto c) { return select(a >= b, a, c); }) == 0);
  CHECK(n_different<Width>([](auto a, auto b, auto c) { return select(a == b, a, c); }) == 0);
  CHECK(n_different<Width>([](auto a, auto b, auto c) { return select(!(a < b), a, c); }) == 0);
  CHECK(n_different<Width>(
            [](auto a, auto b, auto c) { return select((a < b) & (b < c), a, c); }) == 0);
  CHECK(n_different<Width>(
            [](auto a, auto b, auto c) { return select((a < b) | (b < c), a, c); }) == 0);
  CHECK(n_different<Width>([](auto a, auto b, auto) { return select(isfinite(a), a, b); }) == 0);
}

template <std::size_t Width>
void check_masks() {
  CAPTURE(Width);
  CHECK(all(Mask<Width>(true)));
  CHECK_FALSE(any(Mask<Width>(false)));
  for (std::size_t lane = 0; lane < Width; ++lane) {
    CAPTURE(lane);
    Lanes<Width> x = 1.0;
    x.set(lane, -1.0);
    const Mask<Width> mask = x < 0.0;
    CHECK(any(mask));
    CHECK(all(mask) == (Width == 1));
    for (std::size_t i = 0; i < Width; ++i) CHECK(mask[i] == (i == lane));
    Mask<Width> set(false);
    set.set(lane, true);
    CHECK(any(set));
    CHECK_FALSE(all(!set));
    const Lanes<Width> chosen = select(set, x, Lanes<Width>(5.0));
    for (std::size_t i = 0; i < Width; ++i) CHECK(chosen[i] == (i == lane ? -1.0 : 5.0));
  }
}

template <std::size_t Width>
void check_all() {
  check_arithmetic<Width>();
  check_functions<Width>();
  check_comparisons<Width>();
  check_masks<Width>();
}

}  // namespace

TEST_CASE("lanes of every width do what numbers do, to the bit") {
  check_all<1>();
  check_all<2>();
  check_all<4>();
  check_all<8>();
  check_all<16>();
}
