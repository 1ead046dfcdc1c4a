#include <doctest/doctest.h>

#include <mgpk/evidence/values.hpp>
#include <mgpk/gut/uptake_by_filtration.hpp>

using namespace mgpk;

namespace {
const evidence::Values<double> v;

double f_at(double gfr_relative) {
  return gut::f_uptake_by_filtration(v.f_uptake_without_gfr, v.uptake_gfr_exponent, gfr_relative);
}
}  // namespace

TEST_CASE("uptake is whole at the reference filtration and above, to the last digit") {
  CHECK(f_at(1.0) == 1.0);
  CHECK(f_at(1.5) == 1.0);
}

TEST_CASE("uptake falls with filtration, down to what is left without any") {
  CHECK(f_at(0.0) == doctest::Approx(v.f_uptake_without_gfr));
  for (double relative = 0.0; relative < 1.0; relative += 0.05)
    CHECK(f_at(relative) < f_at(relative + 0.05));
}

TEST_CASE("uptake has no kink at the reference") {
  const double h = 1e-4;
  CHECK((f_at(1.0) - f_at(1.0 - h)) / h == doctest::Approx(0).epsilon(1e-3).scale(1));
}
