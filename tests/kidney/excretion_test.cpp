// Urine: what was filtered and escaped.
#include <mgpk/kidney/excretion.hpp>

#include <doctest/doctest.h>

using namespace mgpk;

namespace {
const kidney::KidneyParameters<double> kidneys{7.2, {0.59, 8e-4}};
}

TEST_CASE("a reference adult at 0.85 mmol/L loses 4.15 mmol a day, 4 % of the filtered load") {
  const double uf = 0.7 * 0.85;
  CHECK(24 * kidney::excretion_mmol_per_h(kidneys, uf) == doctest::Approx(4.15035).epsilon(1e-5));
  CHECK(kidney::f_excreted_renal(kidneys.tubule, uf) == doctest::Approx(0.0403668).epsilon(1e-5));
}

TEST_CASE("the share excreted lies between 0 and 1 and rises with plasma") {
  double last = 0;
  for (double uf = 1e-3; uf < 50; uf *= 1.1) {
    const double share = kidney::f_excreted_renal(kidneys.tubule, uf);
    CHECK(share > last);
    CHECK(share < 1);
    last = share;
  }
  CHECK(last > 0.98);
}

TEST_CASE("urine is proportional to the GFR") {
  auto half = kidneys;
  half.gfr_L_per_h = 3.6;
  CHECK(kidney::excretion_mmol_per_h(half, 0.62) ==
        doctest::Approx(0.5 * kidney::excretion_mmol_per_h(kidneys, 0.62)).epsilon(1e-14));
}
