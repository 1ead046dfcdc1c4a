// Small models with known answers, shared by the tests of the solver core.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>

#include <mgpk/ode/concepts.hpp>

namespace models {

using mgpk::ode::State;

/// x' = -k x: the answer is x0 exp(-k t).
struct Decay {
  static constexpr std::size_t n_states = 1;
  static constexpr bool states_are_non_negative = true;
  double k_per_h = 1.0;
  template <class Real>
  void derivatives(Real, const State<Real, 1>& x, State<Real, 1>& dxdt) const {
    dxdt[0] = -k_per_h * x[0];
  }
};

/// Nonlinear, coupled and driven by the time: for orders and Jacobians.
struct Forced {
  static constexpr std::size_t n_states = 2;
  template <class Real>
  void derivatives(Real t_h, const State<Real, 2>& x, State<Real, 2>& dxdt) const {
    using std::cos;
    using std::sin;
    dxdt[0] = -x[0] * x[1] * cos(t_h) + 0.5 * x[1];
    dxdt[1] = sin(2.0 * t_h) * x[0] - 0.3 * x[1] * x[1];
  }
};

/// Gut to plasma to tissue and urine; the sum of the four never changes.
struct Chain {
  static constexpr std::size_t n_states = 4;
  static constexpr bool states_are_non_negative = true;
  static constexpr std::array<const char*, 4> state_names = {"gut", "plasma", "tissue", "urine"};
  double ka_per_h = 1.2;
  double k_out_per_h = 0.9;
  double k_back_per_h = 0.15;
  double ke_per_h = 0.3;
  template <class Real>
  void derivatives(Real, const State<Real, 4>& a, State<Real, 4>& dadt) const {
    const Real absorbed = ka_per_h * a[0];
    const Real exchanged = k_out_per_h * a[1] - k_back_per_h * a[2];
    const Real excreted = ke_per_h * a[1];
    dadt[0] = -absorbed;
    dadt[1] = absorbed - exchanged - excreted;
    dadt[2] = exchanged;
    dadt[3] = excreted;
  }
};

struct Robertson {
  static constexpr std::size_t n_states = 3;
  static constexpr bool states_are_non_negative = true;
  template <class Real>
  void derivatives(Real, const State<Real, 3>& y, State<Real, 3>& dydt) const {
    const Real slow = 0.04 * y[0];
    const Real back = 1e4 * y[1] * y[2];
    const Real fast = 3e7 * y[1] * y[1];
    dydt[0] = -slow + back;
    dydt[1] = slow - back - fast;
    dydt[2] = fast;
  }
};

struct VanDerPol {
  static constexpr std::size_t n_states = 2;
  double mu = 1000.0;
  template <class Real>
  void derivatives(Real, const State<Real, 2>& x, State<Real, 2>& dxdt) const {
    dxdt[0] = x[1];
    dxdt[1] = mu * (1.0 - x[0] * x[0]) * x[1] - x[0];
  }
};

/// x' = x²: reaches infinity at t = 1/x0.
struct Pole {
  static constexpr std::size_t n_states = 1;
  template <class Real>
  void derivatives(Real, const State<Real, 1>& x, State<Real, 1>& dxdt) const {
    dxdt[0] = x[0] * x[0];
  }
};

/// A loss that does not depend on what is there: empties the second state below zero at t = 2.
struct Drain {
  static constexpr std::size_t n_states = 2;
  static constexpr bool states_are_non_negative = true;
  std::string state_name(std::size_t index) const { return index == 0 ? "source" : "drained"; }
  template <class Real>
  void derivatives(Real, const State<Real, 2>&, State<Real, 2>& dxdt) const {
    dxdt[0] = Real(1.0);
    dxdt[1] = Real(-0.5);
  }
};

/// The derivative of the second state breaks when the first reaches 1, at t = 1.
struct Breaks {
  static constexpr std::size_t n_states = 3;
  static constexpr std::array<const char*, 3> state_names = {"clock", "broken", "bystander"};
  template <class Real>
  void derivatives(Real, const State<Real, 3>& x, State<Real, 3>& dxdt) const {
    using std::sqrt;
    dxdt[0] = Real(1.0);
    dxdt[1] = sqrt(1.0 - x[0]);
    dxdt[2] = -x[2];
  }
};

/// A constant infusion that the test switches, with first-order loss.
struct Infusion {
  static constexpr std::size_t n_states = 1;
  static constexpr bool states_are_non_negative = true;
  double rate_mmol_per_h = 0.0;
  double k_per_h = 0.5;
  template <class Real>
  void derivatives(Real, const State<Real, 1>& a, State<Real, 1>& dadt) const {
    dadt[0] = rate_mmol_per_h - k_per_h * a[0];
  }
  double exact(double a0, double t_h) const {
    const double level = rate_mmol_per_h / k_per_h;
    return level + (a0 - level) * std::exp(-k_per_h * t_h);
  }
};

/// A chain of n states with rates of their own: more columns than one chunk of dual numbers.
template <std::size_t N>
struct LongChain {
  static constexpr std::size_t n_states = N;
  template <class Real>
  void derivatives(Real t_h, const State<Real, N>& x, State<Real, N>& dxdt) const {
    for (std::size_t i = 0; i < N; ++i) {
      const double k = 1.0 + 0.1 * static_cast<double>(i);
      dxdt[i] = -k * x[i] * x[i] + t_h * static_cast<double>(i);
      if (i > 0) dxdt[i] += x[i - 1];
    }
  }
};

}  // namespace models
