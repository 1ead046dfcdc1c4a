// Boost.Odeint's stiff method Rosenbrock 4(3) with dense output and our exact Jacobian.
#pragma once

#include <mgpk/ode/odeint/ublas_checks.hpp>  // before any header of Boost.Odeint

#include <algorithm>
#include <cstddef>
#include <utility>

#include <boost/numeric/odeint/stepper/rosenbrock4.hpp>

#include <mgpk/ode/concepts.hpp>
#include <mgpk/ode/jacobian.hpp>
#include <mgpk/ode/step_control.hpp>

namespace mgpk::ode {

/// The table of Boost.Odeint with the sign of d4 put right, through its own policy parameter:
/// d4 is the row sum of gamma for the fourth stage, -0.0362 (Hairer & Wanner, RODAS). With the
/// sign that Boost has, the error of a system that depends on time falls only like the step.
struct RosenbrockCoefficients : boost::numeric::odeint::default_rosenbrock_coefficients<double> {
  static constexpr double d4 = -0.3620000000000023e-01;
};

/// The same shape as Dopri5: start, try_step until one pleases, accept; dense in between.
template <OdeSystem System>
class Rosenbrock4 {
 public:
  static constexpr std::size_t n = System::n_states;
  using StateType = State<double, n>;
  static constexpr double error_order = 4.0;  ///< local error of the embedded method: O(h^4)

  void start(const System& system, double t_h, const StateType& x) {
    refresh_derivative(system, t_h, x);
    jacobian_is_current_ = false;
  }

  void try_step(const System& system, double t_h, const StateType& x, double h, Trial<n>& trial) {
    if (accepted_) refresh_derivative(system, t_h, x);
    if (!jacobian_is_current_) refresh_jacobian(system, t_h, x);
    // Odeint asks for the slope at the start first; a repeated try finds it, and J, ready.
    bool at_start = true;
    const auto rhs = [&](const Vector& at, Vector& slope, double t) {
      if (!std::exchange(at_start, false)) {
        std::copy(at.begin(), at.end(), stage_.begin());
        system.derivatives(t, stage_, stage_slope_);
        ++n_rhs_;
        std::copy(stage_slope_.begin(), stage_slope_.end(), slope.begin());
      } else {
        std::copy(dxdt_.begin(), dxdt_.end(), slope.begin());
      }
    };
    const auto slopes = [this](const Vector&, Matrix& J, double, Vector& dfdt) {
      for (std::size_t i = 0; i < n; ++i) {
        dfdt[i] = dfdt_[i];
        for (std::size_t j = 0; j < n; ++j)
          J(i, j) = jacobian_(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
      }
    };
    std::copy(x.begin(), x.end(), x_old_.begin());
    stepper_.do_step(std::make_pair(rhs, slopes), x_old_, t_h, x_new_, h, error_);
    std::copy(x_new_.begin(), x_new_.end(), trial.x_new.begin());
    std::copy(error_.begin(), error_.end(), trial.error.begin());
  }

  void accept() {
    accepted_ = true;
    jacobian_is_current_ = false;
    dense_is_ready_ = false;
  }

  StateType dense(double t_h, double t_old_h, const StateType&, double t_new_h, const StateType&) {
    if (!std::exchange(dense_is_ready_, true)) stepper_.prepare_dense_output();
    stepper_.calc_state(t_h, between_, x_old_, t_old_h, x_new_, t_new_h);
    StateType x{};
    std::copy(between_.begin(), between_.end(), x.begin());
    return x;
  }

  /// The derivative at the point where the last step started.
  const StateType& derivative() const { return dxdt_; }
  /// The Jacobian at the point where the last step started.
  const JacobianMatrix<n>& jacobian_matrix() const { return jacobian_; }
  std::size_t n_rhs() const { return n_rhs_; }
  std::size_t n_jacobian() const { return n_jacobian_; }

 private:
  using Vector = boost::numeric::ublas::vector<double>;
  using Matrix = boost::numeric::ublas::matrix<double>;

  void refresh_derivative(const System& system, double t_h, const StateType& x) {
    system.derivatives(t_h, x, dxdt_);
    ++n_rhs_;
    accepted_ = false;
  }

  void refresh_jacobian(const System& system, double t_h, const StateType& x) {
    jacobian(system, t_h, x, jacobian_, dfdt_);
    ++n_jacobian_;
    jacobian_is_current_ = true;
  }

  boost::numeric::odeint::rosenbrock4<double, RosenbrockCoefficients> stepper_;
  Vector x_old_ = Vector(n);
  Vector x_new_ = Vector(n);
  Vector error_ = Vector(n);
  Vector between_ = Vector(n);
  StateType stage_{};
  StateType stage_slope_{};
  StateType dxdt_{};
  StateType dfdt_{};
  JacobianMatrix<n> jacobian_;
  std::size_t n_rhs_ = 0;
  std::size_t n_jacobian_ = 0;
  bool accepted_ = false;
  bool jacobian_is_current_ = false;
  bool dense_is_ready_ = false;
};

}  // namespace mgpk::ode
