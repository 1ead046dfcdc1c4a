// The rules of dosing records, one test each; docs/dosing.md lists them by the same names.
#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include <mgpk/error.hpp>

#include "dose_records.hpp"

using namespace mgpk;
using namespace mgpk::tests;
using timeline::Kind;
using Doubles = std::vector<double>;

namespace {

timeline::DoseAttributes modelled(double duration_h, double rate, double f = 1) {
  timeline::DoseAttributes a;
  a.duration_h = duration_h;
  a.rate = rate;
  a.f_bioavailable = f;
  return a;
}

/// What flows, and when it changes: pairs of time and rate.
std::vector<Doubles> rates_of(const std::vector<timeline::Timeline>& all) {
  std::vector<Doubles> changes;
  for (const auto& e : events_of(all, Kind::set_rate)) changes.push_back({e.t_h, e.amount});
  return changes;
}

Doubles gives_of(const std::vector<timeline::Timeline>& all) {
  Doubles times_h;
  for (const auto& e : events_of(all, Kind::give)) times_h.push_back(e.t_h);
  return times_h;
}

std::string complaint(std::vector<record::Record> records, timeline::DoseAttributes a = {}) {
  try {
    timelines(std::move(records), a);
  } catch (const InputError& error) {
    return error.what();
  }
  return "nothing was refused";
}

}  // namespace

TEST_CASE("rule: with RATE > 0, F changes the duration") {
  const auto all = timelines({with_rate(dose_at(0, 100), 20), look_at(24)}, available(0.5));
  CHECK(rates_of(all) == std::vector<Doubles>{{0, 20}, {2.5, 0}});
}

TEST_CASE("rule: with RATE = -2 the model gives the duration, and F changes the rate") {
  const auto all = timelines({with_rate(dose_at(0, 100), -2), look_at(24)}, modelled(4, 7, 0.5));
  CHECK(rates_of(all) == std::vector<Doubles>{{0, 12.5}, {4, 0}});
}

TEST_CASE("rule: with RATE = -1 the model gives the rate, and F changes the duration") {
  const auto all = timelines({with_rate(dose_at(0, 100), -1), look_at(24)}, modelled(4, 25, 0.5));
  CHECK(rates_of(all) == std::vector<Doubles>{{0, 25}, {2, 0}});
}

TEST_CASE("rule: a lagged dose that arrives at an observation's time arrives before it") {
  const auto bucket = fill(timelines({dose_at(0, 5), look_at(0.3), look_at(1)}, lagged(0.3)));
  CHECK(bucket.seen == Doubles{0, 5, 5});
}

TEST_CASE("rule: SS = 1 with a lag takes the state at the record, its own dose comes later") {
  const auto all =
      timelines({at_steady_state(with_rate(dose_at(10, 60), 10), 8), look_at(30)}, lagged(3));
  const auto& regimen = all.at(0).regimens.at(0);
  CHECK(regimen.since_last_h == 5);  // the last of the past doses began at 10 + 3 - 8 = 5 h
  CHECK(regimen.duration_h == 6);
  // The tail of the last past dose runs on to 11 h, the own dose from 13 to 19 h.
  CHECK(rates_of(all) == std::vector<Doubles>{{10, 10}, {11, 0}, {13, 10}, {19, 0}});
}

TEST_CASE("rule: SS = 1 forgets what was given before, what runs and what is pending") {
  auto infusion = with_rate(dose_at(0, 1000), 10);
  infusion.compartment = 2;
  const auto all = timelines(
      {repeated(dose_at(0, 1), 7, 9), infusion, at_steady_state(dose_at(10, 5), 24), look_at(40)});
  CHECK(gives_of(all) == Doubles{0, 7, 10});
  CHECK(rates_of(all) == std::vector<Doubles>{{0, 10}, {10, 0}});
  CHECK_FALSE(all.at(0).regimens.at(0).adds);
}

TEST_CASE("rule: SS = 2 adds the steady state and leaves everything else running") {
  const auto all = timelines(
      {repeated(dose_at(0, 1), 7, 3), at_steady_state(dose_at(10, 5), 24, 2), look_at(40)});
  CHECK(gives_of(all) == Doubles{0, 7, 10, 14, 21});
  CHECK(all.at(0).regimens.at(0).adds);
}

TEST_CASE("rule: SS = 1 with AMT = 0, II = 0 and RATE > 0 is an infusion that always ran") {
  const auto all = timelines({at_steady_state(with_rate(dose_at(0, 0), 12), 0), look_at(5)});
  const auto& regimen = all.at(0).regimens.at(0);
  CHECK(regimen.is_constant());
  CHECK(regimen.rate == 12);
  CHECK(rates_of(all).empty());  // it stops at the record
  CHECK(gives_of(all).empty());
}

TEST_CASE("rule: at steady state an infusion longer than II overlaps with itself") {
  const auto all = timelines({at_steady_state(with_rate(dose_at(0, 200), 10), 8), look_at(30)});
  // 20 h each, every 8 h: past ones run on to 4 and 12 h beside the own one that ends at 20 h.
  CHECK(rates_of(all) == std::vector<Doubles>{{0, 30}, {4, 20}, {12, 10}, {20, 0}});
}

TEST_CASE("rule: EVID = 3 resets; what is pending never comes") {
  const auto bucket = fill(timelines(
      {repeated(dose_at(0, 4), 6, 9), look_at(7), reset_at(8), look_at(20)}, lagged(0.5)));
  CHECK(bucket.seen == Doubles{0, 8, 0, 0});
}

TEST_CASE("rule: EVID = 4 resets, then doses; its repeats are plain doses") {
  auto again = repeated(dose_at(8, 3), 2, 2);
  again.event = record::Event::reset_and_dose;
  const auto bucket = fill(timelines({dose_at(0, 5), look_at(7), again, look_at(13)}));
  CHECK(bucket.seen == Doubles{5, 5, 3, 9});
}

TEST_CASE("rule: ADDL after SS = 1 gives ordinary doses at n II, plus the lag") {
  auto dose = at_steady_state(dose_at(10, 5), 24);
  dose.n_additional = 2;
  const auto all = timelines({dose, look_at(100)}, lagged(2));
  CHECK(gives_of(all) == Doubles{12, 36, 60});
  CHECK(all.at(0).regimens.size() == 1);
}

TEST_CASE("rule: lag and F belong to the compartment that defines them") {
  auto second = dose_at(0, 10);
  second.compartment = 2;
  std::vector<record::Record> records{dose_at(0, 10), second, look_at(5)};
  const auto only_first = [](std::size_t compartment, std::size_t) {
    timeline::DoseAttributes a;
    if (compartment == 0) a = {0.5, 3.0};
    return a;
  };
  const auto all =
      timeline::timelines_of(std::span<const record::Record>(records), 2, 0, only_first);
  const auto gives = events_of(all, Kind::give);
  CHECK(gives.at(0).t_h == 0);
  CHECK(gives.at(0).compartment == 1);
  CHECK(gives.at(0).amount == 10);
  CHECK(gives.at(1).t_h == 3);
  CHECK(gives.at(1).amount == 5);
}

TEST_CASE("rule: the record that is advanced to supplies the covariates") {
  // A repeat at 6 h and a lagged arrival stand between the records at 0 and 10 h: neither is a
  // record, so both, and all stretches between, belong to the record at 10 h.
  const auto all = timelines({repeated(dose_at(0, 1), 6, 1), look_at(10), look_at(12)}, lagged(1));
  for (const auto& e : all.at(0).events) {
    if (e.t_h > 0 && e.t_h <= 10) CHECK(e.towards == 1);
    if (e.t_h > 10) CHECK(e.towards == 2);
  }
}

TEST_CASE("rule: implied repeats come before an observation of the same time") {
  const auto bucket = fill(timelines({repeated(dose_at(0, 2), 6, 2), look_at(6), look_at(12)}));
  CHECK(bucket.seen == Doubles{2, 4, 6});
}

TEST_CASE("rule: real records of one time keep their order") {
  const auto bucket =
      fill(timelines({look_at(3), dose_at(3, 2), look_at(3), dose_at(3, 2), look_at(3)}));
  CHECK(bucket.seen == Doubles{0, 2, 2, 4, 4});
  CHECK(bucket.looked_at == std::vector<std::size_t>{0, 1, 2, 3, 4});
}

TEST_CASE("rule: a lag of II or more is refused with SS, and legal with ADDL") {
  CHECK(
      complaint({at_steady_state(dose_at(0, 5), 8), look_at(9)}, lagged(8)) ==
      "with SS the lag must be shorter than II (row 1), but it is 8; shorten the lag, or give the "
      "doses one by one with ADDL");
  const auto all = timelines({repeated(dose_at(0, 5), 8, 2), look_at(30)}, lagged(9));
  CHECK(gives_of(all) == Doubles{9, 17, 25});
}

TEST_CASE("extra: time going back without a reset is an error") {
  CHECK(complaint({dose_at(5, 1), look_at(4)}) ==
        "TIME must not go back without a reset (row 2), but it is 4 h after 5 h; sort the records, "
        "or begin the new stretch with EVID 3 or 4");
}

TEST_CASE("extra: after a reset time may go back, and a new stretch begins with the user's clock") {
  const auto all = timelines({dose_at(20, 5), look_at(30), reset_at(2), dose_at(3, 1), look_at(6)});
  REQUIRE(all.size() == 2);
  CHECK(all[1].start_h == 2);
  const auto bucket = fill(all);
  CHECK(bucket.seen == Doubles{5, 5, 0, 1, 1});
  CHECK(bucket.moments.back().t_h == 6);
  CHECK(bucket.moments.back().time_after_dose_h == 3);
}

TEST_CASE("extra: an event at the last time is applied") {
  const auto bucket = fill(timelines({repeated(dose_at(0, 1), 8, 3), look_at(24)}));
  CHECK(bucket.seen.back() == 4);
}

TEST_CASE("extra: break points that differ by rounding are one") {
  const auto all = timelines({repeated(dose_at(0, 1), 0.3, 3), look_at(0.9)});
  REQUIRE(3 * 0.3 != 0.9);
  CHECK(events_of(all, Kind::give).back().t_h == events_of(all, Kind::look).back().t_h);
  CHECK(fill(all).seen.back() == 4);
}

TEST_CASE("extra: attributes are frozen at the dose record, also for its repeats") {
  std::vector<record::Record> records{repeated(dose_at(0, 10), 5, 1), look_at(3), look_at(9)};
  std::vector<std::size_t> asked;
  const auto attributes = [&](std::size_t, std::size_t i) {
    asked.push_back(i);
    return available(0.5);
  };
  const auto all =
      timeline::timelines_of(std::span<const record::Record>(records), 2, 0, attributes);
  CHECK(asked == std::vector<std::size_t>{0});
  for (const auto& e : events_of(all, Kind::give)) CHECK(e.amount == 5);
}

TEST_CASE("extra: left and right limits at a jump on request") {
  const std::vector<record::Record> records{look_at(0), dose_at(0, 2), look_at(6), dose_at(6, 3),
                                            look_at(7)};
  using timeline::Limit;
  CHECK(fill(timelines(records, {}, Limit::before)).seen == Doubles{0, 2, 2, 5, 5});
  const auto after = fill(timelines(records, {}, Limit::after));
  CHECK(after.looked_at == std::vector<std::size_t>{1, 0, 3, 2, 4});
  CHECK(after.seen == Doubles{2, 2, 5, 5, 5});
}

TEST_CASE("extra: time after dose, number of doses and of dose records") {
  const auto bucket = fill(timelines({look_at(0), repeated(dose_at(1, 2), 6, 1), look_at(3),
                                      look_at(7), dose_at(8, 2), look_at(9.5)},
                                     lagged(0.5)));
  CHECK(std::isnan(bucket.moments[0].time_after_dose_h));
  CHECK(bucket.moments[0].n_doses == 0);
  CHECK(bucket.moments[2].time_after_dose_h == 2);
  CHECK(bucket.moments[3].time_after_dose_h == 0);  // the repeat is taken at 7 h
  CHECK(bucket.moments[3].n_doses == 2);
  CHECK(bucket.moments[3].n_dose_records == 1);
  CHECK(bucket.moments[5].time_after_dose_h == 1.5);
  CHECK(bucket.moments[5].n_doses == 3);
  CHECK(bucket.moments[5].n_dose_records == 2);
}
