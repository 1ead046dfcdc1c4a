// The exact Jacobian of a model, by dual numbers, eight columns at a time.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <type_traits>

#include <mgpk/ode/concepts.hpp>

namespace mgpk::ode {

/// Small matrices live in place, larger ones on the heap: none may eat the stack.
template <std::size_t N>
using JacobianMatrix =
    std::conditional_t<(N <= 16), Eigen::Matrix<double, static_cast<int>(N), static_cast<int>(N)>,
                       Eigen::MatrixXd>;

/// J(i, j) = d(dx_i/dt)/dx_j and dfdt[i] = d(dx_i/dt)/dt at (t_h, x).
template <OdeSystem System>
void jacobian(const System& system, double t_h, const State<double, System::n_states>& x,
              JacobianMatrix<System::n_states>& J, State<double, System::n_states>& dfdt) {
  constexpr std::size_t n = System::n_states;
  constexpr std::size_t width = 8;
  using Scalar = Dual<width>;
  J.resize(static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(n));
  State<Scalar, n> point{};
  State<Scalar, n> dxdt{};
  // The time is the last of n + 1 columns.
  for (std::size_t first = 0; first <= n; first += width) {
    const std::size_t last = std::min(first + width, n + 1);
    for (std::size_t i = 0; i < n; ++i) point[i] = Scalar(x[i]);
    Scalar time(t_h);
    for (std::size_t j = first; j < last; ++j) (j < n ? point[j] : time).slope[j - first] = 1.0;
    system.derivatives(time, point, dxdt);
    for (std::size_t j = first; j < last; ++j)
      for (std::size_t i = 0; i < n; ++i) {
        const double slope = dxdt[i].slope[j - first];
        if (j == n) {
          dfdt[i] = slope;
        } else {
          J(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = slope;
        }
      }
  }
}

}  // namespace mgpk::ode
