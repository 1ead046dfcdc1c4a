// RODAS, a linearly implicit (Rosenbrock) pair of order 4(3) for stiff models: L-stable, and its
// last two stages stand at the end of the step, so that fast states land on their slow manifold.
#pragma once

#include <array>
#include <cstddef>

namespace mgpk::ode {

/// E. Hairer, G. Wanner, Solving Ordinary Differential Equations II, IV.7 and IV.10, with their
/// interpolant of order 3, in the transformed variables u of IV.7 (7.25): a step of h solves
///   (I - h gamma J) u_s = gamma (h f(t + c_s h, x + sum a_sj u_j) + sum k_sj u_j + d_s h^2 f_t),
/// the last u is the estimated error, and the new state is the point of the last stage plus it.
/// d_4 is the row sum of Gamma, negative; some programs have it with the wrong sign. The tests
/// check every condition of order and the sums of the rows.
struct Rodas4 {
  static constexpr bool is_implicit = true;
  static constexpr std::size_t n_stages = 6;
  static constexpr double order = 4.0;
  static constexpr double error_order = 4.0;  ///< the estimated local error falls like h^4
  static constexpr double gamma = 0.25;

  using Row = std::array<double, n_stages>;
  static constexpr Row c{0.0, 0.386, 0.21, 0.63, 1.0, 1.0};
  static constexpr Row d{0.25, -0.1043, 0.1035, -0.0362, 0.0, 0.0};
  static constexpr std::array<Row, n_stages> a{{
      {},
      {1.544},
      {0.9466785280815826, 0.2557011698983284},
      {3.314825187068521, 2.896124015972201, 0.9986419139977817},
      {1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950},
      {1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950, 1.0},
  }};
  static constexpr std::array<Row, n_stages> k{{
      {},
      {-5.6688},
      {-2.430093356833875, -0.2063599157091915},
      {-0.1073529058151375, -9.594562251023355, -20.47028614809616},
      {7.496443313967647, -10.24680431464352, -33.99990352819905, 11.70890893206160},
      {8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136,
       -6.058818238834054},
  }};
  /// The interpolant is (1 - theta) x + theta x_new + theta (1 - theta) sum_s p_s(theta) u_s with
  /// these polynomials p, by powers of theta.
  static constexpr std::array<Row, 2> dense{{
      {10.12623508344586, -7.487995877610167, -34.80091861555747, -7.992771707568823,
       1.025137723295662, 0.0},
      {-0.6762803392801253, 6.087714651680015, 16.43084320892478, 24.76722511418386,
       -6.594389125716872, 0.0},
  }};
};

}  // namespace mgpk::ode
