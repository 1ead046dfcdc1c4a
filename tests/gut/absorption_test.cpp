// Uptake: saturable and linear, shared by all that is dissolved in a segment.
#include <mgpk/gut/absorption.hpp>

#include <doctest/doctest.h>

#include <mgpk/ode/dual.hpp>

using namespace mgpk;

namespace {
const gut::UptakeParameters<double> jejunum{0.33, 0.28, 0.0027};
}

TEST_CASE("uptake at nothing, at Km and far beyond, computed by hand") {
  CHECK(gut::uptake_rate_per_h(jejunum, 0.0) == doctest::Approx(1.18127142857143).epsilon(1e-13));
  CHECK(gut::uptake_mmol_per_h(jejunum, 0.0) == 0.0);
  CHECK(gut::uptake_mmol_per_h(jejunum, 0.28) == doctest::Approx(0.165756).epsilon(1e-13));
  CHECK(gut::uptake_mmol_per_h(jejunum, 1e4) ==
        doctest::Approx(0.33 * 1e4 / (1e4 + 0.28) + 27.0).epsilon(1e-13));
}

TEST_CASE("more in the gut is absorbed faster, but a smaller share of it") {
  double last_flux = 0, last_rate = gut::uptake_rate_per_h(jejunum, 0.0);
  for (double available_mmol = 1e-4; available_mmol < 200; available_mmol *= 1.5) {
    const double flux = gut::uptake_mmol_per_h(jejunum, available_mmol);
    const double rate = gut::uptake_rate_per_h(jejunum, available_mmol);
    CHECK(flux > last_flux);
    CHECK(rate < last_rate);
    CHECK(rate > jejunum.linear_per_h);
    last_flux = flux;
    last_rate = rate;
  }
}

TEST_CASE("the slope of uptake is exact") {
  const auto flux = gut::uptake_mmol_per_h(jejunum, ode::Dual<1>(0.28, {1.0}));
  // vmax·km/(km + M)² + k_lin at M = km.
  CHECK(flux.slope[0] == doctest::Approx(0.33 / (4 * 0.28) + 0.0027).epsilon(1e-13));
}
