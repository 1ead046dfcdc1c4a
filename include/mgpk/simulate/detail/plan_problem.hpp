// From a plan and a start to a problem that can be solved, and what its resets lead to.
#pragma once

#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/body/person.hpp>
#include <mgpk/simulate/cycle.hpp>
#include <mgpk/simulate/detail/states.hpp>
#include <mgpk/simulate/regimen.hpp>
#include <mgpk/simulate/run.hpp>
#include <mgpk/simulate/solve.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk::simulation::detail {

/// Makes the start of a run what its options want; `c_start_mmol_per_L` is the plasma level that
/// they give, if they do.
template <class Real>
void prepare_start(std::vector<Real>& x, std::size_t n_sources,
                   const body::BodyParameters<Real>& parameters, bool empty_gut_at_start,
                   const std::optional<Real>& c_start_mmol_per_L) {
  const auto p = places_of(n_sources);
  if (empty_gut_at_start) empty_gut(x, n_sources);
  if (!c_start_mmol_per_L) return;
  const Real& c = *c_start_mmol_per_L;
  x[p.plasma] = c * parameters.blood.v_plasma_L;
  x[p.interstitial] = c * parameters.tissue.v_interstitial_L;
}

/// What a body becomes at the resets and the steady states of one plan, found before the run.
class Replacements {
 public:
  Replacements(const Subject& subject, const Schedule& plan, const Problem& problem,
               const Baseline& baseline, const Options& options)
      : plan_(plan), problem_(problem), baseline_(baseline), options_(options) {
    cycle_ = {subject, {}, problem.parameters, problem.values, problem.sources, 24};
    for (const auto& event : problem.timeline.given.events) add(event);
  }

  Become become() && {
    const std::size_t n_sources = problem_.sources.size();
    return [by_reset = std::move(by_reset_), by_line = std::move(by_line_), n_sources](
               const timeline::Event& event, std::vector<double>& x) {
      const bool reset = event.kind == timeline::Kind::reset;
      const auto& state = (reset ? by_reset : by_line).at(event.record);
      if (!state.empty()) {
        x = state;
      } else {
        empty_gut(x, n_sources);
        const auto p = places_of(n_sources);
        x[p.im_depot()] = x[p.glycine_gut] = 0.0;
      }
    };
  }

 private:
  void add(const timeline::Event& event) {
    if (event.kind == timeline::Kind::reset) {
      auto& state = by_reset_[event.record];
      if (plan_.resets()[event.record].to == dose::ResetTo::baseline)
        state = at_baseline(event.t_h);
    } else if (event.kind == timeline::Kind::steady_state &&
               !problem_.timeline.given.regimens[event.regimen].adds) {
      by_line_[event.record] = settled(event.t_h);
    }
  }

  std::vector<double> at_baseline(double t_h) {
    cycle_.plan = {};
    cycle_.cycle_h = units::hours_per_day;
    return state_within(cycle_, moved(baseline_.state, sources_of(Schedule{}), cycle_.sources),
                        phase_h(t_h, cycle_.cycle_h), options_.solver());
  }

  /// All lines that come to their steady state at one time are one regimen.
  std::vector<double> settled(double t_h) {
    std::vector<dose::Dose> lines;
    for (const auto& dose : plan_.doses())
      if (dose.timing.at_steady_state &&
          std::abs(dose.timing.at_h - t_h) <= 2 * timeline::same_time_h)
        lines.push_back(dose);
    cycle_.plan = Schedule::from_lines(lines, {}, {});
    cycle_.cycle_h = cycle_of_plan_h(cycle_.plan);
    const auto found = find_regimen(cycle_, baseline_, regimen_tolerances(options_));
    return state_within(cycle_, found.state, phase_h(t_h, cycle_.cycle_h), options_.solver());
  }

  const Schedule& plan_;
  const Problem& problem_;
  const Baseline& baseline_;
  const Options& options_;
  Cycle cycle_;
  std::map<std::size_t, std::vector<double>> by_reset_, by_line_;  ///< empty: of an emptied gut
};

/// From where a run starts: the baseline, a regimen's steady state, or the end of a history.
struct Origin {
  const std::vector<Source>& sources;
  const std::vector<double>& state;
};

/// A plan of a run, ready to be solved.
inline Problem problem_of(const Run& run, const Schedule& plan, const std::vector<Source>& sources,
                          const Origin& origin, const Schedule& taken_before,
                          const std::vector<double>& times_h) {
  Problem problem;
  problem.parameters = run.start.parameters;
  problem.values = body::values_of(run.subject);
  problem.sources = sources;
  problem.timeline = timeline_of(run.subject, plan, sources, times_h.back(), taken_before);
  for (auto& alteration : problem.timeline.alterations)
    alteration.parameters =
        body::parameters_during(run.subject, problem.parameters, alteration.changes);
  problem.start = moved(origin.state, origin.sources, sources);
  prepare_start(problem.start, sources.size(), problem.parameters, run.options.empty_gut_at_start,
                run.options.start_c_plasma_total_mmol_per_L);
  problem.times_h = times_h;
  problem.until_h = times_h.back();
  problem.solver = run.options.solver();
  problem.become = Replacements(run.subject, plan, problem, run.start, run.options).become();
  problem.rows_before = run.options.jump_limit == JumpLimit::before;
  return problem;
}

inline Solved solve_plan(const Run& run, const Schedule& plan, const std::vector<Source>& sources,
                         const Origin& origin, const Schedule& taken_before,
                         const std::vector<double>& times_h, std::vector<std::string>* notes) {
  const auto problem = problem_of(run, plan, sources, origin, taken_before, times_h);
  if (notes)
    notes->insert(notes->end(), problem.timeline.notes.begin(), problem.timeline.notes.end());
  auto solved = solve(problem);
  if (run.options.throw_on_failure) solved.status.or_throw();
  return solved;
}

}  // namespace mgpk::simulation::detail
