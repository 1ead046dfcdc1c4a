// The front door: a person and a plan in, a run out.
#pragma once

#include <mgpk/body/subject.hpp>
#include <mgpk/compiled.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/simulate/history.hpp>
#include <mgpk/simulate/options.hpp>
#include <mgpk/simulate/run.hpp>
#include <mgpk/simulate/steady_state.hpp>

namespace mgpk {

/// Simulates one person under a plan, starting from the person's own baseline.
///
/// @param subject  the person; see `Subject`
/// @param plan     what is taken, and when (h after the midnight at which the run starts)
/// @param options  until when, which output times, tolerances, start; see `simulation::Options`
/// @returns  the run: a table of all states and read-outs (mmol, L, h), the baseline beside it
/// @throws InputError for bad input; ode::SolveError when the solver fails and
///         `throw_on_failure` is set, otherwise NaN from the failure on and a status
MGPK_COMPILED Run simulate(const Subject& subject, const Schedule& plan,
                           const simulation::Options& options);

/// The same for a person who takes nothing: the baseline alone.
MGPK_COMPILED Run simulate(const Subject& subject, const simulation::Options& options);

/// The same from a baseline found before, for many plans of one person.
MGPK_COMPILED Run simulate(const Subject& subject, const Schedule& plan,
                           const simulation::Options& options,
                           const simulation::Baseline& baseline);
MGPK_COMPILED Run simulate(const Subject& subject, const simulation::Options& options,
                           const simulation::Baseline& baseline);

/// The same from the steady state of a regimen, at the midnight at which its turns start. The plan
/// is what is taken from then on, nothing when it is empty; what of the regimen is under way
/// arrives.
MGPK_COMPILED Run simulate(const Subject& subject, const Schedule& plan,
                           const simulation::Options& options, const SteadyState& start);

/// The same after a history: the state in which it left the person, slow pool and cells included.
/// The plan is what is taken from then on, nothing when it is empty.
MGPK_COMPILED Run simulate(const Subject& subject, const Schedule& plan,
                           const simulation::Options& options, const simulation::History& before);
MGPK_COMPILED Run simulate(const Subject& subject, const Schedule& plan,
                           const simulation::Options& options, const simulation::Baseline& baseline,
                           const simulation::History& before);

}  // namespace mgpk

#if MGPK_DEFINE_COMPILED
#include <mgpk/simulate/detail/simulate.hpp>
#endif
