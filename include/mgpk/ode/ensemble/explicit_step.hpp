// One step of an explicit pair, in lanes: every lane with a length of its own.
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include <mgpk/ode/ensemble/structure.hpp>
#include <mgpk/ode/ensemble/upstream.hpp>
#include <mgpk/ode/lanes/lanes.hpp>
#include <mgpk/ode/lanes/math.hpp>

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

/// The upstream chain of a batch: its modes, and which states it drives in any lane.
template <class System, class Real, std::size_t N>
struct UpstreamOfLanes {
  static constexpr std::size_t n = System::n_states;
  using Amplitudes = std::array<Real, N>;
  using State = std::array<Real, n>;

  UpstreamModes<N, n, Real> modes{};
  std::array<std::size_t, n> driven{};  ///< the first n_driven entries
  std::size_t n_driven = 0;

  /// Remembers what this person's chain drives. Read-outs are left to their quadrature.
  void note(const UpstreamModes<N, n, double>& person) {
    for (std::size_t i = N; i < n - n_readouts_of<System>(); ++i) {
      bool drives = person.feed[i] != 0.0;
      for (std::size_t k = 0; k < N; ++k) drives = drives || person.drive[i][k] != 0.0;
      bool known = false;
      for (std::size_t d = 0; d < n_driven; ++d) known = known || driven[d] == i;
      if (drives && !known) driven[n_driven++] = i;
    }
  }

  /// What is left of each mode after tau_h, as a share.
  MGPK_LANES Amplitudes left_after(const Real& tau_h) const {
    Amplitudes left;
    for (std::size_t k = 0; k < N; ++k) left[k] = exp(-(modes.k_per_h[k] * tau_h));
    return left;
  }
  /// Writes the chain's states.
  MGPK_LANES void write(const Amplitudes& z, State& x) const {
    for (std::size_t i = 0; i < N; ++i) {
      Real sum = modes.rest[i] + z[i];
      for (std::size_t j = 0; j < i; ++j) sum = fma(modes.shape[i][j], z[j], sum);
      x[i] = sum;
    }
  }
  /// Adds what has flowed into the driven states in tau_h, while z became z_after.
  MGPK_LANES void add_flown(const Real& tau_h, const Amplitudes& z, const Amplitudes& z_after,
                            State& x) const {
    Amplitudes gone;
    for (std::size_t k = 0; k < N; ++k) gone[k] = (z[k] - z_after[k]) * modes.tau_h[k];
    for (std::size_t d = 0; d < n_driven; ++d) {
      const std::size_t i = driven[d];
      Real sum = fma(modes.feed[i], tau_h, x[i]);
      for (std::size_t k = 0; k < N; ++k) sum = fma(modes.drive[i][k], gone[k], sum);
      x[i] = sum;
    }
  }
  /// Takes out of the slopes what add_flown accounts for.
  MGPK_LANES void take_out(const Amplitudes& z, State& slope) const {
    for (std::size_t d = 0; d < n_driven; ++d) {
      const std::size_t i = driven[d];
      Real sum = slope[i] - modes.feed[i];
      for (std::size_t k = 0; k < N; ++k) sum = fma(-modes.drive[i][k], z[k], sum);
      slope[i] = sum;
    }
  }
};

/// The stages of a step of `Pair` for `System` on `Real`, which holds parameters in lanes. States
/// of the upstream chain are given at each stage; read-outs take no part in the stages.
template <class System, class Pair, class Real, std::size_t Upstream>
class ExplicitStep {
 public:
  static constexpr std::size_t n = System::n_states;
  static constexpr std::size_t first = Upstream;  ///< the states before are known
  static constexpr std::size_t last = n - n_readouts_of<System>();
  using State = std::array<Real, n>;
  using Chain = UpstreamOfLanes<System, Real, Upstream>;
  using Amplitudes = typename Chain::Amplitudes;
  static constexpr std::size_t n_extra = registers::n_extra_of<Pair>();

  MGPK_LANES State& slope_at_start() { return k_[0]; }
  MGPK_LANES State& slope_at_end() { return k_[Pair::n_stages - 1]; }

  /// From x at t_h over h: the new state, and the estimated error of all states but the chain's.
  MGPK_LANES void run(const System& system, const Chain& chain, const Real& t_h, const Real& h,
                      const State& x, const Amplitudes& z, State& x_new, Amplitudes& z_new,
                      State& error) {
    State at = x;
    Decays left;
    if constexpr (Upstream > 0) decay(chain, h, left);
    stages(system, chain, t_h, h, x, z, left, at, z_new,
           std::make_index_sequence<Pair::n_stages - 1>{});
    // The last stage stands at the end of the step and its slope starts the next one.
    x_new = at;
    for (std::size_t i = last; i < n; ++i) x_new[i] = fma(h, weighted<Pair::n_stages - 1>(i), x[i]);
    for (std::size_t i = first; i < n; ++i) error[i] = h * error_of(i);
  }

  /// To be called between `run` and the first `dense` of a step.
  MGPK_LANES void prepare_dense(const System& system, const Chain& chain, const Real& t_h,
                                const Real& h, const State& x, const Amplitudes& z) {
    if constexpr (n_extra > 0) {
      State at = x;
      Amplitudes moved;
      extra_stages(system, chain, t_h, h, x, z, at, moved, std::make_index_sequence<n_extra>{});
    }
  }

  /// The state at t + theta h for lanes whose step went from x to x_new.
  MGPK_LANES void dense(const Chain& chain, const Real& theta, const Real& h, const State& x,
                        const Amplitudes& z, State& at) const {
    constexpr std::size_t n_weights = Pair::n_stages + n_extra;
    std::array<Real, n_weights> weight;
    for (std::size_t s = 0; s < n_weights; ++s) weight[s] = dense_weight(s, theta) * h;
    for (std::size_t i = first; i < n; ++i) {
      Real sum = x[i];
      for (std::size_t s = 0; s < n_weights; ++s)
        if (Pair::dense[s] != std::array<double, Pair::dense[0].size()>{})
          sum = fma(weight[s], k_[s][i], sum);
      at[i] = sum;
    }
    if constexpr (Upstream > 0) {
      const Real tau_h = theta * h;
      Amplitudes moved = chain.left_after(tau_h);
      for (std::size_t k = 0; k < Upstream; ++k) moved[k] = moved[k] * z[k];
      chain.write(moved, at);
      chain.add_flown(tau_h, z, moved, at);
    }
  }

 private:
  /// What is left of each mode at each stage.
  using Decays = std::array<Amplitudes, Pair::n_stages>;

  /// All exponentials in one loop, which keeps their constants in registers.
  static MGPK_LANES void decay(const Chain& chain, const Real& h, Decays& left) {
    for (std::size_t s = 1; s < Pair::n_stages; ++s)
      if (Pair::c[s] != Pair::c[s - 1]) left[s] = chain.left_after(Pair::c[s] * h);
  }

  template <std::size_t... Stage>
  MGPK_LANES void stages(const System& system, const Chain& chain, const Real& t_h, const Real& h,
                         const State& x, const Amplitudes& z, const Decays& left, State& at,
                         Amplitudes& z_new, std::index_sequence<Stage...>) {
    (stage<Stage + 1>(system, chain, t_h, h, x, z, left[Stage + 1], at, z_new), ...);
  }

  template <std::size_t... Extra>
  MGPK_LANES void extra_stages(const System& system, const Chain& chain, const Real& t_h,
                               const Real& h, const State& x, const Amplitudes& z, State& at,
                               Amplitudes& moved, std::index_sequence<Extra...>) {
    Decays left;
    if constexpr (Upstream > 0)
      ((left[Extra] = chain.left_after(Pair::c[Pair::n_stages + Extra] * h)), ...);
    (stage<Pair::n_stages + Extra>(system, chain, t_h, h, x, z, left[Extra], at, moved), ...);
  }

  template <std::size_t Stage>
  MGPK_LANES void stage(const System& system, const Chain& chain, const Real& t_h, const Real& h,
                        const State& x, const Amplitudes& z, const Amplitudes& left, State& at,
                        Amplitudes& z_new) {
    const Real tau_h = Pair::c[Stage] * h;
    for (std::size_t i = first; i < last; ++i) at[i] = fma(h, weighted<Stage>(i), x[i]);
    if constexpr (Upstream > 0) {
      // Two stages at the same time share their values.
      if constexpr (Pair::c[Stage] != Pair::c[Stage - 1])
        for (std::size_t k = 0; k < Upstream; ++k) z_new[k] = z[k] * left[k];
      chain.write(z_new, at);
      chain.add_flown(tau_h, z, z_new, at);
    }
    system.derivatives(t_h + tau_h, at, k_[Stage]);
    if constexpr (Upstream > 0) chain.take_out(z_new, k_[Stage]);
  }

  template <std::size_t Stage>
  MGPK_LANES Real weighted(std::size_t i) const {
    return weighted<Stage>(i, std::make_index_sequence<Stage - 1>{});
  }
  template <std::size_t Stage, std::size_t... Earlier>
  MGPK_LANES Real weighted(std::size_t i, std::index_sequence<Earlier...>) const {
    constexpr auto weights = Pair::a[Stage];
    constexpr double first_weight = weights[0];
    Real sum = Real(first_weight) * k_[0][i];
    ((sum = add<weights[Earlier + 1] == 0.0 ? 0 : Earlier + 1>(weights[Earlier + 1], i, sum)), ...);
    return sum;
  }
  /// Adds stage `Stage` with its weight; stage 0 stands for none.
  template <std::size_t Stage>
  MGPK_LANES Real add(double weight, std::size_t i, const Real& sum) const {
    if constexpr (Stage > 0) {
      return fma(Real(weight), k_[Stage][i], sum);
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
    constexpr auto weights = Weights;
    constexpr double first_weight = weights[0];
    Real sum = Real(first_weight) * k_[0][i];
    ((sum = add<weights[Later + 1] == 0.0 ? 0 : Later + 1>(weights[Later + 1], i, sum)), ...);
    return sum;
  }

  static MGPK_LANES Real dense_weight(std::size_t stage, const Real& theta) {
    const auto& p = Pair::dense[stage];
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
