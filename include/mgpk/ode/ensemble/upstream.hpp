// A linear chain at the head of a model, solved exactly: a sum of exponentials per state.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

#include <mgpk/ode/dual.hpp>
#include <mgpk/ode/ensemble/parts.hpp>
#include <mgpk/ode/ensemble/rebind.hpp>
#include <mgpk/ode/lanes/lanes.hpp>
#include <mgpk/ode/lanes/math.hpp>

namespace mgpk::ode {

/// The chain x' = A x + b of one person, by its modes: x = rest + V z, z' = -k z. V is lower
/// triangular with ones on its diagonal.
template <std::size_t N, class Real>
struct UpstreamModes {
  std::array<Real, N> k_per_h{};
  std::array<Real, N> rest{};
  std::array<std::array<Real, N>, N> shape{};

  /// The amplitudes that make the state.
  template <std::size_t States>
  void amplitudes(const std::array<Real, States>& x, std::array<Real, N>& z) const {
    for (std::size_t i = 0; i < N; ++i) {
      z[i] = x[i] - rest[i];
      for (std::size_t j = 0; j < i; ++j) z[i] -= shape[i][j] * z[j];
    }
  }
  /// The state that amplitudes make.
  void state(const std::array<Real, N>& z, std::array<Real, N>& x) const {
    for (std::size_t i = 0; i < N; ++i) {
      x[i] = rest[i] + z[i];
      for (std::size_t j = 0; j < i; ++j) x[i] += shape[i][j] * z[j];
    }
  }
};

/// The chain's own equations, x' = rate x + inflow.
template <std::size_t N, class Number>
struct UpstreamChain {
  std::array<Number, N> inflow{};
  std::array<std::array<Number, N>, N> rate{};
};

/// Read off the model by differentiating it.
template <std::size_t N, class System>
void find_chain(const System& system, double t_h, UpstreamChain<N, double>& chain) {
  std::array<Dual<N>, System::n_states> x{}, dxdt{};
  for (std::size_t j = 0; j < N; ++j) x[j].slope[j] = 1.0;
  system.derivatives(Dual<N>(t_h), x, dxdt);
  for (std::size_t i = 0; i < N; ++i) {
    chain.inflow[i] = dxdt[i].value;
    for (std::size_t j = 0; j < N; ++j) chain.rate[i][j] = dxdt[i].slope[j];
  }
}

/// With slopes: the values as they are without, and the slope of a rate from what one unit in a
/// state adds to the slopes of the flows, which are linear in it.
template <std::size_t N, class System, std::size_t P>
void find_chain(const System& system, double t_h, UpstreamChain<N, Dual<P>>& chain) {
  using Number = Dual<P>;
  UpstreamChain<N, double> plain;
  find_chain(values_of_model<Number>(system), t_h, plain);
  std::array<Number, System::n_states> x{}, at_rest{}, dxdt{};
  system.derivatives(Number(t_h), x, at_rest);
  for (std::size_t j = 0; j < N; ++j) {
    x[j] = Number(1.0);
    system.derivatives(Number(t_h), x, dxdt);
    x[j] = Number(0.0);
    for (std::size_t i = 0; i < N; ++i) {
      chain.rate[i][j] = dxdt[i] - at_rest[i];
      chain.rate[i][j].value = plain.rate[i][j];
    }
  }
  for (std::size_t i = 0; i < N; ++i) {
    chain.inflow[i] = at_rest[i];
    chain.inflow[i].value = plain.inflow[i];
  }
}

/// Zero, and without slopes.
template <class Number>
bool is_nothing(const Number& number) {
  for (std::size_t p = 0; p < n_parts_of<Number>; ++p)
    if (part(number, p) != 0.0) return false;
  return true;
}

/// Finds the modes; false where two rates of the chain are so close that the modes would lose more
/// than three digits, or where a chain without loss is fed: then all states are solved alike.
template <std::size_t N, class System, class Number>
bool find_modes(const System& system, double t_h, UpstreamModes<N, Number>& modes) {
  using std::abs;
  UpstreamChain<N, Number> chain;
  find_chain(system, t_h, chain);
  constexpr double closest = 1e-3;
  for (std::size_t i = 0; i < N; ++i) {
    const Number k = -chain.rate[i][i];
    modes.k_per_h[i] = k;
    Number inflow = chain.inflow[i];
    for (std::size_t j = 0; j < i; ++j) inflow += chain.rate[i][j] * modes.rest[j];
    if (!is_nothing(inflow) && !(k > Number(0.0))) return false;
    modes.rest[i] = is_nothing(inflow) ? Number(0.0) : inflow / k;
    modes.shape[i][i] = Number(1.0);
    for (std::size_t j = 0; j < i; ++j) {
      Number from_above(0.0);
      for (std::size_t l = j; l < i; ++l) from_above += chain.rate[i][l] * modes.shape[l][j];
      const Number gap = k - modes.k_per_h[j];
      if (!is_nothing(from_above) && !(abs(gap) > closest * abs(k))) return false;
      modes.shape[i][j] = is_nothing(from_above) ? Number(0.0) : from_above / gap;
    }
  }
  return true;
}

}  // namespace mgpk::ode
