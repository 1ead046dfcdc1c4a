// The right-hand side and its exact Jacobian, for one to four sources. The right-hand side is the
// twin's too: plain odeint calls the same function. The Jacobian's twin are forward differences.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include <mgpk/mgpk.hpp>
#include <mgpk/body/body.hpp>
#include <mgpk/body/person.hpp>
#include <mgpk/ode/jacobian.hpp>

#include "problem.hpp"

namespace bench {
namespace {

template <std::size_t Sources>
struct Point {
  using Body = mgpk::body::Body<Sources>;
  Body model;
  typename Body::template State<double> x{};
};

/// A body of the reference adult somewhere in the middle of a day, no state at zero.
template <std::size_t Sources>
Point<Sources> make_point() {
  using L = mgpk::body::Layout<Sources>;
  Point<Sources> point;
  const auto subject = adult();
  const auto values = mgpk::body::values_of(subject);
  point.model.parameters = mgpk::body::body_parameters(values, mgpk::body::traits_of(subject));
  for (auto& source : point.model.sources)
    source = mgpk::body::source_parameters(values, mgpk::dose::Dissolution::acid);
  for (std::size_t i = 0; i < L::n_states; ++i) point.x[i] = 0.1 + 0.01 * static_cast<double>(i);
  const auto& p = point.model.parameters;
  point.x[L::plasma] = 0.85 * p.blood.v_plasma_L;
  point.x[L::interstitial] = 0.55 * p.tissue.v_interstitial_L;
  return point;
}

template <std::size_t Sources>
void right_hand_side(benchmark::State& state) {
  auto point = make_point<Sources>();
  auto dxdt = point.x;
  for ([[maybe_unused]] auto turn : state) {
    benchmark::DoNotOptimize(point.x.data());
    benchmark::ClobberMemory();
    point.model.derivatives(0.0, point.x, dxdt);
    benchmark::DoNotOptimize(dxdt.data());
  }
  state.counters["states"] = static_cast<double>(point.x.size());
}

template <std::size_t Sources>
using Matrix = mgpk::ode::JacobianMatrix<mgpk::body::Body<Sources>::n_states>;

template <std::size_t Sources>
void exact_jacobian(const Point<Sources>& point, Matrix<Sources>& J) {
  auto dfdt = point.x;
  mgpk::ode::jacobian(point.model, 0.0, point.x, J, dfdt);
}

/// Forward differences with the usual step, as one writes them without dual numbers.
template <std::size_t Sources>
void difference_jacobian(const Point<Sources>& point, Matrix<Sources>& J) {
  const double root = std::sqrt(std::numeric_limits<double>::epsilon());
  auto x = point.x, base = point.x, moved = point.x;
  J.resize(static_cast<Eigen::Index>(x.size()), static_cast<Eigen::Index>(x.size()));
  point.model.derivatives(0.0, x, base);
  for (std::size_t j = 0; j < x.size(); ++j) {
    x[j] = point.x[j] + root * std::max(std::abs(point.x[j]), 1e-6);
    const double step = x[j] - point.x[j];
    point.model.derivatives(0.0, x, moved);
    for (std::size_t i = 0; i < x.size(); ++i)
      J(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = (moved[i] - base[i]) / step;
    x[j] = point.x[j];
  }
}

template <std::size_t Sources, void (*fill)(const Point<Sources>&, Matrix<Sources>&)>
void jacobian(benchmark::State& state) {
  auto point = make_point<Sources>();
  Matrix<Sources> J, exact;
  for ([[maybe_unused]] auto turn : state) {
    benchmark::DoNotOptimize(point.x.data());
    benchmark::ClobberMemory();
    fill(point, J);
    benchmark::DoNotOptimize(J.data());
  }
  exact_jacobian(point, exact);
  state.counters["max_error"] = (J - exact).cwiseAbs().maxCoeff() / exact.cwiseAbs().maxCoeff();
}

BENCHMARK(right_hand_side<1>)->Name("right_hand_side/1_source/mgpk");
BENCHMARK(right_hand_side<2>)->Name("right_hand_side/2_sources/mgpk");
BENCHMARK(right_hand_side<3>)->Name("right_hand_side/3_sources/mgpk");
BENCHMARK(right_hand_side<4>)->Name("right_hand_side/4_sources/mgpk");
BENCHMARK(jacobian<1, exact_jacobian<1>>)->Name("jacobian/1_source/mgpk");
BENCHMARK(jacobian<1, difference_jacobian<1>>)->Name("jacobian/1_source/plain_differences");
BENCHMARK(jacobian<2, exact_jacobian<2>>)->Name("jacobian/2_sources/mgpk");
BENCHMARK(jacobian<2, difference_jacobian<2>>)->Name("jacobian/2_sources/plain_differences");
BENCHMARK(jacobian<3, exact_jacobian<3>>)->Name("jacobian/3_sources/mgpk");
BENCHMARK(jacobian<3, difference_jacobian<3>>)->Name("jacobian/3_sources/plain_differences");
BENCHMARK(jacobian<4, exact_jacobian<4>>)->Name("jacobian/4_sources/mgpk");
BENCHMARK(jacobian<4, difference_jacobian<4>>)->Name("jacobian/4_sources/plain_differences");

}  // namespace
}  // namespace bench
