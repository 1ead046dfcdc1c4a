// Isotope studies: labels followed through every pool, and the truth that no study can see.
#pragma once

#include <string>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/compiled.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/ode/integrator.hpp>
#include <mgpk/ode/status.hpp>
#include <mgpk/simulate/baseline.hpp>
#include <mgpk/simulate/options.hpp>
#include <mgpk/simulate/sources.hpp>
#include <mgpk/simulate/tracers.hpp>
#include <mgpk/simulate/trajectory.hpp>

namespace mgpk {

/// One person whose labelled magnesium was followed. Besides the columns of a run the table holds,
/// for each tracer `x`, every amount of magnesium as `a_..._of_x_mmol`, and:
///   f_plasma_of_x                   share of plasma that is the label (its enrichment)
///   urine_of_x_mmol_per_h           label in urine
///   a_given_of_x_mmol               given so far
///   a_absorbed_first_of_x_mmol      across the gut wall for the first time
///   a_absorbed_of_x_mmol            in all, with what was secreted and taken up again
///   a_feces_of_x_mmol               in stool
///   a_exchangeable_of_x_mmol        in plasma, interstitium, cells and red cells
///   a_ledger_gap_of_x_mmol          held less given: zero, but for rounding
struct Trace {
  Subject subject;
  Schedule plan;
  simulation::Options options;
  std::vector<simulation::Source> sources;
  std::vector<std::string> tracers;
  simulation::Trajectory trajectory;
  simulation::Baseline start;
  ode::Status status;
  ode::Statistics statistics;
  std::vector<std::string> assumptions;
};

/// Simulates an isotope study. The label is part of all magnesium: 70 mg by mouth are 2.9 mmol, no
/// trace, and saturate what they saturate.
///
/// @param subject  the person
/// @param plan     doses; a label of a dose by mouth names its tracer. No resets and no doses at
///                 steady state, and at most two salts by mouth
/// @param options  as for `simulate`; `with_baseline` is not looked at
/// @param tracers  one or two names; all labels of the plan when none is given
/// @param baseline found before, for many plans of one person
/// @throws InputError for bad input; ode::SolveError when the solver fails
MGPK_COMPILED Trace trace(const Subject& subject, const Schedule& plan,
                          const simulation::Options& options,
                          const std::vector<std::string>& tracers = {});
MGPK_COMPILED Trace trace(const Subject& subject, const Schedule& plan,
                          const simulation::Options& options,
                          const std::vector<std::string>& tracers,
                          const simulation::Baseline& baseline);

}  // namespace mgpk

#if MGPK_DEFINE_COMPILED
#include <mgpk/simulate/detail/isotopes.hpp>
#endif
