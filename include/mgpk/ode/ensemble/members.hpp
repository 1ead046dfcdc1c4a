// Who is solved: many persons of one model, each with a start, stops and times to report.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <span>

#include <mgpk/ode/concepts.hpp>
#include <mgpk/ode/ensemble/rebind.hpp>
#include <mgpk/ode/status.hpp>

namespace mgpk::ode {

/// What happens at a stop.
enum class Change {
  add_to_state,  ///< state `index` grows by `amount`: a dose arrives
  custom,        ///< the members' own `change(member, stop, system, x)`: anything else
};

/// A moment at which a solve stops exactly and starts anew. The stops of a member stand in order of
/// time; those of one time happen in their order.
template <class Number>
struct StopOn {
  Number t_h = 0.0;
  Change change = Change::add_to_state;
  std::size_t index = 0;
  Number amount = 0.0;
};
using Stop = StopOn<double>;

/// How the solve of one member ended, and what it took.
struct MemberStatus {
  StatusCode code = StatusCode::ok;
  double t_h = 0.0;                ///< where it stopped
  std::size_t state_index = npos;  ///< the state that stopped it, npos if none
  double value = 0.0;              ///< the number that was refused
  std::size_t n_steps = 0;         ///< accepted
  std::size_t n_rejected = 0;      ///< tried again with a shorter step
  std::size_t n_rhs = 0;           ///< calls of the derivatives, those of an interpolant left out

  bool ok() const { return code == StatusCode::ok; }
};

/// The columns of a result when nothing else is asked for: all states.
template <class System>
struct AllStates {
  static constexpr std::size_t n_columns = System::n_states;

  template <class Model, class Real>
  static void read(const Model&, const Real&, const State<Real, System::n_states>& x,
                   std::array<Real, n_columns>& row) {
    row = x;
  }
};
template <class Columns>
inline constexpr bool shows_all_states = false;
template <class System>
inline constexpr bool shows_all_states<AllStates<System>> = true;

namespace detail {

template <class M>
struct NumberOfMembers {
  using Type = double;
};
template <class M>
  requires requires { typename M::Number; }
struct NumberOfMembers<M> {
  using Type = typename M::Number;
};

}  // namespace detail

/// What the numbers of members are: doubles, or dual numbers where members say so.
template <class M>
using NumberOf = typename detail::NumberOfMembers<M>::Type;

/// Many persons of one model. Called from several threads at once, for different members:
///   using System = ...;                      // the model on double
///   using Columns = ode::AllStates<System>;  // or the caller's own read-outs, on any scalar
///   std::size_t size() const;
///   System system(std::size_t i) const;      // with the inputs that hold at the start
///   State<double, n> start(std::size_t i) const;
///   double start_h(std::size_t i) const;
///   std::span<const Stop> stops(std::size_t i) const;
///   std::span<const double> times_h(std::size_t i) const;  // rising; the last one ends the solve
///   double* rows(std::size_t i) const;       // room for [time][column]
///   void done(std::size_t i, const MemberStatus& status) const;
/// and, where a stop has the change `custom`,
///   void change(std::size_t i, const Stop& stop, System& system, State<double, n>& x) const;
/// A row at the time of a stop shows the state after it; rows that a failed member has not come to
/// are NaN. Spans stay valid, and what they show stays as it is, until the solve ends.
template <class M>
concept Members = requires(const M& members, std::size_t i, const MemberStatus& status) {
  typename M::System;
  typename M::Columns;
  { members.size() } -> std::convertible_to<std::size_t>;
  { members.system(i) } -> std::convertible_to<typename M::System>;
  { members.start(i) } -> std::convertible_to<State<NumberOf<M>, M::System::n_states>>;
  { members.start_h(i) } -> std::convertible_to<double>;
  { members.stops(i) } -> std::convertible_to<std::span<const Stop>>;
  { members.times_h(i) } -> std::convertible_to<std::span<const double>>;
  { members.rows(i) } -> std::convertible_to<double*>;
  members.done(i, status);
};

namespace detail {

template <class M>
concept ChangesMembers = requires(
    const M& members, std::size_t i, const StopOn<NumberOf<M>>& stop, typename M::System& system,
    State<NumberOf<M>, M::System::n_states>& x) { members.change(i, stop, system, x); };

}  // namespace detail

}  // namespace mgpk::ode
