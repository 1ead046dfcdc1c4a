// Four weeks of 300 mg a day, then two without: what piles up, and how soon it is gone.
#include <cstdio>

#include <mgpk/mgpk.hpp>

int main() {
  mgpk::Schedule plan;
  plan.oral("citrate", mgpk::elemental_mg(300), {.at_h = 8, .every_h = 24, .times = 28}, true);
  const auto run = mgpk::simulate({}, plan, {.until_h = 42 * 24.0, .every_h = 24});
  const auto& with = run.trajectory;
  const auto& without = run.baseline;

  std::printf("%4s %20s %20s %20s\n", "day", "plasma rise, mmol/L", "urine rise, mmol/d",
              "slow pool rise, mmol");
  for (std::size_t day = 1; day < with.n_rows(); ++day) {
    if (day % 7 != 0 && day > 3) continue;
    const auto rise = [&](std::size_t row, const char* column) {
      return with.at(row, column) - without.at(row, column);
    };
    std::printf("%4zu %20.4f %20.3f %20.3f\n", day, rise(day, "c_plasma_total_mmol_per_L"),
                rise(day, "a_urine_mmol") - rise(day - 1, "a_urine_mmol"),
                rise(day, "a_slow_mmol"));
  }
  std::puts(mgpk::disclaimer.data());
}
