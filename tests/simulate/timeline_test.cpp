// The timeline: everything that happens, in order, each thing once.
#include <mgpk/simulate/timeline.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

using namespace mgpk;
using simulation::Action;
using simulation::Event;
using simulation::Timeline;

namespace {

Timeline timeline(const Subject& person, const Schedule& plan, double until_h) {
  return simulation::timeline_of(person, plan, simulation::sources_of(plan), until_h);
}

std::vector<Event> of_kind(const Timeline& timeline, Action action) {
  std::vector<Event> some;
  for (const auto& event : timeline.events)
    if (event.action == action) some.push_back(event);
  return some;
}

double sum_of(const Timeline& timeline, Action action, std::size_t source = 0) {
  double sum = 0;
  for (const auto& event : of_kind(timeline, action))
    if (event.source == source) sum += event.amount;
  return sum;
}

std::vector<double> times_of(const Timeline& timeline, Action action) {
  std::vector<double> times_h;
  for (const auto& event : of_kind(timeline, action)) times_h.push_back(event.t_h);
  return times_h;
}

constexpr double diet_mmol_per_d = 320 / 24.305;

}  // namespace

TEST_CASE("the diet comes in three equal meals a day") {
  const auto two_days = timeline({}, {}, 48);
  CHECK(times_of(two_days, Action::meal) == std::vector<double>{8, 13, 19, 32, 37, 43});
  CHECK(times_of(two_days, Action::swallow) == std::vector<double>{8, 13, 19, 32, 37, 43});
  for (const auto& event : of_kind(two_days, Action::swallow))
    CHECK(event.amount == doctest::Approx(diet_mmol_per_d / 3).epsilon(1e-14));
  for (const auto& event : of_kind(two_days, Action::meal)) CHECK(event.amount == 1.0);
  CHECK(two_days.notes.empty());
}

TEST_CASE("meal times and diet of a person replace the usual ones") {
  Subject person;
  person.meals_at_h = {0.0, 12.5};
  person.diet_mg_per_d = 243.05;
  const auto day = timeline(person, {}, 24);
  CHECK(times_of(day, Action::meal) == std::vector<double>{0, 12.5, 24});
  CHECK(of_kind(day, Action::swallow)[1].amount == doctest::Approx(5.0).epsilon(1e-14));
  person.meals_at_h = std::vector<double>{};
  person.diet_mg_per_d = 0;
  CHECK(timeline(person, {}, 48).events.empty());
}

TEST_CASE("a diet of nothing still has meals; a fast has none") {
  Subject person;
  person.diet_mg_per_d = 0;
  const auto day = timeline(person, {}, 24);
  CHECK(of_kind(day, Action::meal).size() == 3);
  CHECK(of_kind(day, Action::swallow).empty());
  const auto fast = timeline({}, Schedule().fast(0, 24), 48);
  CHECK(times_of(fast, Action::meal) == std::vector<double>{32, 37, 43});
}

TEST_CASE("a change of diet holds from its start until before its end; the last one wins") {
  const auto poor = timeline({}, Schedule().diet(72.915, 8, 24), 48);
  const auto meals = of_kind(poor, Action::swallow);
  REQUIRE(meals.size() == 6);
  for (std::size_t i = 0; i < 3; ++i) CHECK(meals[i].amount == doctest::Approx(1.0));
  for (std::size_t i = 3; i < 6; ++i) CHECK(meals[i].amount > 4);
  const auto both = timeline({}, Schedule().diet(72.915, 0, 48).fast(24, 24), 48);
  CHECK(times_of(both, Action::meal) == std::vector<double>{8, 13, 19});
  const auto reversed = timeline({}, Schedule().fast(24, 24).diet(72.915, 0, 48), 48);
  CHECK(times_of(reversed, Action::meal).size() == 6);
}

TEST_CASE("a change of diet that no meal would bring is refused") {
  Subject person;
  person.meals_at_h = std::vector<double>{};
  person.diet_mg_per_d = 0;
  CHECK_THROWS_WITH_AS(timeline(person, Schedule().diet(300, 0, 24), 24),
                       "without meals_at_h a change of diet must bring 0 mg, but it is 300; give "
                       "the subject meals_at_h, or add meals to the plan",
                       InputError);
  CHECK_NOTHROW(timeline(person, Schedule().fast(0, 24), 24));
}

TEST_CASE("a repeated dose is given as often as it says, up to the end of the run") {
  const auto plan = Schedule().oral("citrate", mmol(5), {.at_h = 6, .every_h = 12, .times = 4});
  CHECK(of_kind(timeline({}, plan, 100), Action::swallow).size() == 4 + 12);
  CHECK(sum_of(timeline({}, plan, 100), Action::swallow, 1) == 20);
  CHECK(sum_of(timeline({}, plan, 18), Action::swallow, 1) == 10);
  CHECK(sum_of(timeline({}, plan, 17.99), Action::swallow, 1) == 5);
}

TEST_CASE("a dose with a meal takes the meal of its time, or brings an empty one and says so") {
  const auto with_lunch = timeline({}, Schedule().oral("oxide", mmol(5), {13}, true), 24);
  CHECK(of_kind(with_lunch, Action::meal).size() == 3);
  CHECK(with_lunch.notes.empty());
  const auto alone = timeline({}, Schedule().oral("oxide", mmol(5), {10}, true), 24);
  CHECK(times_of(alone, Action::meal) == std::vector<double>{8, 10, 13, 19});
  CHECK(sum_of(alone, Action::swallow) == doctest::Approx(diet_mmol_per_d));
  REQUIRE(alone.notes.size() == 1);
  CHECK(alone.notes[0] ==
        "the dose at 10 h is with a meal, but the diet has none then: a standard meal without "
        "magnesium was added (1 in all)");
}

TEST_CASE("two doses with one meal add only one; a meal of the plan serves as well") {
  const auto two = timeline(
      {}, Schedule().oral("oxide", mmol(5), {10}, true).oral("citrate", mmol(5), {10}, true), 24);
  CHECK(of_kind(two, Action::meal).size() == 4);
  CHECK(two.notes.size() == 1);
  const auto planned = timeline(
      {}, Schedule().oral("oxide", mmol(5), {10}, true).meal(elemental_mg(48.61), {10}), 24);
  CHECK(of_kind(planned, Action::meal).size() == 4);
  CHECK(planned.notes.empty());
  CHECK(sum_of(planned, Action::swallow) == doctest::Approx(diet_mmol_per_d + 2));
}

TEST_CASE(
    "glycinate brings two glycines for each magnesium, of which 70 % pass; others bring none") {
  const auto one = timeline({}, Schedule().oral("glycinate", mmol(10), {9}), 24);
  REQUIRE(of_kind(one, Action::glycine).size() == 1);
  CHECK(of_kind(one, Action::glycine)[0].amount == doctest::Approx(14.0).epsilon(1e-14));
  const auto mix = timeline(
      {}, Schedule().oral_mix({{"glycinate", 0.5}, {"oxide", 0.5}}, mmol(10), "mix", {9}), 24);
  CHECK(of_kind(mix, Action::glycine)[0].amount == doctest::Approx(7.0).epsilon(1e-14));
  CHECK(of_kind(timeline({}, Schedule().oral("citrate", mmol(10), {9}), 24), Action::glycine)
            .empty());
}

TEST_CASE("an IV bolus is one event, an intramuscular dose arrives only in part") {
  const auto bolus = timeline({}, Schedule().iv("sulfate", mmol(8), {2}), 24);
  REQUIRE(of_kind(bolus, Action::bolus).size() == 1);
  CHECK(of_kind(bolus, Action::bolus)[0].amount == 8);
  const auto depot = timeline({}, Schedule().im("sulfate", mmol(8), {2}), 24);
  const double arrives = sum_of(depot, Action::depot), lost = sum_of(depot, Action::lost);
  CHECK(arrives == doctest::Approx(8 * evidence::Values<double>{}.f_im));
  CHECK(arrives + lost == doctest::Approx(8).epsilon(1e-15));
  CHECK(lost > 0);
}

TEST_CASE("infusions that overlap add up, and leave nothing behind when they end") {
  const auto rates = of_kind(timeline({},
                                      Schedule()
                                          .iv("sulfate", mmol(0.3), {.at_h = 1, .over_h = 3})
                                          .iv("sulfate", mmol(0.8), {.at_h = 2, .over_h = 4}),
                                      24),
                             Action::infusion);
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
  const auto rates = of_kind(timeline({}, plan, 12), Action::infusion);
  REQUIRE(rates.size() == 3);
  CHECK(rates[1].t_h == rates[2].t_h);
  CHECK(rates[1].amount == doctest::Approx(4.0));
  CHECK(rates[2].amount == doctest::Approx(4.0));
}

TEST_CASE("events stand in order, and times that differ by rounding are one stop") {
  const auto plan = Schedule()
                        .iv("sulfate", mmol(1), {13 + 4e-10})
                        .oral("citrate", mmol(1), {13 - 4e-10})
                        .oral("citrate", mmol(1), {2});
  const auto day = timeline({}, plan, 24);
  CHECK(std::is_sorted(day.events.begin(), day.events.end(),
                       [](const Event& a, const Event& b) { return a.t_h < b.t_h; }));
  std::vector<double> stops;
  for (const auto& event : day.events)
    if (stops.empty() || event.t_h > stops.back()) stops.push_back(event.t_h);
  CHECK(stops.size() == 4);  // 2, 8, 13 and 19 h
}

TEST_CASE("an event exactly at the end belongs to the run, one later does not") {
  const auto plan = Schedule().iv("sulfate", mmol(1), {.at_h = 12, .every_h = 12, .times = 3});
  CHECK(times_of(timeline({}, plan, 24), Action::bolus) == std::vector<double>{12, 24});
  CHECK(times_of(timeline({}, plan, 23.9), Action::bolus) == std::vector<double>{12});
  CHECK(times_of(timeline({}, plan, 24 - 5e-10), Action::bolus).back() == 24 - 5e-10);
}
