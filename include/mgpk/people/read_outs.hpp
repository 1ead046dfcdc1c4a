// The numbers that members are read for: the person's usual day, and what a plan did.
#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include <mgpk/compiled.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/people/ensemble.hpp>
#include <mgpk/simulate/baseline.hpp>
#include <mgpk/simulate/options.hpp>
#include <mgpk/simulate/run.hpp>
#include <mgpk/simulate/summary.hpp>

namespace mgpk::people {

/// Fasting plasma of the morning (at 7:30 or before an earlier first meal), the urine and the stool
/// of a day, and the share of the diet that is absorbed (one-way).
inline const std::vector<std::string> day_names{
    "c_plasma_total_fasting_mmol_per_L", "c_plasma_ionized_fasting_mmol_per_L", "urine_mmol_per_d",
    "feces_mmol_per_d", "f_absorbed_diet"};

/// The same person's usual day, without any plan.
MGPK_COMPILED std::vector<double> day_numbers(const simulation::Baseline& baseline,
                                              const simulation::Options& options);

/// The run that the numbers of a day are read from: without a plan, in the person's own options.
MGPK_COMPILED simulation::Options options_of_day(const Subject& subject,
                                                 const simulation::Options& options);
MGPK_COMPILED std::vector<double> day_numbers(const Run& day);

/// Names of what a run is summarised by; f_absorbed_<label> for each label of its sources.
inline std::vector<std::string> plan_names(const std::vector<std::string>& labels) {
  std::vector<std::string> names{"c_max_mmol_per_L",
                                 "t_max_h",
                                 "c_max_above_baseline_mmol_per_L",
                                 "auc_above_baseline_mmol_h_per_L",
                                 "a_absorbed_above_baseline_mmol",
                                 "ae_mmol",
                                 "f_excreted",
                                 "cl_renal_L_per_h",
                                 "a_feces_mmol",
                                 "stool_water_g"};
  for (const auto& label : labels) names.push_back("f_absorbed_" + label);
  return names;
}

inline std::vector<double> plan_numbers(const Run& run, const std::vector<std::string>& labels) {
  const Summary s = summary(run);
  std::vector<double> numbers{s.c_max_mmol_per_L,
                              s.t_max_h,
                              s.c_max_above_baseline_mmol_per_L,
                              s.auc_above_baseline_mmol_h_per_L,
                              s.a_absorbed_above_baseline_mmol,
                              s.ae_mmol,
                              s.f_excreted,
                              s.cl_renal_L_per_h,
                              s.a_feces_mmol,
                              s.stool_water_g};
  const auto fractions = run.f_absorbed();
  for (const auto& label : labels) numbers.push_back(fractions.at(label));
  return numbers;
}

/// The labels of what a plan lets somebody swallow, food first, each once.
MGPK_COMPILED std::vector<std::string> labels_of(const Schedule& plan,
                                                 const Schedule& taken_before = {});

}  // namespace mgpk::people

#if MGPK_DEFINE_COMPILED
#include <mgpk/people/detail/read_outs.hpp>
#endif
