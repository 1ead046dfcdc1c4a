// Exact derivatives of every column with respect to parameters, in lanes, by dual numbers.
//
// A slope s = dx/dp is carried through the very steps of the value: the result is the derivative
// of the numbers that the solve gives, and these are the same, bit for bit, as without slopes.
//
// At a stop at time t, with the right-hand side f before and g after it, the slopes jump:
//   dose a into a state           s+ = s- + da/dp                      (da/dp = a for F)
//   dose whose time has a slope   s+ = s- + [f(x-) - f(x+)] dt/dp + da/dp  (lag: dt/dp = 1)
//   change of an input            s+ = s- + [f(x) - g(x)] dt/dp        (start and end of an
//   infusion:
//                                 dt/dp = 1 for its lag at both, for its length at the end)
//   custom change x+ = c(x-, p)   s+ = c_x (s- + f(x-) dt/dp) + c_p - g(x+) dt/dp
// The rate of an infusion that follows from amount and length has slopes of its own: `change` gives
// the input the stop's amount, slopes included. Several stops of one time are passed in their
// order. A row at the time of a stop shows the slopes after it, at a fixed time.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include <mgpk/ode/ensemble/ensemble.hpp>
#include <mgpk/ode/ensemble/sloped_members.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

namespace ensembles {

/// Solves all members in groups of `P` directions.
template <std::size_t P, std::size_t Width, class Told, class M>
void solve_in_groups(const M& members, const Told& told, const EnsembleOptions& options,
                     EnsembleStatistics& statistics) {
  constexpr std::size_t upstream = n_upstream_of<typename M::System>();
  const auto keep_going = [&] { return !options.keep_going || options.keep_going(told.n_done()); };
  Course<decltype(keep_going)> course{options, keep_going};
  std::vector<std::size_t> who = everyone(members.size());
  put_in_order<usual_width>(told, who, course);
  const SlopedMembers<M, Told, P> sloped(members, told);
  if constexpr (upstream > 0) {
    if (options.use_upstream)
      who =
          solve_pass<Tsit5, Width, upstream>(sloped, std::move(who), options.solver, false, course)
              .declined;
    statistics.n_without_chain = who.size();
  }
  if (!who.empty())
    solve_pass<Tsit5, Width, 0>(sloped, std::move(who), options.solver, false, course);
  statistics.n_batch_steps = course.n_batch_steps;
}

}  // namespace ensembles

/// Solves all members with slopes along all their directions. Groups of `P` directions go through
/// each step one after the other, and share its quotients, exponentials and logarithms. `P` changes
/// the time that a solve takes, nothing else: take the number of directions where it is at most 5
/// (with fewer groups a step costs less, with more than 5 directions a group outgrows the nearest
/// cache), else such that few places stay empty: 5 for 10 directions, 4 for 8 and for 16.
/// @throws std::invalid_argument for what solve_ensemble refuses, and for members without
/// directions.
template <std::size_t P = 4, std::size_t Width = native_lanes, DifferentiableMembers M>
EnsembleStatistics solve_sensitivities(const M& members, const EnsembleOptions& options) {
  validate(options);
  if (members.n_directions() == 0)
    detail::refuse("n_directions", "be at least 1", 0.0,
                   "name a parameter, or call solve_ensemble");
  EnsembleStatistics statistics;
  const ensembles::Counted<M> told(members);
  ensembles::solve_in_groups<P, Width>(members, told, options, statistics);
  told.count(statistics);
  return statistics;
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
