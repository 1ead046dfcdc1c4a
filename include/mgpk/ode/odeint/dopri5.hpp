// Boost.Odeint's Dormand-Prince 5(4) with dense output, in the shape our integrator expects.
#pragma once

#include <mgpk/ode/odeint/ublas_checks.hpp>  // before any header of Boost.Odeint

#include <array>
#include <cstddef>

#include <boost/numeric/odeint/algebra/array_algebra.hpp>
#include <boost/numeric/odeint/algebra/default_operations.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>

#include <mgpk/ode/concepts.hpp>
#include <mgpk/ode/step_control.hpp>

namespace mgpk::ode {

/// One step at a time: start, then try_step until one pleases, then accept; dense in between.
template <OdeSystem System>
class Dopri5 {
 public:
  static constexpr std::size_t n = System::n_states;
  using StateType = State<double, n>;
  static constexpr double error_order = 5.0;  ///< local error of the embedded method: O(h^5)

  /// Takes the derivative at a new point: after the start, a jump or changed inputs.
  void start(const System& system, double t_h, const StateType& x) {
    system.derivatives(t_h, x, slopes_[now_]);
    ++n_rhs_;
    accepted_ = false;
  }

  void try_step(const System& system, double t_h, const StateType& x, double h, Trial<n>& trial) {
    if (accepted_) now_ = 1 - now_;  // first same as last
    accepted_ = false;
    const auto rhs = [&system, this](const StateType& at, StateType& slope, double t) {
      system.derivatives(t, at, slope);
      ++n_rhs_;
    };
    stepper_.do_step(rhs, x, slopes_[now_], t_h, trial.x_new, slopes_[1 - now_], h, trial.error);
  }

  /// The step just tried becomes history; its stages stay for dense() until the next try_step.
  void accept() { accepted_ = true; }

  StateType dense(double t_h, double t_old_h, const StateType& x_old, double t_new_h,
                  const StateType& x_new) const {
    StateType x{};
    stepper_.calc_state(t_h, x, x_old, slopes_[now_], t_old_h, x_new, slopes_[1 - now_], t_new_h);
    return x;
  }

  /// The derivative at the point from which the next step starts.
  const StateType& derivative() const { return slopes_[accepted_ ? 1 - now_ : now_]; }
  std::size_t n_rhs() const { return n_rhs_; }

 private:
  boost::numeric::odeint::runge_kutta_dopri5<StateType, double, StateType, double,
                                             boost::numeric::odeint::array_algebra,
                                             boost::numeric::odeint::default_operations>
      stepper_;
  std::array<StateType, 2> slopes_{};  ///< at the start of a step and at its end, which now_ tells
  std::size_t now_ = 0;
  std::size_t n_rhs_ = 0;
  bool accepted_ = false;
};

}  // namespace mgpk::ode
