// 70 mg of a label by mouth, 30 mg of another into a vein: what each method finds.
#include <cstdio>
#include <vector>

#include <mgpk/mgpk.hpp>
#include <mgpk/simulate/isotope_methods.hpp>

int main() {
  mgpk::Subject person;
  person.sex = mgpk::Sex::male;
  mgpk::Schedule plan;
  plan.fast(0, 12.5).oral("chloride", mgpk::elemental_mg(70), {.at_h = 8}, false, "mg26");
  plan.iv("chloride", mgpk::elemental_mg(30), {.at_h = 8});
  const mgpk::Trace study = mgpk::trace(person, plan, {.until_h = 8 + 12 * 24});

  std::printf("%-18s %5s %5s h %9s %7s %8s\n", "method", "from", "to", "estimate", "truth", "bias");
  for (const auto& found : mgpk::isotope_methods(study))
    std::printf("%-18s %5g %5g   %9.3f %7.3f %+8.3f%s\n", found.method.c_str(), found.from_h,
                found.to_h, found.estimate, found.truth, found.bias(),
                found.unit == "1" ? "" : " mmol/kg");

  std::vector<double> collected_h;
  for (int h = 1; h < 12; ++h) collected_h.push_back(h);
  for (int h = 12; h <= 96; h += 6) collected_h.push_back(h);
  std::printf("half-times in urine, h:\n");
  for (const auto& term : mgpk::urine_exponentials(study, collected_h, 2).terms)
    std::printf("%10.2f\n", term.t_half_h);
  std::printf("in the whole body, 1 to 3 d: %.0f h\n", mgpk::t_half_body_h(study, 24, 72));
  std::fprintf(stderr, "%s\n", mgpk::disclaimer.data());
}
