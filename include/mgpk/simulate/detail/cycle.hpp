// How a periodic state is found: the map of one turn.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include <mgpk/ode/periodic.hpp>
#include <mgpk/simulate/cycle.hpp>
#include <mgpk/simulate/detail/cycle_problem.hpp>
#include <mgpk/simulate/detail/periodic_mask.hpp>
#include <mgpk/simulate/detail/states.hpp>
#include <mgpk/simulate/solve.hpp>

namespace mgpk::simulation {

namespace detail {

/// One turn, as a map of the state at its start.
class Turn {
 public:
  Turn(const Cycle& cycle, const ode::Options& solver)
      : problem_(problem_within(cycle, cycle.cycle_h, solver)) {}

  ode::Status operator()(const std::vector<double>& from, std::vector<double>& to) {
    problem_.start = from;
    auto solved = solve(problem_);
    to = std::move(solved.end);
    return solved.status;
  }

 private:
  Problem problem_;
};

}  // namespace detail

MGPK_COMPILED ode::Periodic find_cycle(const Cycle& cycle, std::vector<double> start,
                                       int n_rough_turns, const CycleTolerances& tolerances) {
  detail::Turn turn(cycle, tolerances.sharp), rough_turn(cycle, tolerances.rough);
  const auto first_readout =
      static_cast<std::ptrdiff_t>(detail::places_of(cycle.sources.size()).first_readout);
  std::vector<double> settled;
  for (int i = 0; i < n_rough_turns; ++i) {
    rough_turn(start, settled).or_throw();
    std::copy_n(settled.begin(), first_readout, start.begin());
  }
  auto periodic =
      ode::find_periodic(turn, rough_turn, start, detail::periodic_mask(cycle), tolerances.search);
  periodic.n_maps += static_cast<std::size_t>(n_rough_turns);
  std::fill(periodic.state.begin() + first_readout, periodic.state.end(), 0.0);
  return periodic;
}

MGPK_COMPILED std::vector<double> state_within(const Cycle& cycle,
                                               const std::vector<double>& at_start, double t_h,
                                               const ode::Options& solver) {
  auto problem = detail::problem_within(cycle, t_h, solver);
  problem.start = at_start;
  const auto first_readout =
      static_cast<std::ptrdiff_t>(detail::places_of(cycle.sources.size()).first_readout);
  auto solved = solve(problem);
  solved.status.or_throw();
  std::fill(solved.end.begin() + first_readout, solved.end.end(), 0.0);
  return std::move(solved.end);
}

}  // namespace mgpk::simulation
