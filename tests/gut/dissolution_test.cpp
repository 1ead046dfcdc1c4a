// Dissolution that needs acid: proportional to the solid and to the supply of acid.
#include <mgpk/gut/dissolution.hpp>

#include <doctest/doctest.h>

using namespace mgpk;

TEST_CASE("a basic salt dissolves as far as acid allows") {
  const gut::DissolutionParameters<double> oxide{0.0, 1.5, 0.025};
  CHECK(gut::acid_dissolution_mmol_per_h(oxide, 8.0, 1.0) == 12.0);
  CHECK(gut::acid_dissolution_mmol_per_h(oxide, 8.0, 0.25) == 3.0);
  CHECK(gut::acid_dissolution_mmol_per_h(oxide, 8.0, 0.0) == 0.0);
  CHECK(gut::acid_dissolution_mmol_per_h(oxide, 0.0, 1.0) == 0.0);
}

TEST_CASE("a soluble salt does not ask for acid") {
  const gut::DissolutionParameters<double> citrate{4.0, 0.0, 4.0};
  CHECK(gut::acid_dissolution_mmol_per_h(citrate, 8.0, 1.0) == 0.0);
}
