// A supplement in virtual adults, and how far one person's run may be off.
//
// usage: 10_population [n]
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <mgpk/mgpk.hpp>

namespace {

void print(const mgpk::people::Ensemble& members) {
  const auto bands = mgpk::people::Ensemble::bands(members.numbers, {0.025, 0.5, 0.975});
  for (const char* wanted :
       {"c_plasma_total_fasting_mmol_per_L", "urine_mmol_per_d", "ae_mmol", "f_absorbed_citrate"})
    for (std::size_t i = 0; i < members.number_names.size(); ++i)
      if (members.number_names[i] == wanted) {
        const auto column = static_cast<Eigen::Index>(i);
        std::printf("  %-36s%8.3f%8.3f%8.3f\n", wanted, bands(0, column), bands(1, column),
                    bands(2, column));
      }
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t n = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 40;
  const auto plan = mgpk::Schedule().oral("citrate", mgpk::elemental_mg(300), {.at_h = 9});

  mgpk::people::PopulationOptions options;
  options.seed = 7;
  options.plan = plan;
  options.run.until_h = 48;
  const mgpk::Population people = mgpk::population(n, options);
  std::printf("%zu virtual adults: 2.5 %%, median, 97.5 %%\n", n);
  print(people.ensemble);

  mgpk::Subject person;
  person.weight_kg = 70;
  person.gfr_mL_per_min = 110;
  const mgpk::Run run = mgpk::simulate(person, plan, {.until_h = 48});
  const mgpk::Bands bands = mgpk::bands(run, n, {.seed = 7});
  std::printf("one person, %zu draws of the constants\n", n);
  print(bands.ensemble);
  std::fprintf(stderr, "%s\n", mgpk::disclaimer.data());
}
