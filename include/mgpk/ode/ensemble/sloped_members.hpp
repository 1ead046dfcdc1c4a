// Members that know how their numbers depend on parameters, and how they enter a solve.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>
#include <vector>

#include <mgpk/ode/dual.hpp>
#include <mgpk/ode/ensemble/members.hpp>
#include <mgpk/ode/ensemble/rebind.hpp>
#include <mgpk/ode/ensemble/sloped_rows.hpp>

namespace mgpk::ode {

/// How the time and the amount of a stop depend on a parameter.
struct StopSlope {
  double t_h = 0.0;     ///< the stop's time by the parameter: 1 for a lag
  double amount = 0.0;  ///< the stop's amount by the parameter
};

namespace detail {

template <class M>
concept HasStopSlopes = requires(const M& members, std::size_t i) {
  { members.stop_slope(i, i, i) } -> std::convertible_to<StopSlope>;
};

template <class M>
inline constexpr bool fixes_stop_times = false;
template <class M>
  requires requires { M::stop_times_are_fixed; }
inline constexpr bool fixes_stop_times<M> = M::stop_times_are_fixed;

}  // namespace detail

/// Members and their derivatives with respect to parameters, one direction for each:
///   std::size_t n_directions() const;
///   void differentiate(std::size_t i, std::size_t direction, System& d_system,
///                      State<double, n>& d_start) const;
/// writes into numbers that are zero what the model's numbers and the start do along a direction:
/// `d_system.clearance_L_per_h = 1.0` for a direction that is the clearance itself. Where stops
/// depend on parameters,
///   StopSlope stop_slope(std::size_t i, std::size_t stop, std::size_t direction) const;
///   static constexpr bool stop_times_are_fixed = true;  // where only amounts do; less to compile
/// and where members have custom changes, those are written once for any number:
///   template <class Model, class AnyStop, class AnyState>
///   void change(std::size_t i, const AnyStop& stop, Model& model, AnyState& x) const;
/// or, where the change itself depends on parameters, with the first direction of the numbers,
///   void change_along(std::size_t i, std::size_t first, same as above) const;
/// `rows` has room for [time][column][1 + direction]: the value, then its slopes.
template <class M>
concept DifferentiableMembers =
    Members<M> && requires(const M& members, std::size_t i, typename M::System& system,
                           State<double, M::System::n_states>& start) {
      { members.n_directions() } -> std::convertible_to<std::size_t>;
      members.differentiate(i, i, system, start);
    };

/// Members on dual numbers: a group of `P` directions, from `first` on, of those of `M`. What
/// became of each is told to `Told`.
template <class M, class Told, std::size_t P>
class SlopedMembers {
 public:
  using Number = Dual<P>;
  using Source = typename M::System;
  using System = OnScalar<Source, Number>;
  using Columns = typename M::Columns;
  static constexpr std::size_t n = Source::n_states;
  static constexpr bool stop_times_are_fixed = detail::fixes_stop_times<M>;

  SlopedMembers(const M& members, const Told& told, std::size_t first = 0)
      : members_(members),
        told_(told),
        layout_{.n_directions = members.n_directions(), .first = first} {}

  /// The groups that follow this one, the first.
  std::vector<SlopedMembers> others() const {
    std::vector<SlopedMembers> groups;
    for (std::size_t first = P; first < layout_.n_directions; first += P)
      groups.emplace_back(members_, told_, first);
    return groups;
  }

  std::size_t size() const { return members_.size(); }
  double start_h(std::size_t i) const { return members_.start_h(i); }
  std::span<const Stop> stops(std::size_t i) const { return members_.stops(i); }
  std::span<const double> times_h(std::size_t i) const { return members_.times_h(i); }
  double* rows(std::size_t i) const { return members_.rows(i); }
  const SlopedRows& layout() const { return layout_; }

  System system(std::size_t i) const {
    System system;
    set_part<Number>(system, 0, members_.system(i));
    for_each_direction(i, [&](std::size_t p, const Source& d_system, const auto&) {
      set_part<Number>(system, p, d_system);
    });
    return system;
  }
  State<Number, n> start(std::size_t i) const {
    const State<double, n> values = members_.start(i);
    State<Number, n> start;
    for (std::size_t k = 0; k < n; ++k) start[k] = Number(values[k]);
    for_each_direction(i, [&](std::size_t p, const Source&, const State<double, n>& d_start) {
      for (std::size_t k = 0; k < n; ++k) part(start[k], p) = d_start[k];
    });
    return start;
  }

  StopOn<Number> with_slopes(std::size_t i, const Stop& stop) const {
    StopOn<Number> sloped{stop.t_h, stop.change, stop.index, stop.amount};
    if constexpr (detail::HasStopSlopes<M>) {
      const auto k = static_cast<std::size_t>(&stop - members_.stops(i).data());
      for (std::size_t p = 0; p < P && layout_.first + p < layout_.n_directions; ++p) {
        const StopSlope slope = members_.stop_slope(i, k, layout_.first + p);
        sloped.t_h.slope[p] = slope.t_h;
        sloped.amount.slope[p] = slope.amount;
      }
    }
    return sloped;
  }
  void change(std::size_t i, const StopOn<Number>& stop, System& system, State<Number, n>& x) const
    requires detail::ChangesMembers<M>
  {
    if constexpr (requires { members_.change_along(i, layout_.first, stop, system, x); }) {
      members_.change_along(i, layout_.first, stop, system, x);
    } else {
      members_.change(i, stop, system, x);
    }
  }

  void done(std::size_t i, const MemberStatus& status) const { told_.done(i, status); }

 private:
  template <class Work>
  void for_each_direction(std::size_t i, Work&& work) const {
    for (std::size_t p = 0; p < P; ++p) {
      Source d_system;
      std::memset(static_cast<void*>(&d_system), 0, sizeof d_system);
      State<double, n> d_start{};
      if (layout_.first + p < layout_.n_directions)
        members_.differentiate(i, layout_.first + p, d_system, d_start);
      work(p + 1, d_system, d_start);
    }
  }

  const M& members_;
  const Told& told_;
  SlopedRows layout_;
};

}  // namespace mgpk::ode
