// The parts of a run that are there before anything is solved.
#pragma once

#include <string>
#include <utility>

#include <mgpk/body/assumptions.hpp>
#include <mgpk/body/subject.hpp>
#include <mgpk/evidence/lookup.hpp>
#include <mgpk/simulate/detail/plan_problem.hpp>
#include <mgpk/simulate/run.hpp>
#include <mgpk/simulate/sources.hpp>

namespace mgpk::simulation::detail {

/// A measured plasma level moves Tm, and the run says how far, and out of which range.
inline std::string moved_tm(const Baseline& baseline) {
  const auto& tm = evidence::parameter("tm_mmol_per_L");
  return "tm_mmol_per_L moved to " + text_of(baseline.parameters.kidney.tubule.tm_mmol_per_L) +
         " to meet the measured plasma (evidence: " + text_of(tm.low) + " to " + text_of(tm.high) +
         ")";
}

/// A start that is not the baseline, and how it came about.
struct Start {
  Origin origin;
  Schedule taken_before{};
  History history{};
};

/// All of a run that is known beforehand; what is solved is still empty.
inline Run begin_run(const Subject& subject, const Schedule& plan, const Options& options,
                     Baseline baseline, const Start* start) {
  Run run{subject, plan, options, {}, {}, {}, std::move(baseline), {}, {}, {}};
  run.sources = start ? sources_of_both(plan, start->origin.sources) : sources_of(plan);
  if (start) run.taken_before = start->taken_before;
  if (start) run.history = start->history;
  run.assumptions = body::assumptions(subject);
  if (subject.c_plasma_total_mmol_per_L) run.assumptions.push_back(moved_tm(run.start));
  for (const auto& line : plan.modifications())
    run.assumptions.push_back(
        "for a while " + evidence::in_words(line.name, line.strength, evidence::Applies::acute));
  return run;
}

inline void check_plan(const Schedule& plan) {
  if (plan.empty())
    fail(
        "a plan needs at least one dose, meal or change of diet", "empty",
        "add one with oral, iv, im, meal, diet or fast, or leave the plan out to see the baseline");
  sources_of(plan);  // refuses labels that clash, and too many salts
}

}  // namespace mgpk::simulation::detail
