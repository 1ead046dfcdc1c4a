// Release at the neuromuscular junction under magnesium and calcium.
#include <mgpk/effect/neuromuscular_release.hpp>

#include <doctest/doctest.h>

#include <cmath>

#include <mgpk/effect/parameters.hpp>
#include <mgpk/ode/dual.hpp>

using namespace mgpk;

namespace {

double release(double calcium, double magnesium) {
  const auto p = effect::release_parameters(evidence::Values<double>());
  const effect::IonizedPair<double> reference{1.2, 0.55};
  return effect::nmj_release_relative(p, effect::IonizedPair<double>{calcium, magnesium},
                                      reference);
}

}  // namespace

TEST_CASE("release at ionized magnesium from 0.35 to 4 mmol/L, relative to 0.55") {
  const double expected[][2] = {{0.35, 1.128}, {0.45, 1.061}, {0.55, 1.0},  {0.58, 0.982},
                                {0.60, 0.971}, {0.70, 0.916}, {1.0, 0.773}, {1.5, 0.591},
                                {2.0, 0.460},  {3.0, 0.290},  {4.0, 0.192}};
  for (const auto& row : expected) {
    CAPTURE(row[0]);
    CHECK(std::abs(release(1.2, row[0]) - row[1]) < 5.1e-4);
  }
}

TEST_CASE("calcium matters more: 1.0 instead of 1.2 mmol/L leaves 67 %") {
  CHECK(std::abs(release(1.0, 0.55) - 0.673) < 5.1e-4);
}

TEST_CASE("in depletion calcium wins, so that tetany is not in this law") {
  CHECK(release(0.9, 0.15) == doctest::Approx(0.70).epsilon(0.01));
}

TEST_CASE("a supplement's 0.03 mmol/L take 1.8 % away") {
  CHECK(release(1.2, 0.58) - 1 == doctest::Approx(-0.018).epsilon(0.02));
}

TEST_CASE("transmission's margin of 3 to 5 is used up where reflexes are lost") {
  CHECK(release(1.2, 2.5) > 1.0 / 3);
  CHECK(release(1.2, 4.0) < 1.0 / 5);
}

TEST_CASE("the slope in magnesium is exact: -n / (K2 (1 + Ca/K1 + Mg/K2)) of the release") {
  const auto p = effect::release_parameters(evidence::Values<double>());
  using Dual = ode::Dual<1>;
  const effect::IonizedPair<Dual> now{Dual(1.2), Dual(0.55, {1.0})};
  const effect::IonizedPair<Dual> reference{Dual(1.2), Dual(0.55)};
  const auto release = effect::nmj_release_relative(p, now, reference);
  CHECK(release.value == doctest::Approx(1.0).epsilon(1e-14));
  CHECK(release.slope[0] ==
        doctest::Approx(-4 / (2.97 * (1 + 1.2 / 1.1 + 0.55 / 2.97))).epsilon(1e-12));
}
