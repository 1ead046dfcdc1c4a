// One step of an explicit pair, in lanes: every lane with a length of its own.
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include <mgpk/ode/ensemble/structure.hpp>
#include <mgpk/ode/ensemble/upstream.hpp>
#include <mgpk/ode/lanes/lanes.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

namespace registers {

/// Stages that only the interpolant needs, evaluated where a step has something to report.
template <class Pair>
constexpr std::size_t n_extra_of() {
  if constexpr (requires { Pair::n_extra; }) {
    return Pair::n_extra;
  } else {
    return 0;
  }
}

}  // namespace registers

/// The stages of a step of `Pair` for `System` on `Real`, which holds parameters in lanes. States
/// of the upstream chain are given at each stage; read-outs take no part in the stages.
template <class System, class Pair, class Real, std::size_t Upstream>
class ExplicitStep {
 public:
  static constexpr std::size_t n = System::n_states;
  static constexpr std::size_t first = Upstream;  ///< the states before are known
  static constexpr std::size_t last = n - n_readouts_of<System>();
  using State = std::array<Real, n>;
  using Modes = UpstreamModes<Upstream, Real>;
  static constexpr std::size_t n_extra = registers::n_extra_of<Pair>();

  State& slope_at_start() { return k_[0]; }
  const State& slope(std::size_t stage) const { return k_[stage]; }
  State& slope_at_end() { return k_[Pair::n_stages - 1]; }

  /// From x at t_h over h: the new state, and the estimated error of all states but the chain's.
  MGPK_LANES void run(const System& system, const Modes& modes, const Real& t_h, const Real& h,
                      const State& x, const std::array<Real, Upstream>& z, State& x_new,
                      std::array<Real, Upstream>& z_new, State& error) {
    State at = x;
    stages(system, modes, t_h, h, x, z, at, z_new, std::make_index_sequence<Pair::n_stages - 1>{});
    // The last stage stands at the end of the step and its slope starts the next one.
    x_new = at;
    for (std::size_t i = last; i < n; ++i) x_new[i] = fma(h, weighted<Pair::n_stages - 1>(i), x[i]);
    for (std::size_t i = first; i < n; ++i) error[i] = h * error_of(i);
  }

  /// To be called between `run` and the first `dense` of a step.
  MGPK_LANES void prepare_dense(const System& system, const Modes& modes, const Real& t_h,
                                const Real& h, const State& x,
                                const std::array<Real, Upstream>& z) {
    if constexpr (n_extra > 0) {
      State at = x;
      std::array<Real, Upstream> moved;
      extra_stages(system, modes, t_h, h, x, z, at, moved, std::make_index_sequence<n_extra>{});
    }
  }

  /// The state at t + theta h for lanes whose step went from x to x_new.
  MGPK_LANES void dense(const Modes& modes, const Real& theta, const Real& h, const State& x,
                        const std::array<Real, Upstream>& z, State& at) const {
    if constexpr (Upstream > 0) upstream_at(modes, theta * h, z, at);
    dense(theta, h, x, at, std::make_index_sequence<Pair::n_stages + n_extra>{});
  }

 private:
  template <std::size_t... Stage>
  MGPK_LANES void stages(const System& system, const Modes& modes, const Real& t_h, const Real& h,
                         const State& x, const std::array<Real, Upstream>& z, State& at,
                         std::array<Real, Upstream>& z_new, std::index_sequence<Stage...>) {
    (stage<Stage + 1>(system, modes, t_h, h, x, z, at, z_new), ...);
  }
  template <std::size_t... Extra>
  MGPK_LANES void extra_stages(const System& system, const Modes& modes, const Real& t_h,
                               const Real& h, const State& x, const std::array<Real, Upstream>& z,
                               State& at, std::array<Real, Upstream>& moved,
                               std::index_sequence<Extra...>) {
    (stage<Pair::n_stages + Extra>(system, modes, t_h, h, x, z, at, moved), ...);
  }

  template <std::size_t Stage>
  MGPK_LANES void stage(const System& system, const Modes& modes, const Real& t_h, const Real& h,
                        const State& x, const std::array<Real, Upstream>& z, State& at,
                        std::array<Real, Upstream>& z_new) {
    if constexpr (Upstream > 0) {
      // Two stages at the same time share their values.
      if constexpr (Pair::c[Stage] != Pair::c[Stage - 1])
        move_upstream(modes, Pair::c[Stage] * h, z, z_new, at);
    }
    for (std::size_t i = first; i < last; ++i) at[i] = fma(h, weighted<Stage>(i), x[i]);
    system.derivatives(fma(h, Real(Pair::c[Stage]), t_h), at, k_[Stage]);
  }

  template <std::size_t Stage>
  MGPK_LANES Real weighted(std::size_t i) const {
    return weighted<Stage>(i, std::make_index_sequence<Stage - 1>{});
  }
  template <std::size_t Stage, std::size_t... Earlier>
  MGPK_LANES Real weighted(std::size_t i, std::index_sequence<Earlier...>) const {
    Real sum = Real(Pair::a[Stage][0]) * k_[0][i];
    ((sum = add<Pair::a[Stage][Earlier + 1] != 0.0>(Pair::a[Stage][Earlier + 1], k_[Earlier + 1][i],
                                                    sum)),
     ...);
    return sum;
  }
  template <bool Needed>
  static MGPK_LANES Real add(const Real& weight, const Real& slope, const Real& sum) {
    if constexpr (Needed) {
      return fma(weight, slope, sum);
    } else {
      return sum;
    }
  }
  /// The error over h. With two estimates e of order 5 and c of order 3 it is Hairer's mean
  /// e^2 / sqrt(e^2 + 0.01 c^2), which falls like h^7.
  MGPK_LANES Real error_of(std::size_t i) const {
    constexpr auto later = std::make_index_sequence<Pair::n_stages - 1>{};
    const Real fine = error_by<Pair::error>(i, later);
    if constexpr (requires { Pair::error_coarse; }) {
      constexpr double least = 1e-300;  // keeps 0/0 away
      const Real coarse = 0.1 * error_by<Pair::error_coarse>(i, later);
      return fine * fine / sqrt(fma(fine, fine, fma(coarse, coarse, Real(least))));
    } else {
      return fine;
    }
  }
  template <const auto& Weights, std::size_t... Later>
  MGPK_LANES Real error_by(std::size_t i, std::index_sequence<Later...>) const {
    Real sum = Real(Weights[0]) * k_[0][i];
    ((sum = add<Weights[Later + 1] != 0.0>(Weights[Later + 1], k_[Later + 1][i], sum)), ...);
    return sum;
  }

  static MGPK_LANES void move_upstream(const Modes& modes, const Real& tau_h,
                                       const std::array<Real, Upstream>& z,
                                       std::array<Real, Upstream>& moved, State& at) {
    for (std::size_t i = 0; i < Upstream; ++i) moved[i] = z[i] * exp(-modes.k_per_h[i] * tau_h);
    for (std::size_t i = 0; i < Upstream; ++i) {
      Real sum = modes.rest[i] + moved[i];
      for (std::size_t j = 0; j < i; ++j) sum = fma(modes.shape[i][j], moved[j], sum);
      at[i] = sum;
    }
  }
  static MGPK_LANES void upstream_at(const Modes& modes, const Real& tau_h,
                                     const std::array<Real, Upstream>& z, State& at) {
    std::array<Real, Upstream> moved;
    move_upstream(modes, tau_h, z, moved, at);
  }

  // Unrolled: stages that the interpolant does not use must cost nothing.
  template <std::size_t... Stage>
  MGPK_LANES void dense(const Real& theta, const Real& h, const State& x, State& at,
                        std::index_sequence<Stage...>) const {
    const std::array<Real, sizeof...(Stage)> weight{dense_weight<Stage>(theta) * h...};
    for (std::size_t i = first; i < n; ++i) {
      Real sum = x[i];
      ((sum = add<is_dense<Stage>>(weight[Stage], k_[Stage][i], sum)), ...);
      at[i] = sum;
    }
  }
  template <std::size_t Stage>
  static constexpr bool is_dense =
      Pair::dense[Stage] != std::array<double, Pair::dense[0].size()>{};

  template <std::size_t Stage>
  static MGPK_LANES Real dense_weight(const Real& theta) {
    if constexpr (!is_dense<Stage>) return Real(0.0);
    constexpr auto p = Pair::dense[Stage];
    Real sum = p[p.size() - 1];
    if constexpr (requires { Pair::dense_is_two_sided; }) {
      const Real rest = 1.0 - theta;
      for (std::size_t j = p.size() - 1; j-- > 0;)
        sum = fma(sum, j % 2 == 0 ? rest : theta, Real(p[j]));
    } else {
      for (std::size_t j = p.size() - 1; j-- > 0;) sum = fma(sum, theta, Real(p[j]));
    }
    return sum * theta;
  }

  std::array<State, Pair::n_stages + n_extra> k_;
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
