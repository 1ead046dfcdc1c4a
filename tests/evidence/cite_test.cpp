// What a reader sees of the sources.
#include <mgpk/evidence/cite.hpp>

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

using namespace mgpk::evidence;

TEST_CASE("sources come with the numbers that rest on them, and say what they are") {
  const std::array<std::string_view, 5> keys{"km_uptake_mmol", "k_emptying_fasted_per_h",
                                             "vmax_ileum_mmol_per_h", "acid_half_mmol",
                                             "n_acid_per_magnesium"};
  CHECK(cite(keys) ==
        "calibration: mgpk: fit of the free constants of data/calibration.csv to the endpoints of "
        "data/studies.csv; see docs/validation (derived)\n"
        "  km_uptake_mmol = 0.414 mmol (calibrated, range 0.22 to 0.78)\n"
        "Fine1991: Fine KD et al. J Clin Invest 88:396-402 (1991). doi:10.1172/JCI115317\n"
        "  vmax_ileum_mmol_per_h = 0.045 mmol/h (assumed, range 0.015 to 0.06)\n"
        "model_choice: modelling decision of mgpk (choice of this project)\n"
        "  acid_half_mmol = 0.5 mmol (assumed, range 0.1 to 2)\n"
        "Mudie2014: Mudie et al. 2014: gastric and small-intestinal water after 240 mL of water "
        "(recalled, to be verified)\n"
        "  k_emptying_fasted_per_h = 2.5 1/h (assumed, range 2 to 3.2)\n"
        "stoichiometry: balanced equation: MgO + 2 H+ -> Mg2+ + H2O (derived)\n"
        "  n_acid_per_magnesium = 2 (derived, range 2 to 2)\n");
}

TEST_CASE("a key that comes twice is cited once") {
  const std::array<std::string_view, 2> twice{"t_colon_h", "t_colon_h"};
  const std::array<std::string_view, 1> once{"t_colon_h"};
  CHECK(cite(twice) == cite(once));
}

TEST_CASE("nothing cited is nothing said, and an unknown key is refused") {
  CHECK(cite({}).empty());
  const std::array<std::string_view, 1> unknown{"t_colon"};
  CHECK_THROWS_WITH_AS(cite(unknown),
                       "parameter must be one of the evidence table, but it is \"t_colon\"; did "
                       "you mean \"t_colon_h\"?",
                       mgpk::UnknownNameError);
}

TEST_CASE("cite_all names every parameter") {
  const std::string text = cite_all();
  for (const Parameter& row : parameters) {
    CHECK(text.find("  " + std::string(row.key) + " = ") != std::string::npos);
  }
}
