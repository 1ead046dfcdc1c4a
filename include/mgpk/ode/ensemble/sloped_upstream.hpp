// The modes of an upstream chain, and how they depend on parameters.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

#include <mgpk/ode/ensemble/parts.hpp>
#include <mgpk/ode/ensemble/rebind.hpp>
#include <mgpk/ode/ensemble/upstream.hpp>

namespace mgpk::ode {

namespace detail {

/// Zero, and without slopes.
template <std::size_t P>
bool is_nothing(const Dual<P>& number) {
  bool nothing = number.value == 0.0;
  for (const double slope : number.slope) nothing = nothing && slope == 0.0;
  return nothing;
}

/// The chain's own equations, x' = rate x + inflow: the slope of a rate is what one unit in a state
/// adds to the slopes of the flows, which are linear in it.
template <std::size_t N, class Number>
struct SlopedChain {
  std::array<Number, N> inflow{};
  std::array<std::array<Number, N>, N> rate{};

  template <class System>
  SlopedChain(const System& system, double t_h, std::array<Number, System::n_states> x) {
    std::array<Number, System::n_states> at_rest{}, dxdt{};
    for (std::size_t j = 0; j < N; ++j) x[j] = Number(0.0);
    system.derivatives(Number(t_h), x, at_rest);
    for (std::size_t j = 0; j < N; ++j) {
      x[j] = Number(1.0);
      system.derivatives(Number(t_h), x, dxdt);
      x[j] = Number(0.0);
      for (std::size_t i = 0; i < N; ++i) rate[i][j] = dxdt[i] - at_rest[i];
    }
    for (std::size_t i = 0; i < N; ++i) inflow[i] = at_rest[i];
  }
};

/// `number`, with the value that it has without slopes.
template <std::size_t P>
Dual<P> with_value(Dual<P> number, double value) {
  number.value = value;
  return number;
}

}  // namespace detail

/// Whether any direction reaches the chain.
template <std::size_t N, std::size_t Total, std::size_t P>
bool has_slopes(const UpstreamModes<N, Total, Dual<P>>& modes, const std::array<Dual<P>, N>& z) {
  const auto moves = [](const Dual<P>& number) {
    return !detail::is_nothing(number - Dual<P>(number.value));
  };
  bool any = false;
  for (std::size_t i = 0; i < N; ++i) {
    any = any || moves(modes.k_per_h[i]) || moves(modes.rest[i]) || moves(z[i]);
    for (std::size_t j = 0; j < i; ++j) any = any || moves(modes.shape[i][j]);
  }
  return any;
}

/// The same with slopes; values are found without them, so that they have the same bits. What the
/// chain drives is split off by values alone: any numbers would do. False also where a rate that is
/// zero has a slope and its mode has none, because two rates are too close.
template <std::size_t N, class System, std::size_t P>
bool find_modes(const System& system, double t_h, const std::array<Dual<P>, System::n_states>& x,
                UpstreamModes<N, System::n_states, Dual<P>>& modes) {
  using Number = Dual<P>;
  constexpr std::size_t n = System::n_states;
  UpstreamModes<N, n, double> plain;
  std::array<double, n> values;
  for (std::size_t i = 0; i < n; ++i) values[i] = x[i].value;
  if (!find_modes<N>(values_of_model<Number>(system), t_h, values, plain)) return false;
  const detail::SlopedChain<N, Number> chain(system, t_h, x);
  for (std::size_t i = 0; i < N; ++i) {
    const Number k = detail::with_value(-chain.rate[i][i], plain.k_per_h[i]);
    modes.k_per_h[i] = k;
    modes.tau_h[i] = detail::with_value(1.0 / k, plain.tau_h[i]);
    Number from_above = chain.inflow[i];
    for (std::size_t j = 0; j < i; ++j) from_above += chain.rate[i][j] * modes.rest[j];
    modes.rest[i] = detail::with_value(from_above / k, plain.rest[i]);
    modes.shape[i][i] = Number(1.0);
    for (std::size_t j = 0; j < i; ++j) {
      Number passed_on(0.0);
      for (std::size_t l = j; l < i; ++l) passed_on += chain.rate[i][l] * modes.shape[l][j];
      const Number gap = k - modes.k_per_h[j];
      const bool is_close = !(std::abs(gap.value) > detail::closest_rates * k.value);
      if (is_close && !detail::is_nothing(passed_on)) return false;
      modes.shape[i][j] =
          is_close ? Number(0.0) : detail::with_value(passed_on / gap, plain.shape[i][j]);
    }
  }
  for (std::size_t i = N; i < n; ++i) {
    modes.feed[i] = Number(plain.feed[i]);
    for (std::size_t k = 0; k < N; ++k) modes.drive[i][k] = Number(plain.drive[i][k]);
  }
  return true;
}

}  // namespace mgpk::ode
