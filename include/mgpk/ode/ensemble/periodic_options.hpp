// Who is asked for a periodic state, what may be chosen about the search, and what it gives.
#pragma once

#include <array>
#include <bitset>
#include <concepts>
#include <cstddef>
#include <functional>
#include <limits>
#include <span>

#include <mgpk/ode/concepts.hpp>
#include <mgpk/ode/ensemble/members.hpp>
#include <mgpk/ode/ensemble/options.hpp>
#include <mgpk/ode/options.hpp>
#include <mgpk/ode/periodic_options.hpp>
#include <mgpk/ode/status.hpp>

namespace mgpk::ode {

/// What was found for one member. As in `Periodic`: look at the status before use; `residual` is
/// the largest |map(x) - x| / max(|x|, floor) over the masked states, by the sharp map; and
/// `contraction` the spectral radius of the map's Jacobian, taken within 5 % of the state.
template <std::size_t N>
struct PeriodicMember {
  State<double, N> state{};
  double residual = std::numeric_limits<double>::infinity();
  double contraction = std::numeric_limits<double>::quiet_NaN();
  std::size_t n_iterations = 0;   ///< Newton steps on the sharp map
  std::size_t n_sharp_turns = 0;  ///< turns of the map itself
  std::size_t n_rough_turns = 0;  ///< turns at the loose tolerance
  Status status;
};

/// Many lives that repeat themselves. Called from several threads at once, for different members:
///   using System = ...;                                     // the model on double
///   std::size_t size() const;
///   System system(std::size_t i) const;                     // as it is where a turn starts
///   State<double, n> start(std::size_t i) const;            // a guess
///   std::bitset<n> mask(std::size_t i) const;               // which states repeat
///   double start_h(std::size_t i) const;
///   double end_h(std::size_t i) const;                      // where the turn has come round
///   std::span<const Stop> stops(std::size_t i) const;       // of one turn, in order
///   void done(std::size_t i, const PeriodicMember<n>& found) const;
/// and, where a stop has the change `custom`, `change` as in `Members`. A stop at the end of the
/// turn, or behind it, belongs to the next one and is left out. States outside the mask (read-outs,
/// inert stores) enter every turn as given.
template <class M>
concept PeriodicMembers =
    requires(const M& members, std::size_t i, const PeriodicMember<M::System::n_states>& found) {
      typename M::System;
      { members.size() } -> std::convertible_to<std::size_t>;
      { members.system(i) } -> std::convertible_to<typename M::System>;
      { members.start(i) } -> std::convertible_to<State<double, M::System::n_states>>;
      { members.mask(i) } -> std::convertible_to<std::bitset<M::System::n_states>>;
      { members.start_h(i) } -> std::convertible_to<double>;
      { members.end_h(i) } -> std::convertible_to<double>;
      { members.stops(i) } -> std::convertible_to<std::span<const Stop>>;
      members.done(i, found);
    };

/// How periodic states are sought. `search` means what it means for find_periodic.
struct EnsemblePeriodicOptions {
  PeriodicOptions search{};
  Options sharp{};  ///< of the map whose fixed point is sought
  Options rough{.relative_tolerance = 1e-5, .absolute_tolerance = 1e-9};  ///< of all other turns
  EnsembleMethod sharp_method = EnsembleMethod::order8;
  EnsembleMethod rough_method = EnsembleMethod::order8;
  /// Rough turns before the search starts: fast states forget where they came from. A start that is
  /// good already, such as the periodic state of a neighbour in a sweep, needs none; what is found
  /// then depends on that start, within the tolerance.
  std::size_t n_settling_turns = 2;
  std::size_t n_threads = 1;
  bool use_upstream = true;  ///< solve a declared upstream chain exactly
  /// So many members are under way at once on each thread. It bounds the memory, nothing else.
  std::size_t n_together = 256;
  /// Asked some fifty times a second on the calling thread; false ends the search.
  std::function<bool(std::size_t n_done)> keep_going = {};
};

/// What the search took.
struct EnsemblePeriodicStatistics {
  std::size_t n_ok = 0;
  std::size_t n_failed = 0;
  std::size_t n_sharp_turns = 0;
  std::size_t n_rough_turns = 0;
  std::size_t n_sharp_steps = 0;  ///< of the solver, rejected ones included
  std::size_t n_rough_steps = 0;
};

inline void validate(const EnsemblePeriodicOptions& options) {
  validate(options.sharp);
  validate(options.rough);
  detail::validate_periodic(options.search);
  if (options.n_threads == 0)
    detail::refuse("n_threads", "be at least 1", 0.0, "give the number of cores to use");
  if (options.n_together == 0)
    detail::refuse("n_together", "be at least 1", 0.0, "give a number such as 256");
}

}  // namespace mgpk::ode
