// A linear chain at the head of a model, solved exactly: a sum of exponentials per state.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

#include <mgpk/ode/dual.hpp>
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
  void amplitudes(const std::array<Real, N>& x, std::array<Real, N>& z) const {
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

/// Finds the modes; false where two rates of the chain are so close that the modes would lose more
/// than three digits, or where a chain without loss is fed: then all states are solved alike.
template <std::size_t N, class System>
bool find_modes(const System& system, double t_h, UpstreamModes<N, double>& modes) {
  std::array<Dual<N>, System::n_states> x{}, dxdt{};
  for (std::size_t j = 0; j < N; ++j) x[j].slope[j] = 1.0;
  system.derivatives(Dual<N>(t_h), x, dxdt);
  constexpr double closest = 1e-3;
  for (std::size_t i = 0; i < N; ++i) {
    const double k = -dxdt[i].slope[i];
    modes.k_per_h[i] = k;
    double inflow = dxdt[i].value;
    for (std::size_t j = 0; j < i; ++j) inflow += dxdt[i].slope[j] * modes.rest[j];
    if (inflow != 0.0 && !(k > 0.0)) return false;
    modes.rest[i] = inflow == 0.0 ? 0.0 : inflow / k;
    modes.shape[i][i] = 1.0;
    for (std::size_t j = 0; j < i; ++j) {
      double from_above = 0.0;
      for (std::size_t l = j; l < i; ++l) from_above += dxdt[i].slope[l] * modes.shape[l][j];
      const double gap = k - modes.k_per_h[j];
      if (from_above != 0.0 && !(std::abs(gap) > closest * std::abs(k))) return false;
      modes.shape[i][j] = from_above == 0.0 ? 0.0 : from_above / gap;
    }
  }
  return true;
}

}  // namespace mgpk::ode
