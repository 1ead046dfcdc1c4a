// A linear chain at the head of a model, solved exactly: a sum of exponentials per state.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

#include <mgpk/ode/dual.hpp>
#include <mgpk/ode/ensemble/rebind.hpp>

namespace mgpk::ode {

/// The chain x' = A x + b of one person, the first N of Total states, by its modes: x = rest + V z,
/// z' = -k z. V is lower triangular with ones on its diagonal.
///
/// What flows from the chain into the other states is known just as exactly: of the slope of state
/// i, the part feed[i] + drive[i]·z is integrated in closed form, and only the rest by the pair.
/// Any numbers would do; these are the slopes where the stretch began.
template <std::size_t N, std::size_t Total, class Real>
struct UpstreamModes {
  std::array<Real, N> k_per_h{};
  std::array<Real, N> tau_h{};  ///< 1/k
  std::array<Real, N> rest{};
  std::array<std::array<Real, N>, N> shape{};
  std::array<std::array<Real, N>, Total> drive{};
  std::array<Real, Total> feed{};

  /// The amplitudes that make the state.
  void amplitudes(const std::array<Real, Total>& x, std::array<Real, N>& z) const {
    for (std::size_t i = 0; i < N; ++i) {
      z[i] = x[i] - rest[i];
      for (std::size_t j = 0; j < i; ++j) z[i] -= shape[i][j] * z[j];
    }
  }
};

namespace detail {

template <std::size_t N, std::size_t Total, class Par, class Real>
struct Rebound<UpstreamModes<N, Total, Par>, Real> {
  using Type = UpstreamModes<N, Total, Real>;
};

/// Two rates of a chain that are closer than this, relative to one of them, share no modes that
/// would keep their digits.
inline constexpr double closest_rates = 1e-3;

/// Row i of the chain, when those before it are known. False where two rates are so close that the
/// modes would lose more than three digits, or where a state without loss is fed.
template <std::size_t N, std::size_t Total>
bool find_mode(std::size_t i, const Dual<N>& slope, const std::array<double, N>& x,
               UpstreamModes<N, Total, double>& modes) {
  const double k = -slope.slope[i];
  if (!(k > 0.0) || !std::isfinite(k)) return false;
  double inflow = slope.value;
  for (std::size_t j = 0; j <= i; ++j) inflow -= slope.slope[j] * x[j];
  double from_above = inflow;
  for (std::size_t j = 0; j < i; ++j) from_above += slope.slope[j] * modes.rest[j];
  // What rounding leaves of no inflow is none.
  const bool fed = std::abs(inflow) > 1e-12 * k * std::abs(x[i]);
  modes.k_per_h[i] = k;
  modes.tau_h[i] = 1.0 / k;
  modes.rest[i] = fed || from_above != inflow ? from_above / k : 0.0;
  modes.shape[i][i] = 1.0;
  for (std::size_t j = 0; j < i; ++j) {
    double passed_on = 0.0;
    for (std::size_t l = j; l < i; ++l) passed_on += slope.slope[l] * modes.shape[l][j];
    const double gap = k - modes.k_per_h[j];
    if (passed_on != 0.0 && !(std::abs(gap) > closest_rates * k)) return false;
    modes.shape[i][j] = passed_on == 0.0 ? 0.0 : passed_on / gap;
  }
  return true;
}

}  // namespace detail

/// Finds the modes of a person's chain and what it drives, at the state x.
template <std::size_t N, class System>
bool find_modes(const System& system, double t_h, const std::array<double, System::n_states>& x,
                UpstreamModes<N, System::n_states, double>& modes) {
  constexpr std::size_t n = System::n_states;
  std::array<Dual<N>, n> point{}, slope{};
  for (std::size_t i = 0; i < n; ++i) point[i] = Dual<N>(x[i]);
  for (std::size_t j = 0; j < N; ++j) point[j].slope[j] = 1.0;
  system.derivatives(Dual<N>(t_h), point, slope);
  std::array<double, N> chain;
  for (std::size_t i = 0; i < N; ++i) chain[i] = x[i];
  for (std::size_t i = 0; i < N; ++i)
    if (!detail::find_mode(i, slope[i], chain, modes)) return false;
  for (std::size_t i = N; i < n; ++i) {
    modes.feed[i] = 0.0;
    modes.drive[i].fill(0.0);
    for (std::size_t j = 0; j < N; ++j) {
      const double flow = std::isfinite(slope[i].slope[j]) ? slope[i].slope[j] : 0.0;
      modes.feed[i] += flow * modes.rest[j];
      for (std::size_t k = 0; k <= j; ++k) modes.drive[i][k] += flow * modes.shape[j][k];
    }
  }
  return true;
}

}  // namespace mgpk::ode
