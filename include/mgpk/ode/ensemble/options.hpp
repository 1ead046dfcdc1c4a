// What the caller may choose about the solve of an ensemble.
#pragma once

#include <cstddef>
#include <functional>
#include <stdexcept>

#include <mgpk/ode/options.hpp>
#include <mgpk/ode/text.hpp>

namespace mgpk::ode {

enum class EnsembleMethod {
  /// Order 5. Members that stability holds back for long, or whose steps get too short or too many,
  /// are solved anew from their start by `rosenbrock5`, with a budget of steps of its own.
  automatic,
  order5,       ///< Tsitouras 5(4): for many outputs and usual tolerances
  order8,       ///< Dormand-Prince 8(5,3): for few outputs and tight tolerances
  rosenbrock5,  ///< Steinebach's Rodas5P 5(4), linearly implicit: for models known to be stiff
};

/// How a batch goes about its members.
struct BatchHabits {
  /// Members that are stiff are left in `stiff()`, to be solved anew by others.
  bool gives_up_stiff = false;
  /// Steps end at the times that are reported.
  bool lands_on_times = false;
};

struct EnsembleOptions {
  /// Tolerances, budget, longest and first step; its method and keep_going are not used.
  Options solver{};
  EnsembleMethod method = EnsembleMethod::automatic;
  /// Steps end at each time that is reported. A row is then the solution itself and not the
  /// interpolant, of which order 8 lets go the more the longer its steps are; it takes at most one
  /// step more for each time.
  bool lands_on_times = false;
  std::size_t n_threads = 1;
  bool use_upstream = true;  ///< solve a declared upstream chain exactly
  /// Members of like cost share a batch: a short trial run finds the cost of each. It changes the
  /// time that a solve takes, nothing else.
  bool sort_by_cost = true;
  /// Asked every fifth of a millisecond on the calling thread; false ends the solve.
  std::function<bool(std::size_t n_done)> keep_going = {};
};

/// What the solve of an ensemble took.
struct EnsembleStatistics {
  std::size_t n_ok = 0;
  std::size_t n_failed = 0;
  std::size_t n_steps = 0;          ///< accepted, over all members
  std::size_t n_rejected = 0;       ///< tried again with a shorter step
  std::size_t n_batch_steps = 0;    ///< steps of whole batches, trial runs left out
  std::size_t n_stiff = 0;          ///< members solved by the stiff method, or tried
  std::size_t n_without_chain = 0;  ///< members whose chain had no exact solution
};

inline void validate(const EnsembleOptions& options) {
  validate(options.solver);
  if (options.n_threads == 0)
    detail::refuse("n_threads", "be at least 1", 0.0, "give the number of cores to use");
}

}  // namespace mgpk::ode
