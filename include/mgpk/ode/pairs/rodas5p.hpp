// Rodas5P, a linearly implicit (Rosenbrock) pair of order 5(4) for stiff models: L-stable, and its
// last three stages stand at the end of the step.
#pragma once

#include <array>
#include <cstddef>

namespace mgpk::ode {

/// G. Steinebach, Construction of Rosenbrock-Wanner method Rodas5P and numerical benchmarks within
/// the Julia Differential Equations package, BIT Numerical Mathematics 63 (2023) 27, with his
/// interpolant of order 4, in the transformed variables u of E. Hairer, G. Wanner, Solving Ordinary
/// Differential Equations II, IV.7: a step of h solves, with J and f_t taken at its start,
///   (I - h gamma J) u_s = gamma (h f(t + c_s h, x + sum a_sj u_j) + sum k_sj u_j + d_s h^2 f_t),
/// the last u is the estimated error, and the new state is the point of the last stage plus it.
/// The tests check every condition of order and the sums of the rows.
struct Rodas5P {
  static constexpr bool is_implicit = true;
  static constexpr std::size_t n_stages = 8;
  static constexpr double order = 5.0;
  static constexpr double error_order = 5.0;  ///< the estimated local error falls like h^5
  static constexpr double gamma = 0.21193756319429014;

  using Row = std::array<double, n_stages>;
  static constexpr Row c{
      0.0, 0.6358126895828704, 0.4095798393397535, 0.9769306725060716, 0.4288403609558664, 1.0, 1.0,
      1.0};
  static constexpr Row d{gamma,
                         -0.42387512638858027,
                         -0.3384627126235924,
                         1.8046452872882734,
                         2.325825639765069,
                         0.0,
                         0.0,
                         0.0};
  static constexpr std::array<Row, n_stages> a{{
      {},
      {3.0},
      {2.849394379747939, 0.45842242204463923},
      {-6.954028509809101, 2.489845061869568, -10.358996098473584},
      {2.8029986275628964, 0.5072464736228206, -0.3988312541770524, -0.04721187230404641},
      {-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256,
       0.030198172008377946},
      {-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256,
       0.030198172008377946, 1.0},
      {-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256,
       0.030198172008377946, 1.0, 1.0},
  }};
  static constexpr std::array<Row, n_stages> k{{
      {},
      {-14.155112264123755},
      {-17.97296035885952, -2.859693295451294},
      {147.12150275711716, -1.41221402718213, 71.68940251302358},
      {165.43517024871676, -0.4592823456491126, 42.90938336958603, -5.961986721573306},
      {24.854864614690072, -3.0009227002832186, 47.4931110020768, 5.5814197821558125,
       -0.6610691825249471},
      {30.91273214028599, -3.1208243349937974, 77.79954646070892, 34.28646028294783,
       -19.097331116725623, -28.087943162872662},
      {37.80277123390563, -3.2571969029072276, 112.26918849496327, 66.9347231244047,
       -40.06618937091002, -54.66780262877968, -9.48861652309627},
  }};
  /// The interpolant is (1 - theta) x + theta x_new + theta (1 - theta) sum_s p_s(theta) u_s with
  /// these polynomials p, by powers of theta.
  static constexpr std::array<Row, 3> dense{{
      {25.948786856663858, -2.5579724845846235, 10.433815404888879, -2.3679251022685204,
       0.524948541321073, 1.1241088310450404, 0.4272876194431874, -0.17202221070155493},
      {-9.91568850695171, -0.9689944594115154, 3.0438037242978453, -24.495224566215796,
       20.176138334709044, 15.98066361424651, -6.789040303419874, -6.710236069923372},
      {11.419903575922262, 2.8879645146136994, 72.92137995996029, 80.12511834622643,
       -52.072871366152654, -59.78993625266729, -0.15582684282751913, 4.883087185713722},
  }};
};

}  // namespace mgpk::ode
