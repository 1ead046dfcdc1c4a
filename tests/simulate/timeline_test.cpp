// The timeline: everything that happens, in order, each thing once.
#include <mgpk/simulate/timeline.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

using namespace mgpk;
using simulation::Timeline;
using timeline::Event;
using timeline::Kind;
namespace target = simulation::target;

namespace {

Timeline events(const Subject& person, const Schedule& plan, double until_h) {
  return simulation::timeline_of(person, plan, simulation::sources_of(plan), until_h);
}

std::vector<Event> into(const Timeline& timeline, std::size_t compartment) {
  std::vector<Event> some;
  for (const auto& event : timeline.given.events) {
    const bool arrives = event.kind == Kind::give || event.kind == Kind::set_rate;
    if (arrives && event.compartment == compartment) some.push_back(event);
  }
  return some;
}

double sum_into(const Timeline& timeline, std::size_t compartment) {
  double sum = 0;
  for (const auto& event : into(timeline, compartment)) sum += event.amount;
  return sum;
}

std::vector<double> times_into(const Timeline& timeline, std::size_t compartment) {
  std::vector<double> times_h;
  for (const auto& event : into(timeline, compartment)) times_h.push_back(event.t_h);
  return times_h;
}

constexpr std::size_t food = target::stomach(0), salt = target::stomach(1);

constexpr double diet_mmol_per_d = 320 / 24.305;

}  // namespace

TEST_CASE("the diet comes in three equal meals a day") {
  const auto two_days = events({}, {}, 48);
  CHECK(times_into(two_days, target::meal) == std::vector<double>{8, 13, 19, 32, 37, 43});
  CHECK(times_into(two_days, food) == std::vector<double>{8, 13, 19, 32, 37, 43});
  for (const auto& event : into(two_days, food))
    CHECK(event.amount == doctest::Approx(diet_mmol_per_d / 3).epsilon(1e-14));
  for (const auto& event : into(two_days, target::meal)) CHECK(event.amount == 1.0);
  CHECK(two_days.notes.empty());
}

TEST_CASE("meal times and diet of a person replace the usual ones") {
  Subject person;
  person.meals_at_h = {0.0, 12.5};
  person.diet_mg_per_d = 243.05;
  const auto day = events(person, {}, 24);
  CHECK(times_into(day, target::meal) == std::vector<double>{0, 12.5, 24});
  CHECK(into(day, food)[1].amount == doctest::Approx(5.0).epsilon(1e-14));
  person.meals_at_h = std::vector<double>{};
  person.diet_mg_per_d = 0;
  CHECK(events(person, {}, 48).given.events.empty());
}

TEST_CASE("a diet of nothing still has meals; a fast has none") {
  Subject person;
  person.diet_mg_per_d = 0;
  const auto day = events(person, {}, 24);
  CHECK(into(day, target::meal).size() == 3);
  CHECK(into(day, food).empty());
  const auto fast = events({}, Schedule().fast(0, 24), 48);
  CHECK(times_into(fast, target::meal) == std::vector<double>{32, 37, 43});
}

TEST_CASE("a change of diet holds from its start until before its end; the last one wins") {
  const auto poor = events({}, Schedule().diet(72.915, 8, 24), 48);
  const auto meals = into(poor, food);
  REQUIRE(meals.size() == 6);
  for (std::size_t i = 0; i < 3; ++i) CHECK(meals[i].amount == doctest::Approx(1.0));
  for (std::size_t i = 3; i < 6; ++i) CHECK(meals[i].amount > 4);
  const auto both = events({}, Schedule().diet(72.915, 0, 48).fast(24, 24), 48);
  CHECK(times_into(both, target::meal) == std::vector<double>{8, 13, 19});
  const auto reversed = events({}, Schedule().fast(24, 24).diet(72.915, 0, 48), 48);
  CHECK(times_into(reversed, target::meal).size() == 6);
}

TEST_CASE("a change of diet that no meal would bring is refused") {
  Subject person;
  person.meals_at_h = std::vector<double>{};
  person.diet_mg_per_d = 0;
  CHECK_THROWS_WITH_AS(events(person, Schedule().diet(300, 0, 24), 24),
                       "without meals_at_h a change of diet must bring 0 mg, but it is 300; give "
                       "the subject meals_at_h, or add meals to the plan",
                       InputError);
  CHECK_NOTHROW(events(person, Schedule().fast(0, 24), 24));
}

TEST_CASE("a repeated dose is given as often as it says, up to the end of the run") {
  const auto plan = Schedule().oral("citrate", mmol(5), {.at_h = 6, .every_h = 12, .times = 4});
  CHECK(into(events({}, plan, 100), salt).size() == 4);
  CHECK(sum_into(events({}, plan, 100), salt) == 20);
  CHECK(sum_into(events({}, plan, 18), salt) == 10);
  CHECK(sum_into(events({}, plan, 17.99), salt) == 5);
}

TEST_CASE("a dose with a meal takes the meal of its time, or brings an empty one and says so") {
  const auto with_lunch = events({}, Schedule().oral("oxide", mmol(5), {13}, true), 24);
  CHECK(into(with_lunch, target::meal).size() == 3);
  CHECK(with_lunch.notes.empty());
  const auto alone = events({}, Schedule().oral("oxide", mmol(5), {10}, true), 24);
  CHECK(times_into(alone, target::meal) == std::vector<double>{8, 10, 13, 19});
  CHECK(sum_into(alone, food) == doctest::Approx(diet_mmol_per_d));
  REQUIRE(alone.notes.size() == 1);
  CHECK(alone.notes[0] ==
        "the dose at 10 h is with a meal, but the diet has none then: a standard meal without "
        "magnesium was added (1 in all)");
}

TEST_CASE("two doses with one meal add only one; a meal of the plan serves as well") {
  const auto two = events(
      {}, Schedule().oral("oxide", mmol(5), {10}, true).oral("citrate", mmol(5), {10}, true), 24);
  CHECK(into(two, target::meal).size() == 4);
  CHECK(two.notes.size() == 1);
  const auto planned =
      events({}, Schedule().oral("oxide", mmol(5), {10}, true).meal(elemental_mg(48.61), {10}), 24);
  CHECK(into(planned, target::meal).size() == 4);
  CHECK(planned.notes.empty());
  CHECK(sum_into(planned, food) == doctest::Approx(diet_mmol_per_d + 2));
}

TEST_CASE(
    "glycinate brings two glycines for each magnesium, of which 70 % pass; others bring none") {
  const auto one = events({}, Schedule().oral("glycinate", mmol(10), {9}), 24);
  REQUIRE(into(one, target::glycine).size() == 1);
  CHECK(into(one, target::glycine)[0].amount == doctest::Approx(14.0).epsilon(1e-14));
  const auto mix = events(
      {}, Schedule().oral_mix({{"glycinate", 0.5}, {"oxide", 0.5}}, mmol(10), "mix", {9}), 24);
  CHECK(into(mix, target::glycine)[0].amount == doctest::Approx(7.0).epsilon(1e-14));
  CHECK(into(events({}, Schedule().oral("citrate", mmol(10), {9}), 24), target::glycine).empty());
}

TEST_CASE("an IV bolus is one event, an intramuscular dose arrives only in part") {
  const auto bolus = events({}, Schedule().iv("sulfate", mmol(8), {2}), 24);
  REQUIRE(into(bolus, target::plasma).size() == 1);
  CHECK(into(bolus, target::plasma)[0].amount == 8);
  const auto depot = events({}, Schedule().im("sulfate", mmol(8), {2}), 24);
  const double arrives = sum_into(depot, target::depot), lost = sum_into(depot, target::lost);
  CHECK(arrives == doctest::Approx(8 * evidence::Values<double>{}.f_im));
  CHECK(arrives + lost == doctest::Approx(8).epsilon(1e-15));
  CHECK(lost > 0);
}

TEST_CASE("infusions that overlap add up, and leave nothing behind when they end") {
  const auto rates = into(events({},
                                 Schedule()
                                     .iv("sulfate", mmol(0.3), {.at_h = 1, .over_h = 3})
                                     .iv("sulfate", mmol(0.8), {.at_h = 2, .over_h = 4}),
                                 24),
                          target::plasma);
  REQUIRE(rates.size() == 4);
  CHECK(rates[0].t_h == 1);
  CHECK(rates[0].amount == doctest::Approx(0.1).epsilon(1e-15));
  CHECK(rates[1].t_h == 2);
  CHECK(rates[1].amount == doctest::Approx(0.3).epsilon(1e-15));
  CHECK(rates[2].t_h == 4);
  CHECK(rates[2].amount == doctest::Approx(0.2).epsilon(1e-15));
  CHECK(rates[3].t_h == 6);
  CHECK(rates[3].amount == 0.0);
}

TEST_CASE("one infusion after another changes the rate once; one beyond the end is not ended") {
  const auto plan = Schedule()
                        .iv("sulfate", mmol(16), {.at_h = 0, .over_h = 0.1 + 0.2})
                        .iv("sulfate", mmol(96), {.at_h = 0.3, .over_h = 24});
  const auto rates = into(events({}, plan, 12), target::plasma);
  REQUIRE(rates.size() == 2);
  CHECK(rates[1].t_h == doctest::Approx(0.3));
  CHECK(rates[1].amount == doctest::Approx(4.0));
}

TEST_CASE("events stand in order, and times that differ by rounding are one stop") {
  const auto plan = Schedule()
                        .iv("sulfate", mmol(1), {13 + 4e-10})
                        .oral("citrate", mmol(1), {13 - 4e-10})
                        .oral("citrate", mmol(1), {2});
  const auto day = events({}, plan, 24);
  CHECK(std::is_sorted(day.given.events.begin(), day.given.events.end(),
                       [](const Event& a, const Event& b) { return a.t_h < b.t_h; }));
  std::vector<double> stops;
  for (const auto& event : day.given.events)
    if (stops.empty() || event.t_h > stops.back()) stops.push_back(event.t_h);
  CHECK(stops.size() == 4);  // 2, 8, 13 and 19 h
}

TEST_CASE("an event exactly at the end belongs to the run, one later does not") {
  const auto plan = Schedule().iv("sulfate", mmol(1), {.at_h = 12, .every_h = 12, .times = 3});
  CHECK(times_into(events({}, plan, 24), target::plasma) == std::vector<double>{12, 24});
  CHECK(times_into(events({}, plan, 23.9), target::plasma) == std::vector<double>{12});
  CHECK(times_into(events({}, plan, 24 - 5e-10), target::plasma).back() == 24 - 5e-10);
}

TEST_CASE("a dose that is taken is counted once, whatever it consists of; meals are none") {
  const auto plan = Schedule()
                        .oral_mix({{"glycinate", 0.5}, {"oxide", 0.5}}, mmol(10), "mix", {9})
                        .im("sulfate", mmol(8), {.at_h = 2, .every_h = 6, .times = 3});
  int n_taken = 0;
  for (const auto& event : events({}, plan, 24).given.events)
    if (event.kind == Kind::administer && event.record != timeline::no_record) ++n_taken;
  CHECK(n_taken == 4);
}

TEST_CASE("one turn of a life holds each meal and dose once, at its phase, and what still runs") {
  Subject person;
  person.meals_at_h = {0.0, 12.5};
  const auto plan =
      Schedule()
          .oral("citrate", mmol(5), {.at_h = 53, .every_h = 24, .times = 2})
          .iv("sulfate", mmol(6), {.at_h = 22, .every_h = 24, .times = 2, .over_h = 6});
  const auto turn = simulation::cycle_of(person, plan, simulation::sources_of(plan), 24, 24);
  CHECK(times_into(turn, target::meal) == std::vector<double>{0, 12.5});
  CHECK(times_into(turn, salt) == std::vector<double>{5});
  const auto rates = into(turn, target::plasma);
  REQUIRE(rates.size() == 3);
  CHECK(rates[0].t_h == 0);
  CHECK(rates[0].amount == 1);
  CHECK(rates[1].t_h == 4);
  CHECK(rates[1].amount == 0);
  CHECK(rates[2].t_h == 22);
  CHECK(rates[2].amount == 1);
  CHECK(turn.given.due[target::plasma] == doctest::Approx(6));
}
