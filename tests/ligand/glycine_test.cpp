// Plasma glycine: its own baseline and what a dose has added.
#include <mgpk/ligand/glycine.hpp>

#include <doctest/doctest.h>

using namespace mgpk;

TEST_CASE("21 mmol in 42 L raise plasma glycine by 0.5 mmol/L") {
  const ligand::GlycineParameters<double> glycine{1.5, 0.7, 42.0, 1.0, 0.25};
  CHECK(ligand::c_glycine_mmol_per_L(glycine, 0.0) == 0.25);
  CHECK(ligand::c_glycine_mmol_per_L(glycine, 21.0) == 0.75);
}
