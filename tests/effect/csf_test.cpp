// The filter between plasma and CSF, against the studies it was set by and the one that it misses.
#include <mgpk/effect/csf.hpp>

#include <doctest/doctest.h>

#include <cmath>

#include <mgpk/effect/parameters.hpp>

using namespace mgpk;

namespace {

const evidence::Values<double> values;
const auto csf = effect::csf_parameters(values);

double held(double plasma_rise, double step_h, double from = 0) {
  return effect::c_csf_rise_mmol_per_L(csf, from, plasma_rise, plasma_rise, step_h);
}

}  // namespace

TEST_CASE("McKee 2005: serum 0.92 to 2.3 mmol/L raises CSF by 0.17 in 12 and by 0.20 in 24 h") {
  CHECK(held(2.3 - 0.92, 12) == doctest::Approx(0.17).epsilon(0.02));
  CHECK(held(2.3 - 0.92, 24) == doctest::Approx(0.20).epsilon(0.01));
}

TEST_CASE("Wong 2009: plasma doubled for ten days raises CSF by 0.13, or 12 % of 1.1") {
  CHECK(held(0.87, 240) == doctest::Approx(0.13).epsilon(0.01));
}

TEST_CASE("Fuchs-Buder 1997 is not reproduced: 0.014 and 0.016 where 0.15 and 0.18 were seen") {
  const double at_90_min = effect::c_csf_rise_mmol_per_L(csf, 0.009, 0.50, 0.21, 1.0);
  const double at_240_min = effect::c_csf_rise_mmol_per_L(csf, at_90_min, 0.21, 0.08, 2.5);
  CHECK(at_90_min == doctest::Approx(0.014).epsilon(0.04));
  CHECK(at_240_min == doctest::Approx(0.016).epsilon(0.04));
  CHECK(at_240_min < 0.2 * (1.13 - 0.95));
}

TEST_CASE("a supplement's 0.04 mmol/L in plasma come to 0.006 in CSF") {
  CHECK(held(0.04, 1000) == doctest::Approx(0.006).epsilon(1e-9));
}

TEST_CASE("a step along a line is exact: against the formula, and in one part or in two") {
  const double k = csf.k_per_h, g = csf.f_gain, h = 3, a = 0.2, b = 0.9, y = 0.05;
  const double slope = (b - a) / h, e = std::exp(-k * h);
  const double by_formula = y * e + g * (a * (1 - e) + slope * (h - (1 - e) / k));
  const double whole = effect::c_csf_rise_mmol_per_L(csf, y, a, b, h);
  CHECK(whole == doctest::Approx(by_formula).epsilon(1e-12));
  const double middle = a + slope * 1.0;
  const double first = effect::c_csf_rise_mmol_per_L(csf, y, a, middle, 1.0);
  CHECK(effect::c_csf_rise_mmol_per_L(csf, first, middle, b, 2.0) ==
        doctest::Approx(whole).epsilon(1e-12));
}

TEST_CASE("no step changes nothing, and without a driver a rise decays with the turnover") {
  CHECK(effect::c_csf_rise_mmol_per_L(csf, 0.1, 0.5, 0.5, 0.0) == 0.1);
  CHECK(held(0, 1 / csf.k_per_h, 0.1) == doctest::Approx(0.1 * std::exp(-1.0)).epsilon(1e-12));
}

TEST_CASE("of a rise of CSF a share is ionized") {
  CHECK(effect::c_csf_ionized_mmol_per_L(0.80, 0.64, 0.0) == 0.80);
  CHECK(effect::c_csf_ionized_mmol_per_L(0.80, 0.5, 0.18) == doctest::Approx(0.89));
  CHECK(values.f_csf_ionized == doctest::Approx(values.c_csf_ionized_reference_mmol_per_L /
                                                values.c_csf_total_reference_mmol_per_L));
}
