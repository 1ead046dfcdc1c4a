// Every event is applied exactly once: on random plans, against a count that knows no ordering.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <stdexcept>
#include <vector>

#include "dose_records.hpp"

using namespace mgpk;
using namespace mgpk::tests;

namespace {

/// Doses with lags, repeats and infusions on a grid that makes equal times common; no resets, so
/// that what has arrived at a time is a sum.
std::vector<record::Record> random_records(std::mt19937_64& draw) {
  const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(draw); };
  std::vector<record::Record> records;
  double time_h = 0;
  const int n = 2 + below(9);
  for (int i = 0; i < n; ++i) {
    time_h += 0.1 * below(40);
    if (below(2) == 0) {
      records.push_back(look_at(time_h));
      continue;
    }
    auto dose = dose_at(time_h, 1 + below(9));
    dose.compartment = 1 + below(2);
    if (below(3) == 0) dose.rate = 0.5 + below(5);
    if (below(2) == 0) dose = repeated(dose, 0.1 * (1 + below(30)), below(6));
    records.push_back(dose);
  }
  records.push_back(look_at(time_h + 0.1 * below(200)));
  return records;
}

/// What has come by `t_h`: straight from the records, dose by dose.
double arrived(const std::vector<record::Record>& records, double tlag_h, double t_h) {
  double sum = 0;
  for (const auto& r : records) {
    if (!record::gives_dose(r.event)) continue;
    for (int i = 0; i <= r.n_additional; ++i) {
      const double since_h = t_h - (r.time_h + i * r.interval_h + tlag_h);
      if (since_h < -1e-7) continue;
      sum += r.rate == 0 ? r.amount : std::clamp(r.rate * since_h, 0.0, r.amount);
    }
  }
  return sum;
}

}  // namespace

TEST_CASE("on random plans each pulse arrives once") {
  std::mt19937_64 draw(20261122);
  for (int round = 0; round < 3000; ++round) {
    CAPTURE(round);
    const auto records = random_records(draw);
    const double tlag_h = round % 3 == 0 ? 0.0 : 0.1 * (round % 17);
    const auto bucket = fill(timelines(records, lagged(tlag_h)));
    REQUIRE(bucket.seen.size() == records.size());
    const double end_h = records.back().time_h;
    CHECK(bucket.seen.back() == doctest::Approx(arrived(records, tlag_h, end_h)).epsilon(1e-7));
  }
}

TEST_CASE("an event that is dropped or doubled is noticed") {
  auto all = timelines({repeated(dose_at(0, 2), 6, 2), look_at(20)});
  auto doubled = all.at(0), dropped = all.at(0);
  doubled.events.insert(doubled.events.begin(), doubled.events.front());
  for (auto& e : doubled.events)
    if (e.kind == timeline::Kind::give) {
      doubled.events.push_back(e);
      break;
    }
  std::erase_if(dropped.events, [](const auto& e) { return e.t_h == 6; });
  Bucket bucket;
  CHECK_THROWS_AS(timeline::walk(doubled, bucket), std::logic_error);
  CHECK_THROWS_AS(timeline::walk(dropped, bucket), std::logic_error);
}

TEST_CASE("a walk ends where its engine cannot go on") {
  struct Weak : Bucket {
    bool advance(double, double to_h, std::size_t) { return to_h < 10; }
  } weak;
  CHECK_FALSE(timeline::walk(timelines({dose_at(0, 2), look_at(5), look_at(20)}).at(0), weak));
  CHECK(weak.looked_at == std::vector<std::size_t>{0, 1});
}
