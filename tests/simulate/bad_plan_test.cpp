// Plans that cannot be meant, each refused with its rule, its value and what to do.
#include <doctest/doctest.h>

#include <limits>
#include <vector>

#include <mgpk/dose/schedule.hpp>
#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"

using namespace mgpk;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double endless = std::numeric_limits<double>::infinity();

template <class Action>
void refused(Action&& action, const char* message) {
  CHECK_THROWS_WITH_AS(action(Schedule{}), message, InputError);
}

/// A dose of citrate with a timing that should be refused.
void bad_timing(const dose::Timing& timing, const char* message) {
  refused([&](Schedule plan) { plan.oral("citrate", mmol(5), timing); }, message);
}

void bad_label(const char* label, const char* shown) {
  const std::string message =
      "a label takes lower-case letters, digits and _, does not begin with in_ and is not food or "
      "endogenous, but it is " +
      std::string(shown) + "; choose a name such as morning_dose";
  refused(
      [&](Schedule plan) {
        plan.oral_mix({{"citrate", 1.0}}, mmol(5), label);
      },
      message.c_str());
}

}  // namespace

TEST_CASE("salts that are not there, and salt masses that say too little") {
  refused([](Schedule plan) { plan.oral("glicinate", elemental_mg(300)); },
          "salt must be one that mgpk knows, but it is \"glicinate\"; did you mean \"glycinate\" "
          "or \"gluconate\"?");
  refused([](Schedule plan) { plan.iv("magnesium", mmol(8)); },
          "salt must be one that mgpk knows, but it is \"magnesium\"; did you mean \"oxide\"?");
  refused([](Schedule plan) { plan.oral("sulfate", salt_mg(2000)); },
          "a salt with several hydrates must come with its hydrate here, but it is \"sulfate\" "
          "alone; give the hydrate: \"anhydrous\" (MgSO4) or \"heptahydrate\" (MgSO4.7H2O)");
  refused([](Schedule plan) { plan.oral("sulfate", salt_mg(2000), {}, false, "", "dihydrate"); },
          "hydrate of sulfate must be one of \"anhydrous\" or \"heptahydrate\", but it is "
          "\"dihydrate\"; give one of these");
}

TEST_CASE("what does not dissolve is not given into a vein or a muscle") {
  refused([](Schedule plan) { plan.iv("oxide", mmol(8)); },
          "a salt given into a vein or a muscle must be soluble, but it is oxide; name a "
          "soluble salt");
  refused([](Schedule plan) { plan.im("orotate", mmol(8)); },
          "a salt given into a vein or a muscle must be soluble, but it is orotate; name a "
          "soluble salt");
}

TEST_CASE("amounts: negative, none, not a number, endless and huge") {
  refused([](Schedule plan) { plan.oral("citrate", elemental_mg(-300)); },
          "elemental_mg must be finite and positive, but it is -300; give the dose in milligrams "
          "of elemental magnesium");
  refused(
      [](Schedule plan) { plan.oral("citrate", mmol(0)); },
      "mmol must be finite and positive, but it is 0; give the dose in millimoles of magnesium");
  refused([](Schedule plan) { plan.iv("sulfate", mmol(not_a_number)); },
          "mmol must be finite and positive, but it is nan; give the dose in millimoles of "
          "magnesium");
  refused([](Schedule plan) { plan.im("sulfate", mEq(endless)); },
          "mEq must be finite and positive, but it is inf; give the dose in milliequivalents, two "
          "for each millimole");
  refused([](Schedule plan) { plan.oral("oxide", elemental_mg(300000)); },
          "elemental_mg must be at most 5000 per dose, but it is 300000; is the unit right? it "
          "must be milligrams of elemental magnesium");
  refused([](Schedule plan) { plan.iv("sulfate", mmol(4000)); },
          "mmol must be at most 250 per dose, but it is 4000; is the unit right? it must be "
          "millimoles of magnesium");
}

TEST_CASE("times of a dose") {
  bad_timing({.at_h = -1},
             "at_h must be finite and not negative, but it is -1; give hours after the start of "
             "the run");
  bad_timing({.at_h = not_a_number},
             "at_h must be finite and not negative, but it is nan; give hours after the start of "
             "the run");
  bad_timing({.every_h = -24, .times = 2},
             "every_h must be finite and not negative, but it is -24; give the interval in hours");
  bad_timing({.times = 3},
             "a dose taken more than once needs every_h > 0, but it is 0; give the interval in "
             "hours");
  bad_timing({.every_h = 24},
             "a dose with every_h needs times > 1, but it is times = 1; say how often it is taken, "
             "or leave every_h out");
  bad_timing({.every_h = 24, .times = 0},
             "times must lie between 1 and 100000, but it is 0; give how often the dose is taken");
  bad_timing({.every_h = 24, .times = 1000000},
             "times must lie between 1 and 100000, but it is 1000000; give how often the dose is "
             "taken");
}

TEST_CASE("routes that take no time") {
  bad_timing({.over_h = 2},
             "a dose by mouth is swallowed at once, but it is over_h = 2; leave over_h out, or "
             "split the dose");
  refused([](Schedule plan) { plan.im("sulfate", mmol(8), {.over_h = 0.5}); },
          "an intramuscular dose is given at once, but it is over_h = 0.5; leave over_h out");
  refused([](Schedule plan) { plan.iv("sulfate", mmol(8), {.over_h = -1}); },
          "over_h must be finite and not negative, but it is -1; give the length of the infusion "
          "in hours, 0 for a bolus");
}

TEST_CASE("labels that could not name a column") {
  bad_label("", "\"\"");
  bad_label("Morning dose", "\"Morning dose\"");
  bad_label("food", "\"food\"");
  bad_label("endogenous", "\"endogenous\"");
  bad_label("in_colon", "\"in_colon\"");  // or two columns would share a name
}

TEST_CASE("mixes: shares, amounts and salts") {
  refused(
      [](Schedule plan) {
        plan.oral_mix({{"glycinate", 0.6}, {"oxide", 0.3}}, mmol(9), "a");
      },
      "the shares of a mix must add up to 1, but it is 0.8999999999999999; give each salt's "
      "share of the magnesium");
  refused(
      [](Schedule plan) {
        plan.oral_mix({{"glycinate", 1.5}, {"oxide", -0.5}}, mmol(9), "a");
      },
      "the share of oxide must be finite and positive, but it is -0.5; give shares that add up "
      "to 1");
  refused(
      [](Schedule plan) {
        plan.oral_mix({{"glycinate", 1.0}}, salt_mg(900), "a");
      },
      "the amount of a mix is its magnesium, but it is a salt mass; give elemental_mg, mmol or "
      "mEq of the whole mix");
  refused([](Schedule plan) { plan.oral_mix({}, mmol(9), "a"); },
          "the shares of a mix must add up to 1, but it is 0; give each salt's share of the "
          "magnesium");
}

TEST_CASE("meals and changes of diet") {
  refused(
      [](Schedule plan) { plan.meal(elemental_mg(-10)); },
      "the magnesium of a meal must lie between 0 and 5000, but it is -10; give mg of elemental "
      "magnesium");
  refused([](Schedule plan) { plan.meal(elemental_mg(1e6)); },
          "the magnesium of a meal must lie between 0 and 5000, but it is 1000000; give mg of "
          "elemental magnesium");
  refused([](Schedule plan) { plan.diet(-1, 0, 24); },
          "diet mg_per_d must lie between 0 and 3000, but it is -1; give elemental magnesium in mg "
          "per day");
  refused(
      [](Schedule plan) { plan.diet(not_a_number, 0, 24); },
      "diet mg_per_d must lie between 0 and 3000, but it is nan; give elemental magnesium in mg "
      "per day");
  refused([](Schedule plan) { plan.fast(-1, 24); },
          "at_h must be finite and not negative, but it is -1; give hours after the start of the "
          "run");
  refused([](Schedule plan) { plan.fast(0, 0); },
          "over_h must be finite and positive, but it is 0; give how many hours the change lasts");
}

TEST_CASE("lines of another plan are checked like new ones") {
  const dose::Dose empty{dose::Route::oral, "a", {}, {}, false};
  const dose::Dose two{dose::Route::iv, "a", {{"sulfate", 1}, {"chloride", 1}}, {}, false};
  refused([&](Schedule plan) { plan = Schedule::from_lines({empty}, {}, {}); },
          "a dose holds one salt, or by mouth a mix of them, but it is 0 salts; give its "
          "components");
  refused([&](Schedule plan) { plan = Schedule::from_lines({two}, {}, {}); },
          "a dose holds one salt, or by mouth a mix of them, but it is 2 salts; give its "
          "components");
  refused(
      [&](Schedule plan) {
        plan = Schedule::from_lines({}, {{400, {}}}, {});
      },
      "the magnesium of a meal must lie between 0 and 250, but it is 400; give mmol of "
      "magnesium");
}

TEST_CASE("an empty plan is refused before any work") {
  CHECK_THROWS_WITH_AS(
      simulate({}, Schedule{}, support::until(24)),
      "a plan needs at least one dose, meal or change of diet, but it is empty; "
      "add one with oral, iv, im, meal, diet or fast, or leave the plan out to see "
      "the baseline",
      InputError);
}
