// The same magnesium as four salts, with breakfast and on an empty stomach.
#include <cstdio>

#include <mgpk/mgpk.hpp>

namespace {

void compare(const char* title, mgpk::dose::Timing timing, bool with_meal) {
  std::printf("%s\n%-10s %12s %12s %12s %12s\n", title, "salt", "absorbed", "urine", "stool water",
              "plasma rise");
  for (const char* salt : {"glycinate", "citrate", "oxide", "sulfate"}) {
    mgpk::Schedule plan;
    plan.oral(salt, mgpk::elemental_mg(300), timing, with_meal);
    const auto run = mgpk::simulate({}, plan, {.until_h = 120});
    const auto s = mgpk::summary(run);
    std::printf("%-10s %10.1f %% %7.2f mmol %10.0f g %6.3f mmol/L\n", salt,
                100 * run.f_absorbed().at(salt), s.ae_mmol, s.stool_water_g,
                s.c_max_above_baseline_mmol_per_L);
  }
}

}  // namespace

int main() {
  compare("300 mg with breakfast", {.at_h = 8}, true);
  compare("300 mg at four in the morning, fasted", {.at_h = 4}, false);
  std::puts(mgpk::disclaimer.data());
}
