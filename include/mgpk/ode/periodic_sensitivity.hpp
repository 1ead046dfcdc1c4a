// How a periodic state moves with the parameters of its day.
#pragma once

#include <Eigen/Core>
#include <Eigen/LU>

#include <stdexcept>

#include <mgpk/ode/text.hpp>

namespace mgpk::ode {

/// The slopes of a state x that a day gives back, x = day(x, p): dx/dp = (1 - M)^-1 S, where M is
/// the day's derivative by the state it starts from and S that by the parameters (one column each).
/// Both are what a day's solve with slopes along the starting state and along the parameters ends
/// with. States that do not repeat, such as cumulative read-outs, are left out of both.
/// @throws std::invalid_argument for shapes that do not fit, and where the day leaves a state free,
/// so that there is no one periodic state: 1 - M is then singular.
inline Eigen::MatrixXd periodic_sensitivity(const Eigen::MatrixXd& day_by_state,
                                            const Eigen::MatrixXd& day_by_parameter) {
  const Eigen::Index n = day_by_state.rows();
  if (n == 0 || day_by_state.cols() != n)
    detail::refuse("day_by_state", "be square", static_cast<double>(day_by_state.cols()),
                   "give one row and one column per state");
  if (day_by_parameter.rows() != n)
    detail::refuse("day_by_parameter", "have one row per state",
                   static_cast<double>(day_by_parameter.rows()),
                   "give the slopes of the same states by each parameter");
  const Eigen::FullPivLU<Eigen::MatrixXd> gap(Eigen::MatrixXd::Identity(n, n) - day_by_state);
  if (!gap.isInvertible())
    detail::refuse("day_by_state", "leave no state as it was", static_cast<double>(n - gap.rank()),
                   "leave out the states that do not return by themselves");
  return gap.solve(day_by_parameter);
}

}  // namespace mgpk::ode
