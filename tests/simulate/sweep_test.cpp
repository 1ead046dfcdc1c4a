// A sweep: the same bits on any number of threads and in any order, and no point lost.
#include <mgpk/simulate/sweep.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"

using namespace mgpk;

namespace {

std::vector<SweepPoint> some_points() {
  std::vector<SweepPoint> points;
  for (const double gfr_mL_per_min : {25.0, 120.0})
    for (const char* salt : {"citrate", "oxide"})
      for (const double dose_mg : {100.0, 400.0}) {
        Subject person;
        person.gfr_mL_per_min = gfr_mL_per_min;
        points.push_back({person, Schedule().oral(salt, elemental_mg(dose_mg), {9})});
      }
  return points;
}

simulation::Options options() { return support::quick(24, 2); }

std::vector<std::uint64_t> bits_of(const SweepRow& row) {
  const auto& s = row.summary;
  std::vector<std::uint64_t> bits;
  for (const double value :
       {s.from_h, s.to_h, s.dose_mmol, s.c_max_mmol_per_L, s.t_max_h,
        s.c_max_above_baseline_mmol_per_L, s.auc_above_baseline_mmol_h_per_L,
        s.a_absorbed_above_baseline_mmol, s.ae_mmol, s.f_excreted, s.cl_renal_L_per_h,
        s.a_feces_mmol, s.stool_water_g, row.c_plasma_total_end_mmol_per_L})
    bits.push_back(std::bit_cast<std::uint64_t>(value));
  for (const auto& [label, f] : row.f_absorbed) bits.push_back(std::bit_cast<std::uint64_t>(f));
  return bits;
}

}  // namespace

TEST_CASE("one, two and three threads and a shuffled order give identical bits") {
  const auto points = some_points();
  const auto alone = sweep(points, options(), {.n_threads = 1});
  REQUIRE(alone.size() == points.size());
  for (const auto& row : alone) CHECK(row.failure.empty());
  for (const std::size_t n_threads : {std::size_t{2}, std::size_t{3}}) {
    const auto together = sweep(points, options(), {.n_threads = n_threads});
    for (std::size_t i = 0; i < points.size(); ++i)
      CHECK(bits_of(together[i]) == bits_of(alone[i]));
  }
  std::vector<SweepPoint> shuffled;
  for (std::size_t i = 0; i < points.size(); ++i) shuffled.push_back(points[(5 * i + 3) % 8]);
  const auto rows = sweep(shuffled, options(), {.n_threads = 2});
  for (std::size_t i = 0; i < points.size(); ++i)
    CHECK(bits_of(rows[i]) == bits_of(alone[(5 * i + 3) % 8]));
}

TEST_CASE("a row is the summary of the run that anyone can do alone, within its tolerance") {
  const auto points = some_points();
  const auto rows = sweep(std::span(points).first(1), options());
  auto alone = options();
  alone.with_baseline = true;
  const auto run = simulate(points[0].subject, points[0].plan, alone);
  const auto close = [](double number) { return doctest::Approx(number).epsilon(1e-4); };
  CHECK(rows[0].summary.ae_mmol == close(summary(run).ae_mmol));
  REQUIRE(rows[0].f_absorbed.size() == run.f_absorbed().size());
  for (const auto& [label, f] : run.f_absorbed()) CHECK(rows[0].f_absorbed.at(label) == close(f));
  CHECK(rows[0].c_plasma_total_end_mmol_per_L ==
        close(run.trajectory.at(12, "c_plasma_total_mmol_per_L")));
}

TEST_CASE("a bad point fails its own row and says why; the others stand") {
  auto points = some_points();
  points.resize(3);
  points[1].subject.weight_kg = -3;
  points.push_back({{}, {}});
  const auto rows = sweep(points, options(), {.n_threads = 2});
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].failure.empty());
  CHECK(rows[2].failure.empty());
  CHECK(rows[1].failure ==
        "weight_kg must lie between 1 and 400, but it is -3; give the body weight in kilograms");
  CHECK(std::isnan(rows[1].summary.ae_mmol));
  CHECK(std::isnan(rows[1].c_plasma_total_end_mmol_per_L));
  CHECK(rows[1].f_absorbed.empty());
  CHECK(rows[3].failure.starts_with("a plan needs at least one dose"));
}

TEST_CASE("progress counts every point; false stops, and what was not reached says so") {
  const auto points = some_points();
  std::vector<std::size_t> counts;
  sweep(points, options(), {.n_threads = 2, .progress = [&](std::size_t done, std::size_t total) {
                              CHECK(total == 8);
                              counts.push_back(done);
                              return true;
                            }});
  CHECK(counts == std::vector<std::size_t>{1, 2, 3, 4, 5, 6, 7, 8});
  const auto rows =
      sweep(points, options(),
            {.n_threads = 1, .progress = [](std::size_t done, std::size_t) { return done < 3; }});
  for (std::size_t i = 0; i < 3; ++i) CHECK(rows[i].failure.empty());
  for (std::size_t i = 3; i < 8; ++i) {
    CHECK(rows[i].failure == "the sweep was stopped before this point");
    CHECK(std::isnan(rows[i].summary.to_h));
  }
}

TEST_CASE("what progress throws reaches the caller, from any thread") {
  const auto points = some_points();
  for (const std::size_t n_threads : {std::size_t{1}, std::size_t{3}})
    CHECK_THROWS_WITH_AS(sweep(points, options(),
                               {.n_threads = n_threads,
                                .progress = [](std::size_t, std::size_t) -> bool {
                                  throw std::runtime_error("enough");
                                }}),
                         "enough", std::runtime_error);
}

TEST_CASE("bad options and an empty sweep are refused at once") {
  CHECK_THROWS_WITH_AS(sweep({}, options()),
                       "a sweep needs at least one point, but it is empty; give points",
                       InputError);
  CHECK_THROWS_AS(sweep(some_points(), support::quick(-1)), InputError);
}
