// Records of a data set as a plan for the body: said in full, or refused with the row.
#include <mgpk/simulate/from_records.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace mgpk;
using record::Event;
using record::Record;

namespace {

simulation::RecordMeaning meaning() {
  return {{{1, "oral:glycinate"}, {2, "iv:sulfate"}, {3, "im:sulfate"}}, 1, "mmol", 0, {}};
}

Record given(double time_h, double amount, int compartment = 0) {
  Record r;
  r.time_h = time_h;
  r.event = Event::dose;
  r.amount = amount;
  r.compartment = compartment;
  return r;
}

Record event(double time_h, Event kind) {
  Record r;
  r.time_h = time_h;
  r.event = kind;
  return r;
}

Record repeated(Record r, double interval_h, int n_additional, int at_steady_state = 0) {
  r.interval_h = interval_h;
  r.n_additional = n_additional;
  r.at_steady_state = at_steady_state;
  return r;
}

Schedule plan(std::vector<Record> records, const simulation::RecordMeaning& how = meaning()) {
  for (std::size_t i = 0; i < records.size(); ++i) records[i].row = i;
  return simulation::plan_of(records, how);
}

void refused(std::vector<Record> records, const char* words) {
  CHECK_THROWS_WITH_AS(plan(std::move(records)), doctest::Contains(words), InputError);
}

}  // namespace

TEST_CASE("doses, repeats, infusions, resets and steady states become lines") {
  Record infusion = given(2, 10, 2);
  infusion.rate = 4;
  Record both = repeated(given(30, 3), 24, 2, 1);
  both.event = Event::reset_and_dose;
  CHECK(plan({repeated(given(1, 5), 8, 3), event(1.5, Event::observation), infusion, given(3, 4, 3),
              event(24, Event::reset), both}) ==
        Schedule()
            .oral("glycinate", mmol(5), {.at_h = 1, .every_h = 8, .times = 4})
            .iv("sulfate", mmol(10), {.at_h = 2, .over_h = 2.5})
            .im("sulfate", mmol(4), {3})
            .reset(24)
            .reset(30)
            .oral("glycinate", mmol(3),
                  {.at_h = 30, .every_h = 24, .times = 3, .at_steady_state = true}));
}

TEST_CASE("the clock, the unit, the reset and the occasions are as the user says") {
  auto how = meaning();
  how.unit = "elemental_mg";
  how.clock_at_zero_h = 8;
  how.reset_to = dose::ResetTo::empty_gut;
  Record first = given(0, 300), second = given(24, 300);
  first.occasion = 1;
  second.occasion = 2;
  CHECK(plan({first, event(12, Event::reset), second}, how) ==
        Schedule()
            .oral("glycinate", elemental_mg(300), {8})
            .oral("glycinate", elemental_mg(300), {32})
            .reset(20, dose::ResetTo::empty_gut)
            .occasion(1, 8)
            .occasion(2, 32));
}

TEST_CASE("what a plan for a body cannot say is refused with its row") {
  refused({given(0, 1), repeated(given(1, 5), 8, 0, 2)}, "row 2: SS must be 0 or 1 for a body");
  Record modelled = given(0, 5, 2);
  modelled.rate = -2;
  refused({modelled}, "row 1: RATE must be 0 or positive for a body");
  Record endless = event(0, Event::dose);
  endless.rate = 3;
  endless.at_steady_state = 1;
  refused({endless}, "an infusion without end has no place in a plan");
  refused({repeated(given(0, 5), 24, 0)}, "II needs ADDL or SS, but it is 24 h alone");
  refused({given(0, 5, 4)}, "CMT 4 without them");
  refused({given(5, 1), event(4, Event::reset)}, "must not go back, not even after a reset");
  refused({given(5, 1), event(4, Event::observation)}, "TIME must not go back without a reset");
  refused({given(5, 1), event(5, Event::reset)}, "a reset must stand before the doses of its time");
  refused({given(5, 0)}, "a dose needs AMT > 0");
  Record drip = given(0, 5);
  drip.rate = 1;
  refused({drip}, "row 1: a dose by mouth is swallowed at once");
  refused({given(-1, 5)}, "row 1: at_h must be finite and not negative");
  auto how = meaning();
  how.unit = "g";
  CHECK_THROWS_WITH_AS(plan({given(0, 5)}, how), doctest::Contains("the unit of amounts"),
                       InputError);
}
