// Compiled for a machine with fused multiply-add: a product and a sum keep two roundings.
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <random>

#include <mgpk/ode/lanes/lanes.hpp>

namespace {

using mgpk::ode::Lanes;

/// Through memory: no compiler contracts what it has to store.
double rounded(double number) {
  volatile double stored = number;
  return stored;
}

template <std::size_t Width>
Lanes<Width> drawn(std::mt19937_64& random) {
  std::uniform_real_distribution<double> any(-2.0, 2.0);
  Lanes<Width> numbers(0.0);
  for (std::size_t lane = 0; lane < Width; ++lane) numbers.set(lane, any(random));
  return numbers;
}

struct Tally {
  int n_off = 0, n_that_one_rounding_changes = 0;
};

template <std::size_t Width>
Tally tally() {
  std::mt19937_64 random(1);
  Tally found;
  for (int i = 0; i < 500; ++i) {
    const auto a = drawn<Width>(random), b = drawn<Width>(random), c = drawn<Width>(random);
    const Lanes<Width> sum = a * b + c, rest = c - a * b;
    Lanes<Width> grown = c;
    grown += a * b;
    for (std::size_t k = 0; k < Width; ++k) {
      const double product = rounded(a[k] * b[k]), right = product + c[k];
      found.n_off += sum[k] != right || grown[k] != right || rest[k] != c[k] - product;
      found.n_that_one_rounding_changes += std::fma(a[k], b[k], c[k]) != right;
    }
  }
  return found;
}

TEST_CASE("a product in lanes is rounded before it is added, however wide the lanes are") {
  if (__builtin_cpu_supports("avx2") == 0 || __builtin_cpu_supports("fma") == 0) {
    MESSAGE("this machine cannot run it");
    return;
  }
  const auto check = [](const Tally& found) {
    CHECK(found.n_off == 0);
    CHECK(found.n_that_one_rounding_changes > 50);
  };
  check(tally<1>());
  check(tally<2>());
  check(tally<4>());
  check(tally<8>());
}

}  // namespace
