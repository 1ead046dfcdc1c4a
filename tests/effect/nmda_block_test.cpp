// The block of NMDA receptors by magnesium: three laws, and how little a supplement moves them.
#include <mgpk/effect/nmda_block.hpp>

#include <doctest/doctest.h>

#include <cmath>

#include <mgpk/effect/parameters.hpp>
#include <mgpk/ode/dual.hpp>

using namespace mgpk;

namespace {

const evidence::Values<double> values;

double open(double membrane_mV, double c_mmol_per_L) {
  return effect::f_nmda_open(effect::jahr_stevens_block(values), membrane_mV, c_mmol_per_L);
}

void check(double membrane_mV, double c_mmol_per_L, double expected) {
  CAPTURE(membrane_mV);
  CAPTURE(c_mmol_per_L);
  CHECK(std::abs(open(membrane_mV, c_mmol_per_L) - expected) < 5.1e-5);
}

double change(double membrane_mV, double from_mmol_per_L, double to_mmol_per_L) {
  return open(membrane_mV, to_mmol_per_L) / open(membrane_mV, from_mmol_per_L) - 1;
}

}  // namespace

TEST_CASE("Jahr and Stevens at -60 mV") {
  check(-60, 0.70, 0.1100);
  check(-60, 0.80, 0.0976);
  check(-60, 0.806, 0.0969);
  check(-60, 0.89, 0.0886);
  check(-60, 1.0, 0.0796);
  check(-60, 1.5, 0.0545);
}

TEST_CASE("Jahr and Stevens at -40 mV and at 0") {
  check(-40, 0.70, 0.2993);
  check(-40, 0.80, 0.2720);
  check(-40, 0.806, 0.2706);
  check(-40, 0.89, 0.2514);
  check(-40, 1.0, 0.2302);
  check(-40, 1.5, 0.1662);
  check(0, 0.80, 0.8169);
}

TEST_CASE("a supplement moves it by less than one percent, an infusion by nine") {
  CHECK(change(-60, 0.80, 0.806) == doctest::Approx(-0.0067).epsilon(0.02));
  CHECK(change(-20, 0.80, 0.806) == doctest::Approx(-0.0033).epsilon(0.02));
  CHECK(change(-60, 0.80, 0.89) == doctest::Approx(-0.09).epsilon(0.05));
}

TEST_CASE("one millivolt moves it eight times as far as a supplement") {
  const double by_one_mV = open(-59, 0.80) / open(-60, 0.80) - 1;
  CHECK(by_one_mV == doctest::Approx(0.057).epsilon(0.01));
  CHECK(by_one_mV > 8 * -change(-60, 0.80, 0.806));
}

TEST_CASE("Wang and Woodhull, computed by hand") {
  const auto wang = effect::wang_block(values);
  CHECK(effect::f_nmda_open(wang, 0.0, 1.0) == doctest::Approx(1 / 1.33).epsilon(1e-12));
  CHECK(effect::f_nmda_open(wang, -60.0, 1.0) ==
        doctest::Approx(1 / (1 + 0.33 * 4447.066747699858)).epsilon(1e-10));
  const auto woodhull = effect::woodhull_block(values);
  CHECK(effect::f_nmda_open(woodhull, 0.0, 8.8) == doctest::Approx(0.5).epsilon(1e-12));
  // One thermal voltage is a factor of e squared.
  CHECK(effect::f_nmda_open(woodhull, -values.thermal_voltage_mV, 8.8) ==
        doctest::Approx(1 / (1 + std::exp(2.0))).epsilon(1e-12));
  CHECK(values.thermal_voltage_mV ==
        doctest::Approx(1000 * 8.314462618 * 310.15 / 96485.33212).epsilon(1e-4));
}

TEST_CASE("the slope in magnesium is exact: -B (1 - B) / Mg") {
  const auto b =
      effect::f_nmda_open(effect::jahr_stevens_block(values), -60.0, ode::Dual<1>(0.8, {1.0}));
  CHECK(b.slope[0] == doctest::Approx(-b.value * (1 - b.value) / 0.8).epsilon(1e-12));
}
