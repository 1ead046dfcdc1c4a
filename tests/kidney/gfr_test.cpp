// GFR from creatinine: CKD-EPI 2021, worked out by hand, and the index to body surface taken off.
#include <mgpk/kidney/gfr.hpp>

#include <doctest/doctest.h>

using namespace mgpk;
using kidney::Sex;

namespace {

const evidence::Values<double> values;

double indexed(Sex sex, double age_y, double creatinine_mg_per_dL) {
  return kidney::gfr_indexed_mL_per_min(values, sex, age_y, creatinine_mg_per_dL);
}

}  // namespace

TEST_CASE("at kappa only age and sex count: 142 · 0.9938^50, and 1.012 times that in women") {
  CHECK(indexed(Sex::male, 50, 0.9) == doctest::Approx(104.0490130).epsilon(1e-9));
  CHECK(indexed(Sex::female, 50, 0.7) == doctest::Approx(105.2976011).epsilon(1e-9));
}

TEST_CASE("both branches in both sexes") {
  CHECK(indexed(Sex::male, 30, 0.6) == doctest::Approx(133.1795910).epsilon(1e-9));
  CHECK(indexed(Sex::female, 25, 0.5) == doctest::Approx(133.4014419).epsilon(1e-9));
  CHECK(indexed(Sex::male, 55, 1.2) == doctest::Approx(71.4177959).epsilon(1e-9));
  CHECK(indexed(Sex::female, 71, 0.9) == doctest::Approx(68.3477079).epsilon(1e-9));
  CHECK(indexed(Sex::male, 80, 3.5) == doctest::Approx(16.92065206).epsilon(1e-9));
}

TEST_CASE("more creatinine and more years mean less filtration, without a jump at kappa") {
  double last = 1e9;
  for (double creatinine = 0.2; creatinine < 12; creatinine *= 1.05) {
    CHECK(indexed(Sex::female, 40, creatinine) < last);
    last = indexed(Sex::female, 40, creatinine);
  }
  CHECK(indexed(Sex::male, 70, 1.0) < indexed(Sex::male, 40, 1.0));
  CHECK(indexed(Sex::male, 40, 0.9 * (1 + 1e-12)) ==
        doctest::Approx(indexed(Sex::male, 40, 0.9 * (1 - 1e-12))).epsilon(1e-11));
}

TEST_CASE("body surface: 180 cm and 80 kg are 2 m2, and the person's GFR is larger by 2/1.73") {
  CHECK(kidney::body_surface_m2(values, 180, 80) == doctest::Approx(2.0).epsilon(1e-14));
  CHECK(kidney::gfr_of_person_mL_per_min(values, Sex::male, 55, 1.2, 180, 80) ==
        doctest::Approx(71.4177959 * 2 / 1.73).epsilon(1e-9));
  CHECK(kidney::gfr_of_person_mL_per_min(values, Sex::female, 71, 0.9, 150, 44) ==
        doctest::Approx(53.4931988).epsilon(1e-9));
}
