#include <mgpk/simulate/tracers.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace mgpk;

TEST_CASE("a label that is taken twice is one tracer, and what is injected comes last") {
  Schedule plan;
  plan.im("sulfate", mmol(4)).oral("citrate", mmol(5), {.at_h = 8}, false, "second");
  plan.oral("oxide", mmol(5), {.at_h = 9}).oral("citrate", mmol(5), {.at_h = 20}, false, "second");
  CHECK(simulation::tracers_of(plan) == std::vector<std::string>{"second", "oxide", "iv"});
  CHECK(simulation::tracers_of(Schedule().meal(elemental_mg(100), {8})).empty());
}

TEST_CASE("the unit stays at the end of a column") {
  CHECK(simulation::column_of("a_feces_solid_food_mmol", "iv") == "a_feces_solid_food_of_iv_mmol");
  CHECK(simulation::column_of("auc_plasma_total_mmol_h_per_L", "x") ==
        "auc_plasma_total_of_x_mmol_h_per_L");
}
