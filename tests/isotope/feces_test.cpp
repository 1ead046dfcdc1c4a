#include <mgpk/isotope/feces.hpp>

#include <doctest/doctest.h>

using namespace mgpk::isotope;

TEST_CASE("what is not in stool was absorbed, or was absorbed and came back") {
  const double f = 0.6, f_returned = 0.15;
  const double f_in_feces = (1 - f) + f * f_returned;
  CHECK(f_absorbed_apparent(f_in_feces) == doctest::Approx(0.51));
  CHECK(f_absorbed_corrected(f_in_feces, f_returned) == doctest::Approx(f));
  CHECK(f_absorbed_corrected(0.4, 0.0) == f_absorbed_apparent(0.4));
}
