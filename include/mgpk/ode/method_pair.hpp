// The explicit and the stiff method side by side: one is in use, both have the same shape.
#pragma once

#include <cstddef>
#include <utility>

#include <mgpk/ode/odeint/dopri5.hpp>
#include <mgpk/ode/odeint/rosenbrock4.hpp>
#include <mgpk/ode/options.hpp>

namespace mgpk::ode {

struct Statistics {
  std::size_t n_steps = 0;     ///< accepted
  std::size_t n_rejected = 0;  ///< tried again with a shorter step
  std::size_t n_rhs = 0;       ///< calls of the derivatives, those of the stiffness check included
  std::size_t n_jacobian = 0;
  std::size_t n_switches = 0;
  Method method_now = Method::automatic;
};

template <OdeSystem System>
class MethodPair {
 public:
  static constexpr std::size_t n = System::n_states;
  using StateType = State<double, n>;

  bool implicit() const { return method_ == Method::rosenbrock4; }
  void choose(Method method) { method_ = method; }
  void change_to(Method method) {
    choose(method);
    ++n_switches_;
  }

  double error_order() const {
    return implicit() ? Rosenbrock4<System>::error_order : Dopri5<System>::error_order;
  }
  void start(const System& system, double t_h, const StateType& x) {
    visit([&](auto& method) { method.start(system, t_h, x); });
  }
  void try_step(const System& system, double t_h, const StateType& x, double h, Trial<n>& trial) {
    visit([&](auto& method) { method.try_step(system, t_h, x, h, trial); });
  }
  void accept() {
    visit([](auto& method) { method.accept(); });
  }
  StateType dense(double t_h, double t_old_h, const StateType& x_old, double t_new_h,
                  const StateType& x_new) {
    return visit([&](auto& method) { return method.dense(t_h, t_old_h, x_old, t_new_h, x_new); });
  }

  /// Of dopri5 at the point reached, of rosenbrock4 at the point where its last step started.
  const StateType& derivative() const {
    return implicit() ? rosenbrock4_.derivative() : dopri5_.derivative();
  }
  const JacobianMatrix<n>& jacobian_matrix() const { return rosenbrock4_.jacobian_matrix(); }

  /// What the methods have counted; steps are counted by who accepts them.
  Statistics statistics() const {
    return {.n_rhs = dopri5_.n_rhs() + rosenbrock4_.n_rhs(),
            .n_jacobian = rosenbrock4_.n_jacobian(),
            .n_switches = n_switches_,
            .method_now = method_};
  }

 private:
  template <class Action>
  decltype(auto) visit(Action&& action) {
    return implicit() ? action(rosenbrock4_) : action(dopri5_);
  }

  Dopri5<System> dopri5_;
  Rosenbrock4<System> rosenbrock4_;
  Method method_ = Method::dopri5;
  std::size_t n_switches_ = 0;
};

}  // namespace mgpk::ode
