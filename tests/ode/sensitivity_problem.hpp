// Magnesium in 8 compartments with oral doses and an infusion, and everything its curves depend on.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include <mgpk/ode/ensemble/members.hpp>
#include <mgpk/ode/ensemble/options.hpp>
#include <mgpk/ode/ensemble/sloped_members.hpp>

namespace sensitivity {

using mgpk::ode::Change;
using mgpk::ode::MemberStatus;
using mgpk::ode::State;
using mgpk::ode::Stop;
using mgpk::ode::StopSlope;

/// Amounts in mmol over hours: stomach solid and dissolved, small bowel, colon, plasma, fast and
/// slow tissue, urine.
template <class Par>
struct Magnesium {
  static constexpr std::size_t n_states = 8;
  static constexpr std::size_t n_upstream = 2, n_readouts = 1;
  static constexpr bool takes_inverses = true;

  Par kd_per_h{3.0}, kge_per_h{2.0}, vmax_mmol_per_h{0.35}, km_mmol{3.0}, kp_per_h{0.05};
  Par kt_per_h{0.3}, kc_per_h{0.01}, kf_per_h{0.04};
  Par k56_per_h{0.3}, k65_per_h{0.0255}, k57_per_h{0.02}, k75_per_h{0.00102};
  Par gfr_L_per_h{7.2}, fu{0.7}, tm_mmol_per_h{5.501317348460637}, kr_mmol_per_L{0.2};
  Par splay_mmol_per_h{0.2}, v_L{15.0}, kin_mmol_per_h{1.0 / 6.0};
  Par infusion_mmol_per_h{0.0};

  template <class Time, class Real>
  void derivatives(const Time&, const std::array<Real, n_states>& x,
                   std::array<Real, n_states>& dxdt) const {
    using std::exp, std::log;
    const Real dissolving = kd_per_h * x[0];
    const Real emptied_solid = kge_per_h * x[0];
    const Real emptied = kge_per_h * x[1];
    const Real taken_up = vmax_mmol_per_h * x[2] / (km_mmol + x[2]) + kp_per_h * x[2];
    const Real passed_on = kt_per_h * x[2];
    const Real taken_up_late = kc_per_h * x[3];
    const Real to_fast = k56_per_h * x[4] - k65_per_h * x[5];
    const Real to_slow = k57_per_h * x[4] - k75_per_h * x[6];
    const Real c_free = fu * (x[4] / v_L);
    const Real surplus = gfr_L_per_h * c_free - tm_mmol_per_h * c_free / (kr_mmol_per_L + c_free);
    const Real excreted = splay_mmol_per_h * log(1.0 + exp(surplus / splay_mmol_per_h));
    dxdt[0] = -dissolving - emptied_solid;
    dxdt[1] = dissolving - emptied;
    dxdt[2] = emptied - taken_up - passed_on;
    dxdt[3] = emptied_solid + passed_on - taken_up_late - kf_per_h * x[3];
    dxdt[4] = taken_up + taken_up_late + kin_mmol_per_h + infusion_mmol_per_h - to_fast - to_slow -
              excreted;
    dxdt[5] = to_fast;
    dxdt[6] = to_slow;
    dxdt[7] = excreted;
  }
};

/// All amounts, and columns that depend on a parameter by themselves: the concentration, and a flow
/// whose slopes are zeros of either sign where x[4] has none.
struct AmountsAndMore {
  static constexpr std::size_t n_columns = 10;
  template <class Model, class Time, class Real>
  static void read(const Model& model, const Time&, const std::array<Real, 8>& x,
                   std::array<Real, n_columns>& row) {
    for (std::size_t i = 0; i < 8; ++i) row[i] = x[i];
    row[8] = x[4] / model.v_L;
    row[9] = (20.0 - x[4]) * model.k56_per_h;
  }
};

/// The numbers of the model, the start, and what doses and infusion are made of.
enum Direction : std::size_t {
  of_start = 19,
  of_f = 27,             ///< the share of each dose that arrives
  of_lag,                ///< of all doses
  of_infusion_lag,       ///< start and end
  of_infusion_rate,      ///< at its length
  of_infusion_length,    ///< at its rate
  of_infusion_duration,  ///< at its amount
  n_all_directions
};

/// Doses at 0 and 12 h, an infusion from 15 h on; persons differ in a few numbers.
template <class ColumnsOf>
struct PeopleWith {
  using System = Magnesium<double>;
  using Columns = ColumnsOf;

  static constexpr double rate_mmol_per_h = 2.0, length_h = 2.75;
  static constexpr std::size_t infusion_start = 2, infusion_end = 3;

  std::size_t n_people = 1;
  std::vector<std::size_t> directions;  ///< those asked for, of all
  std::vector<Stop> doses{{0.25, Change::add_to_state, 0, 12.3},
                          {12.0, Change::add_to_state, 0, 12.3},
                          {15.0, Change::custom, 0, rate_mmol_per_h},
                          {15.0 + length_h, Change::custom, 0, -rate_mmol_per_h}};
  std::vector<double> times{0.0,  0.25, 0.5,  2.0,   6.0,  11.5, 12.0,
                            13.0, 15.0, 16.0, 17.75, 19.0, 24.0};
  std::vector<std::size_t> order;  ///< who is solved in which place; empty: each in his own
  bool has_slopes = true;
  bool depend_alike = true;  ///< false: only every third depends on the model's numbers
  mutable std::vector<double> numbers{};
  mutable std::vector<MemberStatus> statuses{};

  void make_room() {
    numbers.assign(n_people * row_length() * times.size(),
                   std::numeric_limits<double>::quiet_NaN());
    statuses.assign(n_people, MemberStatus{.code = mgpk::ode::StatusCode::interrupted});
  }
  std::size_t per_column() const { return has_slopes ? 1 + directions.size() : 1; }
  std::size_t row_length() const { return Columns::n_columns * per_column(); }
  double number(std::size_t who, std::size_t time, std::size_t column, std::size_t part) const {
    return numbers[((who * times.size() + time) * Columns::n_columns + column) * per_column() +
                   part];
  }

  std::size_t person(std::size_t i) const { return order.empty() ? i : order[i]; }
  std::size_t size() const { return n_people; }
  System system(std::size_t i) const {
    const double z = static_cast<double>(person(i) % 23) / 23.0;
    System system;
    system.kd_per_h *= 0.8 + z;
    system.gfr_L_per_h *= 1.1 - 0.3 * z;
    system.k56_per_h *= 0.7 + 0.6 * z;
    return system;
  }
  State<double, 8> start(std::size_t) const {
    return {0.0, 0.0, 0.0, 0.0, 12.75, 150.0, 250.0, 0.0};
  }
  double start_h(std::size_t) const { return 0.0; }
  std::span<const Stop> stops(std::size_t) const { return doses; }
  std::span<const double> times_h(std::size_t) const { return times; }
  double* rows(std::size_t i) const { return &numbers[person(i) * row_length() * times.size()]; }
  void done(std::size_t i, const MemberStatus& status) const { statuses[person(i)] = status; }
  template <class Model, class AnyStop, class AnyState>
  void change(std::size_t, const AnyStop& stop, Model& model, AnyState&) const {
    model.infusion_mmol_per_h += stop.amount;
  }

  std::size_t n_directions() const { return directions.size(); }
  void differentiate(std::size_t i, std::size_t direction, System& d_system,
                     State<double, 8>& d_start) const {
    const std::size_t which = directions[direction];
    if (!depend_alike && person(i) % 3 != 0) return;
    if (which < of_start) {
      reinterpret_cast<double*>(&d_system)[which] = 1.0;
    } else if (which < of_f) {
      d_start[which - of_start] = 1.0;
    }
  }
  StopSlope stop_slope(std::size_t, std::size_t stop, std::size_t direction) const {
    const bool is_dose = stop < infusion_start, is_end = stop == infusion_end;
    const double sign = is_end ? -1.0 : 1.0;
    switch (directions[direction]) {
      case of_f:
        return {.amount = is_dose ? doses[stop].amount : 0.0};
      case of_lag:
        return {.t_h = is_dose ? 1.0 : 0.0};
      case of_infusion_lag:
        return {.t_h = is_dose ? 0.0 : 1.0};
      case of_infusion_rate:
        return {.amount = is_dose ? 0.0 : sign};
      case of_infusion_length:
        return {.t_h = is_end ? 1.0 : 0.0};
      case of_infusion_duration:
        return {.t_h = is_end ? 1.0 : 0.0,
                .amount = is_dose ? 0.0 : -sign * rate_mmol_per_h / length_h};
      default:
        return {};
    }
  }
};

using People = PeopleWith<AmountsAndMore>;

inline mgpk::ode::EnsembleOptions with_tolerance(double relative) {
  mgpk::ode::EnsembleOptions options;
  options.solver.relative_tolerance = relative;
  options.solver.absolute_tolerance = 1e-2 * relative;
  return options;
}

}  // namespace sensitivity
