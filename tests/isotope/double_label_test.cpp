#include <mgpk/isotope/double_label.hpp>

#include <doctest/doctest.h>

using namespace mgpk::isotope;

TEST_CASE("labels that part in the same way show the share that came in") {
  // 48 % of 2.88 mmol came in, all of 1.23 mmol did; 7 % of what is in is found.
  CHECK(f_absorbed_double_label(0.07 * 0.48 * 2.88, 2.88, 0.07 * 1.23, 1.23) ==
        doctest::Approx(0.48));
  // A third of the injected label more lost before: the other looks larger.
  CHECK(f_absorbed_double_label(0.07 * 0.48 * 2.88, 2.88, 0.07 * 0.75 * 1.23, 1.23) ==
        doctest::Approx(0.64));
}
