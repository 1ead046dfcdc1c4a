// Dormand and Prince's pair of order 5(4), seven stages, the last of which is the first of the next
// step: the same method that the scalar engine takes from Boost.Odeint.
#pragma once

#include <array>
#include <cstddef>

namespace mgpk::ode {

/// J. R. Dormand, P. J. Prince, A family of embedded Runge-Kutta formulae, J. Comp. Appl. Math. 6
/// (1980) 19-26; the interpolant of order 4 is that of E. Hairer, S. P. Norsett, G. Wanner, Solving
/// Ordinary Differential Equations I, II.6. The tests check every condition of order.
struct DormandPrince5 {
  static constexpr std::size_t n_stages = 7;
  static constexpr double order = 5.0;
  static constexpr double error_order = 5.0;  ///< the estimated local error falls like h^5

  static constexpr std::array<double, n_stages> c{0.0, 0.2, 0.3, 0.8, 8.0 / 9.0, 1.0, 1.0};
  static constexpr std::array<std::array<double, n_stages>, n_stages> a{{
      {},
      {1.0 / 5.0},
      {3.0 / 40.0, 9.0 / 40.0},
      {44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0},
      {19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0},
      {9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18656.0},
      {35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0},
  }};
  /// Weights of the error: those of order 5 less those of order 4.
  static constexpr std::array<double, n_stages> error{
      71.0 / 57600.0,      0.0,          -71.0 / 16695.0, 71.0 / 1920.0,
      -17253.0 / 339200.0, 22.0 / 525.0, -1.0 / 40.0};

  /// Weights of the slopes in the interpolant: theta times this polynomial, constant term first.
  static constexpr std::array<std::array<double, 5>, n_stages> dense{{
      {1.0, -4034104133.0 / 1410260304.0, 105330401.0 / 33982176.0, -13107642775.0 / 11282082432.0,
       6542295.0 / 470086768.0},
      {},
      {0.0, 132343189600.0 / 32700410799.0, -833316000.0 / 131326951.0,
       91412856700.0 / 32700410799.0, -523383600.0 / 10900136933.0},
      {0.0, -115792950.0 / 29380423.0, 185270875.0 / 16991088.0, -12653452475.0 / 1880347072.0,
       98134425.0 / 235043384.0},
      {0.0, 70805911779.0 / 24914598704.0, -4531260609.0 / 600351776.0,
       988140236175.0 / 199316789632.0, -14307999165.0 / 24914598704.0},
      {0.0, -331320693.0 / 205662961.0, 31361737.0 / 7433601.0, -2426908385.0 / 822651844.0,
       97305120.0 / 205662961.0},
      {0.0, 44764047.0 / 29380423.0, -1532549.0 / 353981.0, 90730570.0 / 29380423.0,
       -8293050.0 / 29380423.0},
  }};
};

}  // namespace mgpk::ode
