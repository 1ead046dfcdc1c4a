// One step of an explicit pair, in lanes: every lane with a length of its own.
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include <mgpk/ode/ensemble/parts.hpp>
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

/// The stages of a step of `Pair` for `System` on `Wide`: lanes, or dual numbers over lanes. States
/// of the upstream chain are given at each stage; read-outs take no part in the stages.
template <class System, class Pair, class Wide, std::size_t Upstream>
class ExplicitStep {
 public:
  static constexpr std::size_t n = System::n_states;
  static constexpr std::size_t first = Upstream;  ///< the states before are known
  static constexpr std::size_t last = n - n_readouts_of<System>();
  using Real = PartOf<Wide>;
  using State = std::array<Wide, n>;
  using Chain = std::array<Wide, Upstream>;
  using Modes = UpstreamModes<Upstream, Wide>;
  static constexpr std::size_t n_extra = registers::n_extra_of<Pair>();

  State& slope_at_start() { return k_[0]; }
  State& slope_at_end() { return k_[Pair::n_stages - 1]; }

  /// From x at t_h over h: the new state, and the estimated error of all states but the chain's.
  MGPK_LANES void run(const System& system, const Modes& modes, const Real& t_h, const Real& h,
                      const State& x, const Chain& z, State& x_new,
                      Chain& z_new, std::array<Real, n>& error) {
    for (std::size_t i = last; i < n; ++i) x_new[i] = x[i];
    Decays decays;
    if constexpr (Upstream > 0) decay(modes, h, 1, Pair::n_stages, decays);
    // The last stage stands at the end of the step and its slope starts the next one.
    stages(system, modes, t_h, h, x, z, decays, x_new, z_new,
           std::make_index_sequence<Pair::n_stages - 1>{});
    advance<Pair::n_stages - 1>(h, x, last, n, x_new);
    for (std::size_t i = first; i < n; ++i) error[i] = h * error_of(i);
  }

  /// To be called between `run` and the first `dense` of a step.
  MGPK_LANES void prepare_dense(const System& system, const Modes& modes, const Real& t_h,
                                const Real& h, const State& x,
                                const Chain& z) {
    if constexpr (n_extra > 0) {
      State at = x;
      Chain moved;
      Decays decays;
      if constexpr (Upstream > 0)
        decay(modes, h, Pair::n_stages, Pair::n_stages + n_extra, decays);
      extra_stages(system, modes, t_h, h, x, z, decays, at, moved,
                   std::make_index_sequence<n_extra>{});
    }
  }

  /// The state at t + theta h for lanes whose step went from x to x_new.
  MGPK_LANES void dense(const Modes& modes, const Real& theta, const Real& h, const State& x,
                        const Chain& z, State& at) const {
    constexpr std::size_t n_weights = Pair::n_stages + n_extra;
    std::array<Real, n_weights> weight;
    for (std::size_t s = 0; s < n_weights; ++s) weight[s] = dense_weight(s, theta) * h;
    if constexpr (Upstream > 0) upstream_at(modes, theta * h, z, at);
    for (std::size_t i = first; i < n; ++i)
      for (std::size_t p = 0; p < n_parts_of<Wide>; ++p) {
        Real sum = part(x[i], p);
        for (std::size_t s = 0; s < n_weights; ++s)
          if (Pair::dense[s] != std::array<double, Pair::dense[0].size()>{})
            sum = fma(weight[s], part(k_[s][i], p), sum);
        part(at[i], p) = sum;
      }
  }

 private:
  /// What is left of each mode at each stage.
  using Decays = std::array<std::array<Real, Upstream>, Pair::n_stages + n_extra>;

  template <std::size_t... Stage>
  MGPK_LANES void stages(const System& system, const Modes& modes, const Real& t_h, const Real& h,
                         const State& x, const Chain& z, const Decays& decays,
                         State& at, Chain& z_new,
                         std::index_sequence<Stage...>) {
    (stage<Stage + 1>(system, modes, t_h, h, x, z, decays, at, z_new), ...);
  }
  template <std::size_t... Extra>
  MGPK_LANES void extra_stages(const System& system, const Modes& modes, const Real& t_h,
                               const Real& h, const State& x, const Chain& z,
                               const Decays& decays, State& at, Chain& moved,
                               std::index_sequence<Extra...>) {
    (stage<Pair::n_stages + Extra>(system, modes, t_h, h, x, z, decays, at, moved), ...);
  }

  template <std::size_t Stage>
  MGPK_LANES void stage(const System& system, const Modes& modes, const Real& t_h, const Real& h,
                        const State& x, const Chain& z, const Decays& decays,
                        State& at, Chain& z_new) {
    if constexpr (Upstream > 0) {
      // Two stages at the same time share their values.
      if constexpr (Pair::c[Stage] != Pair::c[Stage - 1])
        move_upstream(modes, Pair::c[Stage] * h, decays[Stage], z, z_new, at);
    }
    advance<Stage>(h, x, first, last, at);
    system.derivatives(Wide(fma(h, Real(Pair::c[Stage]), t_h)), at, k_[Stage]);
  }

  /// States `begin` to `end` where the stage stands. All parts of a number go the same way.
  template <std::size_t Stage>
  MGPK_LANES void advance(const Real& h, const State& x, std::size_t begin, std::size_t end,
                          State& at) const {
    for (std::size_t i = begin; i < end; ++i)
      for (std::size_t p = 0; p < n_parts_of<Wide>; ++p)
        part(at[i], p) = fma(h, weighted<Stage>(i, p, stages_before<Stage>), part(x[i], p));
  }
  template <std::size_t Stage>
  static constexpr auto stages_before = std::make_index_sequence<Stage - 1>{};

  template <std::size_t Stage, std::size_t... Earlier>
  MGPK_LANES Real weighted(std::size_t i, std::size_t p, std::index_sequence<Earlier...>) const {
    Real sum = Real(Pair::a[Stage][0]) * part(k_[0][i], p);
    ((sum = add<Pair::a[Stage][Earlier + 1] != 0.0>(Pair::a[Stage][Earlier + 1],
                                                    part(k_[Earlier + 1][i], p), sum)),
     ...);
    return sum;
  }
  template <bool Needed>
  static MGPK_LANES Real add(double weight, const Real& slope, const Real& sum) {
    if constexpr (Needed) {
      return fma(Real(weight), slope, sum);
    } else {
      return sum;
    }
  }
  /// The error of the value over h. With two estimates e of order 5 and c of order 3 it is Hairer's mean
  /// e^2 / sqrt(e^2 + 0.01 c^2), which falls like h^7.
  MGPK_LANES Real error_of(std::size_t i) const {
    const Real fine = error_by<Pair::error>(i, stages_before<Pair::n_stages>);
    if constexpr (requires { Pair::error_coarse; }) {
      constexpr double least = 1e-300;  // keeps 0/0 away
      const Real coarse = 0.1 * error_by<Pair::error_coarse>(i, stages_before<Pair::n_stages>);
      return fine * fine / sqrt(fma(fine, fine, fma(coarse, coarse, Real(least))));
    } else {
      return fine;
    }
  }
  template <const auto& Weights, std::size_t... Later>
  MGPK_LANES Real error_by(std::size_t i, std::index_sequence<Later...>) const {
    Real sum = Real(Weights[0]) * part(k_[0][i], 0);
    ((sum = add<Weights[Later + 1] != 0.0>(Weights[Later + 1], part(k_[Later + 1][i], 0), sum)),
     ...);
    return sum;
  }

  /// All exponentials in one loop, which keeps their constants in registers.
  static MGPK_LANES void decay(const Modes& modes, const Real& h, std::size_t begin,
                               std::size_t end, Decays& decays) {
    for (std::size_t s = begin; s < end; ++s) {
      if (Pair::c[s] == Pair::c[s - 1]) continue;
      const Real tau_h = Pair::c[s] * h;
      for (std::size_t k = 0; k < Upstream; ++k)
        decays[s][k] = exp(-(part(modes.k_per_h[k], 0) * tau_h));
    }
  }
  /// The chain a time tau_h later, when `left` is what is left of its modes.
  static MGPK_LANES void move_upstream(const Modes& modes, const Real& tau_h,
                                       const std::array<Real, Upstream>& left, const Chain& z,
                                       Chain& moved, State& at) {
    for (std::size_t i = 0; i < Upstream; ++i) {
      const Real& amplitude = part(z[i], 0);
      part(moved[i], 0) = amplitude * left[i];
      for (std::size_t p = 1; p < n_parts_of<Wide>; ++p)
        part(moved[i], p) =
            left[i] * fma(-(tau_h * amplitude), part(modes.k_per_h[i], p), part(z[i], p));
    }
    for (std::size_t i = 0; i < Upstream; ++i) {
      Wide sum = modes.rest[i] + moved[i];
      for (std::size_t j = 0; j < i; ++j) sum = fma(modes.shape[i][j], moved[j], sum);
      at[i] = sum;
    }
  }
  static MGPK_LANES void upstream_at(const Modes& modes, const Real& tau_h, const Chain& z,
                                     State& at) {
    std::array<Real, Upstream> left;
    Chain moved;
    for (std::size_t k = 0; k < Upstream; ++k)
      left[k] = exp(-(part(modes.k_per_h[k], 0) * tau_h));
    move_upstream(modes, tau_h, left, z, moved, at);
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
