// The reference problem: magnesium in 8 compartments, as any user of a solver would write it.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

namespace rivals {

/// Amounts in mmol over hours. `Par` is a number, or lanes of numbers, one for each subject.
template <class Par>
struct ReferenceProblem {
  static constexpr std::size_t n_states = 8;
  static constexpr std::array<const char*, n_states> state_names = {
      "stomach_solid", "stomach_dissolved", "small_bowel", "colon",
      "plasma",        "fast_tissue",       "slow_tissue", "urine"};

  Par kd_per_h{3.0};   ///< dissolution
  Par kge_per_h{2.0};  ///< emptying of the stomach
  Par vmax_mmol_per_h{0.35};
  Par km_mmol{3.0};
  Par kp_per_h{0.05};  ///< passive uptake in the small bowel
  Par kt_per_h{0.3};   ///< transit to the colon
  Par kc_per_h{0.01};  ///< uptake in the colon
  Par kf_per_h{0.04};  ///< loss with the stool
  Par k56_per_h{0.3};
  Par k65_per_h{0.0255};
  Par k57_per_h{0.02};
  Par k75_per_h{0.00102};
  Par gfr_L_per_h{7.2};
  Par fu{0.7};                           ///< ultrafilterable share
  Par tm_mmol_per_h{5.501317348460637};  ///< most that the tubule takes back
  Par kr_mmol_per_L{0.2};
  Par splay_mmol_per_h{0.02};
  Par v_L{15.0};
  Par kin_mmol_per_h{1.0 / 6.0};  ///< steady supply

  /// The same on any scalar with arithmetic, exp and log. exp(x / splay) cannot overflow here: that
  /// would take three times the plasma level that a dose leads to. `constexpr`, so that a CUDA
  /// compiler may take it for device code.
  template <class Time, class Real>
  constexpr void derivatives(const Time&, const std::array<Real, n_states>& x,
                             std::array<Real, n_states>& dxdt) const {
    using std::exp, std::log;
    const Real dissolving = kd_per_h * x[0];
    const Real emptied_solid = kge_per_h * x[0];
    const Real emptied = kge_per_h * x[1];
    const Real taken_up = vmax_mmol_per_h * x[2] / (km_mmol + x[2]) + kp_per_h * x[2];
    const Real passed_on = kt_per_h * x[2];
    const Real taken_up_late = kc_per_h * x[3];
    const Real to_fast = k56_per_h * x[4], from_fast = k65_per_h * x[5];
    const Real to_slow = k57_per_h * x[4], from_slow = k75_per_h * x[6];
    const Real c_free = fu * (x[4] / v_L);
    const Real surplus = gfr_L_per_h * c_free - tm_mmol_per_h * c_free / (kr_mmol_per_L + c_free);
    const Real excreted = splay_mmol_per_h * log(1.0 + exp(surplus / splay_mmol_per_h));
    dxdt[0] = -dissolving - emptied_solid;
    dxdt[1] = dissolving - emptied;
    dxdt[2] = emptied - taken_up - passed_on;
    dxdt[3] = emptied_solid + passed_on - taken_up_late - kf_per_h * x[3];
    dxdt[4] = taken_up + taken_up_late + kin_mmol_per_h - to_fast + from_fast - to_slow +
              from_slow - excreted;
    dxdt[5] = to_fast - from_fast;
    dxdt[6] = to_slow - from_slow;
    dxdt[7] = excreted;
  }

  /// Before the first dose.
  template <class Real = double>
  static std::array<Real, n_states> start() {
    return {Real(0.0),   Real(0.0),   Real(0.0),   Real(0.0),
            Real(12.75), Real(150.0), Real(250.0), Real(0.0)};
  }
};

inline constexpr double dose_mmol = 12.3;  ///< into the first state
inline constexpr std::size_t dosed_state = 0;

}  // namespace rivals
