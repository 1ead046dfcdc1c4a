// One step of an explicit pair, in lanes: every lane with a length of its own.
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <mgpk/ode/ensemble/extra_stages.hpp>
#include <mgpk/ode/ensemble/memo.hpp>
#include <mgpk/ode/ensemble/parts.hpp>
#include <mgpk/ode/ensemble/structure.hpp>
#include <mgpk/ode/ensemble/upstream_of_lanes.hpp>
#include <mgpk/ode/lanes/lanes.hpp>
#include <mgpk/ode/lanes/math.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

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
  using Chain = UpstreamOfLanes<System, Wide, Upstream>;
  using Amplitudes = typename Chain::Amplitudes;
  static constexpr std::size_t n_extra = registers::n_extra_of<Pair>();
  static constexpr bool has_slopes = n_slopes_of<Wide> > 0;

  ExplicitStep() = default;
  ExplicitStep(const ExplicitStep&) = delete;
  ExplicitStep& operator=(const ExplicitStep&) = delete;
  MGPK_LANES State& slope_at_start() { return k_[0]; }
  /// The steps to come start with this slope instead, or again with the step's own.
  void start_with(const State& slope)
    requires has_slopes
  {
    start_ = &slope;
  }
  /// How the evaluations of the steps to come share their dear results with those of other groups.
  void use_tape(TapeUse use)
    requires has_slopes
  {
    tape_use_ = use;
  }
  MGPK_LANES const State& slope(std::size_t stage) const { return k_[stage]; }
  MGPK_LANES State& slope_at_end() { return k_[Pair::n_stages - 1]; }
  /// The lanes of the mask start anew, with this slope.
  template <class Mask>
  MGPK_LANES void start(const Mask& which, const State& slope) {
    for (std::size_t i = 0; i < n; ++i) k_[0][i] = select(which, slope[i], k_[0][i]);
  }
  /// The next step of the lanes of the mask starts where their last one ended.
  template <class Mask>
  MGPK_LANES void accept(const Mask& which) {
    for (std::size_t i = 0; i < n; ++i)
      k_[0][i] = select(which, k_[Pair::n_stages - 1][i], k_[0][i]);
  }

  /// Whether h rho is above the limit, by the two stages at the end of the step. Each state counts
  /// by its size, sizes below the floor alike.
  auto held_back(const State& x_new, double limit, double floor) const;

  /// From x at t_h over h: the new state, and the estimated error of all states but the chain's.
  MGPK_LANES void run(const System& system, const Chain& chain, const Real& t_h, const Real& h,
                      const State& x, const Amplitudes& z, State& x_new, Amplitudes& z_new,
                      std::array<Real, n>& error) {
    for (std::size_t i = last; i < n; ++i) x_new[i] = x[i];
    // The last stage stands at the end of the step and its slope starts the next one.
    stages(system, chain, t_h, h, x, z, x_new, z_new,
           std::make_index_sequence<Pair::n_stages - 1>{});
    advance<Pair::n_stages - 1>(h, x, last, n, x_new);
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
    dense(theta, h, x, at, std::make_index_sequence<Pair::n_stages + n_extra>{});
    if constexpr (Upstream > 0) {
      const Real tau_h = theta * h;
      Amplitudes moved;
      chain.move(tau_h, chain.left_after(tau_h), z, moved);
      chain.write(moved, at);
      chain.add_flown(tau_h, z, moved, at);
    }
  }

 private:
  using Left = std::array<Real, Upstream>;

  template <std::size_t... Stage>
  MGPK_LANES void stages(const System& system, const Chain& chain, const Real& t_h, const Real& h,
                         const State& x, const Amplitudes& z, State& at, Amplitudes& z_new,
                         std::index_sequence<Stage...>) {
    Left left;
    if constexpr (Upstream > 0) left = chain.left_after(Pair::c[1] * h);
    (stage<Stage + 1>(system, chain, t_h, h, x, z, left, at, z_new), ...);
  }

  template <std::size_t... Extra>
  MGPK_LANES void extra_stages(const System& system, const Chain& chain, const Real& t_h,
                               const Real& h, const State& x, const Amplitudes& z, State& at,
                               Amplitudes& moved, std::index_sequence<Extra...>) {
    const auto extra = [&]<std::size_t Stage>() MGPK_INLINED {
      Left left;
      if constexpr (Upstream > 0) left = chain.left_after(Pair::c[Stage] * h);
      stage<Stage>(system, chain, t_h, h, x, z, left, at, moved);
    };
    (extra.template operator()<Pair::n_stages + Extra>(), ...);
  }

  template <std::size_t Stage>
  MGPK_LANES void stage(const System& system, const Chain& chain, const Real& t_h, const Real& h,
                        const State& x, const Amplitudes& z, Left& left, State& at,
                        Amplitudes& z_new) {
    const Real tau_h = Pair::c[Stage] * h;
    advance<Stage>(h, x, first, last, at);
    if constexpr (Upstream > 0) {
      // Two stages at the same time share their values.
      if constexpr (Pair::c[Stage] != Pair::c[Stage - 1]) chain.move(tau_h, left, z, z_new);
      chain.write(z_new, at);
      chain.add_flown(tau_h, z, z_new, at);
      // Those of the next stage are worked out while the slope of this one is waited for.
      if constexpr (Stage + 1 < Pair::n_stages && Pair::c[Stage + 1] != Pair::c[Stage])
        left = chain.left_after(Pair::c[Stage + 1] * h);
    }
    evaluate(system, t_h + tau_h, at, k_[Stage]);
    if constexpr (Upstream > 0) chain.take_out(z_new, k_[Stage]);
  }

  MGPK_LANES void evaluate(const System& system, const Real& t_h, const State& x, State& dxdt) {
    if constexpr (has_slopes) {
      if (tape_use_ == TapeUse::note)
        return derivatives_over_tape<MemoUse::note>(system, t_h, x, dxdt);
      if (tape_use_ == TapeUse::read)
        return derivatives_over_tape<MemoUse::read>(system, t_h, x, dxdt);
    }
    system.derivatives(Wide(t_h), x, dxdt);
  }

  /// States `begin` to `end` where the stage stands. All parts of a number go the same way.
  template <std::size_t Stage>
  MGPK_LANES void advance(const Real& h, const State& x, std::size_t begin, std::size_t end,
                          State& at) const {
    constexpr auto earlier = std::make_index_sequence<Stage - 1>{};
    for (std::size_t i = begin; i < end; ++i)
      for (std::size_t p = 0; p < n_parts_of<Wide>; ++p)
        part(at[i], p) = fma(h, weighted<Stage>(i, p, earlier), part(x[i], p));
  }
  template <std::size_t Stage>
  MGPK_LANES Real sum_of(std::size_t i) const {
    return weighted<Stage>(i, 0, std::make_index_sequence<Stage - 1>{});
  }
  template <std::size_t Stage, std::size_t... Earlier>
  MGPK_LANES Real weighted(std::size_t i, std::size_t p, std::index_sequence<Earlier...>) const {
    constexpr auto weights = Pair::a[Stage];
    constexpr double first_weight = weights[0];
    Real sum = Real(first_weight) * part(k(0)[i], p);
    ((sum = add<weights[Earlier + 1] != 0.0>(Real(double{weights[Earlier + 1]}),
                                             part(k(Earlier + 1)[i], p), sum)),
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
  /// The error of the value over h. With two estimates e of order 5 and c of order 3 it is Hairer's
  /// mean e^2 / sqrt(e^2 + 0.01 c^2), which falls like h^7.
  MGPK_LANES Real error_of(std::size_t i) const;
  template <const auto& Weights, std::size_t... Later>
  MGPK_LANES Real error_by(std::size_t i, std::index_sequence<Later...>) const {
    constexpr auto weights = Weights;
    constexpr double first_weight = weights[0];
    Real sum = Real(first_weight) * part(k(0)[i], 0);
    ((sum = add<weights[Later + 1] != 0.0>(Real(double{weights[Later + 1]}),
                                           part(k(Later + 1)[i], 0), sum)),
     ...);
    return sum;
  }

  // Unrolled: stages that the interpolant does not use must cost nothing.
  template <std::size_t... Stage>
  MGPK_LANES void dense(const Real& theta, const Real& h, const State& x, State& at,
                        std::index_sequence<Stage...>) const {
    const std::array<Real, sizeof...(Stage)> weight{dense_weight<Stage>(theta) * h...};
    for (std::size_t i = first; i < n; ++i)
      for (std::size_t p = 0; p < n_parts_of<Wide>; ++p) {
        Real sum = part(x[i], p);
        ((sum = add<is_dense<Stage>>(weight[Stage], part(k(Stage)[i], p), sum)), ...);
        part(at[i], p) = sum;
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

  /// The slope of a stage.
  MGPK_LANES const State& k(std::size_t stage) const {
    if constexpr (has_slopes)
      if (stage == 0) return *start_;
    return k_[stage];
  }

  std::array<State, Pair::n_stages + n_extra> k_;
  // A pointer only where the slope may lie elsewhere: a GPU keeps in registers what has none.
  std::conditional_t<has_slopes, const State*, Ignored> start_{&k_[0]};
  TapeUse tape_use_ = TapeUse::none;
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode

#include <mgpk/ode/ensemble/step_judgement.hpp>  // IWYU pragma: export
