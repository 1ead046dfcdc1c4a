// Many problems at once, in lanes and on threads; each with the numbers that it has alone.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include <mgpk/compiled.hpp>
#include <mgpk/simulate/solve.hpp>

namespace mgpk::simulation {

/// Problems that are made when their turn comes. All three are called from any thread, each once
/// for each problem; what a problem needs to report in a failure it reports by itself.
struct ManyProblems {
  std::vector<std::size_t> n_sources;  ///< by problem
  /// Makes a problem; none when it cannot be made, and then nothing is solved or taken.
  std::function<std::optional<Problem>(std::size_t)> make;
  /// Takes what came of a problem, a failure in its status. Not called for what was stopped.
  std::function<void(std::size_t, Solved)> take;
};

/// Tolerances and budget hold for every problem; those of the problems themselves are not read.
struct ManyOptions {
  ode::Options solver{};
  std::size_t n_threads = 0;  ///< 0: as many as the machine has cores
  /// Called after problems were done, from one thread at a time; false stops the rest.
  std::function<bool(std::size_t done, std::size_t total)> progress{};
};

/// What the solve of many took.
struct ManyStatistics {
  std::size_t n_in_lanes = 0;     ///< problems that were solved in lanes
  std::size_t n_alone = 0;        ///< that had to be solved by `solve_alone`
  std::size_t n_steps = 0;        ///< accepted in lanes, over all problems
  std::size_t n_rejected = 0;     ///< tried again in lanes with a shorter step
  std::size_t n_batch_steps = 0;  ///< steps of whole batches
  bool stopped = false;           ///< by `progress` or the solver's `keep_going`
};

/// Solves each problem as `solve` does, within the tolerance. Each depends on nothing but itself:
/// neither its neighbours nor the number of threads change a bit. What lanes do not offer is solved
/// alone: rows before a jump, a chosen method, no time at all, what is stiff, and what has failed
/// in a lane.
MGPK_COMPILED ManyStatistics solve_many(const ManyProblems& problems, const ManyOptions& options);

}  // namespace mgpk::simulation

#if MGPK_DEFINE_COMPILED
#include <mgpk/simulate/detail/solve_many.hpp>
#endif
