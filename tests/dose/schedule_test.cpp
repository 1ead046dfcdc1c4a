// Lines of a plan: what is written down of a dose.
#include <mgpk/dose/schedule.hpp>

#include <doctest/doctest.h>

#include <mgpk/error.hpp>

using namespace mgpk;

TEST_CASE("a hydrate may stand in the name of the salt, on every route") {
  const double mmol = dose::to_mmol(salt_mg(1000), "sulfate", "heptahydrate");
  Schedule plan;
  plan.oral("sulfate heptahydrate", salt_mg(1000))
      .iv("Epsom salt", salt_mg(1000))
      .im("sulfate heptahydrate", salt_mg(1000));
  for (const auto& dose : plan.doses()) {
    CHECK(dose.components.at(0).mmol == mmol);
    CHECK(dose.components.at(0).salt == "sulfate");
  }
  CHECK_THROWS_AS(plan.iv("sulfate", salt_mg(1000)), InputError);
}
