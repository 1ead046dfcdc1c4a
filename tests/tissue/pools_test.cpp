// The stores: cells that hold their content, and a slow pool that follows plasma.
#include <mgpk/tissue/pools.hpp>

#include <doctest/doctest.h>

#include <cmath>

#include <mgpk/ode/dual.hpp>

using namespace mgpk;

namespace {

tissue::CellParameters<double> cells_with(double elasticity) {
  return {7.875, 0.075, elasticity, 0.85};
}

}  // namespace

TEST_CASE("influx into cells: nothing at zero, the turnover at the reference, a bound beyond") {
  const auto cells = cells_with(0.05);
  CHECK(tissue::cell_influx_mmol_per_h(cells, 0.0) == 0.0);
  CHECK(tissue::cell_influx_mmol_per_h(cells, 0.85) == doctest::Approx(7.875).epsilon(1e-14));
  // q = 19: at twice the reference 20·2/(1 + 38), and at most 20/19.
  CHECK(tissue::cell_influx_mmol_per_h(cells, 1.7) ==
        doctest::Approx(7.875 * 40 / 39).epsilon(1e-14));
  CHECK(tissue::cell_influx_mmol_per_h(cells, 1e9) ==
        doctest::Approx(7.875 * 20 / 19).epsilon(1e-8));
}

TEST_CASE("the elasticity at the reference is the one that was asked for") {
  for (const double elasticity : {0.01, 0.05, 0.1, 0.5, 0.8, 1.0}) {
    const auto influx =
        tissue::cell_influx_mmol_per_h(cells_with(elasticity), ode::Dual<1>(0.85, {1.0}));
    CHECK(influx.slope[0] * 0.85 / influx.value == doctest::Approx(elasticity).epsilon(1e-12));
  }
}

TEST_CASE("influx rises with what is outside, ever more slowly") {
  const auto cells = cells_with(0.05);
  double last = 0, last_slope = 1e9;
  for (double c_mmol_per_L = 0.001; c_mmol_per_L < 10; c_mmol_per_L *= 1.3) {
    const auto influx = tissue::cell_influx_mmol_per_h(cells, ode::Dual<1>(c_mmol_per_L, {1.0}));
    CHECK(influx.value > last);
    CHECK(influx.slope[0] < last_slope);
    last = influx.value;
    last_slope = influx.slope[0];
  }
}

TEST_CASE("cells whose influx does not depend on what is outside are the limit, not an error") {
  const auto cells = cells_with(0.0);
  CHECK(tissue::cell_influx_mmol_per_h(cells, 0.85) == doctest::Approx(7.875).epsilon(1e-14));
  CHECK(tissue::cell_influx_mmol_per_h(cells, 0.1) == doctest::Approx(7.875).epsilon(1e-14));
}

TEST_CASE("the slow pool takes up, gives back, and rests in between") {
  const tissue::SlowPoolParameters<double> bone{0.3, 0.0007};
  CHECK(tissue::slow_uptake_mmol_per_h(bone, 0.85, 0.0) == doctest::Approx(0.255).epsilon(1e-14));
  CHECK(tissue::slow_uptake_mmol_per_h(bone, 0.0, 300.0) == doctest::Approx(-0.21).epsilon(1e-14));
  CHECK(std::abs(tissue::slow_uptake_mmol_per_h(bone, 0.7, 300.0)) < 1e-15);
}
