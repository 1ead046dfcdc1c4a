// One step of an explicit pair, in lanes: every lane with a length of its own.
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <mgpk/ode/ensemble/memo.hpp>
#include <mgpk/ode/ensemble/parts.hpp>
#include <mgpk/ode/ensemble/stage_slopes.hpp>
#include <mgpk/ode/ensemble/step_values.hpp>
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
  using Slopes = StageSlopes<Pair, Wide, n>;
  static constexpr bool has_slopes = n_slopes_of<Wide> > 0;
  using Values = StepValues<Real, n, Upstream, Pair::n_stages>;

  MGPK_LANES State& slope_at_start() { return k_[0]; }
  /// The steps to come start with this slope instead, or again with the step's own.
  void start_with(const State& slope)
    requires has_slopes
  {
    k_.start_with(slope);
  }
  /// How the evaluations of the steps to come share their dear results with those of other groups.
  void use_tape(TapeUse use)
    requires has_slopes
  {
    tape_use_ = use;
  }
  /// The steps to come note their values there, or nowhere.
  void note_values_in(Values* values)
    requires has_slopes
  {
    noted_ = values;
  }
  MGPK_LANES const State& slope(std::size_t stage) const { return k_[stage]; }
  MGPK_LANES State& slope_at_end() { return k_[Slopes::end]; }
  /// The lanes of the mask start anew, with this slope.
  template <class Mask>
  MGPK_LANES void start(const Mask& which, const State& slope) {
    k_.start(which, slope);
  }
  /// The next step of the lanes of the mask starts where their last one ended.
  template <class Mask>
  MGPK_LANES void accept(const Mask& which) {
    k_.start(which, k_[Slopes::end]);
  }

  /// Whether h rho is above the limit, by the two stages at the end of the step. Each state counts
  /// by its size, sizes below the floor alike.
  auto held_back(const State& x_new, double limit, double floor) const;

  /// From x at t_h over h: the new state, and the estimated error of all states but the chain's.
  MGPK_LANES void run(const System& system, const Chain& chain, const Real& t_h, const Real& h,
                      const State& x, const Amplitudes& z, State& x_new, Amplitudes& z_new,
                      std::array<Real, n>& error) {
    const auto values = [&](std::size_t stage, const State& at) MGPK_INLINED {
      if constexpr (has_slopes)
        if (noted_) noted_->note(stage, at);
    };
    take<0>(system, chain, t_h, h, x, z, x_new, z_new, values);
    if constexpr (has_slopes)
      if (noted_) noted_->note_end(x_new, z_new);
    for (std::size_t i = first; i < n; ++i) error[i] = h * error_of(i);
  }

  /// The same step for further slopes: its values are known.
  MGPK_LANES void follow(const Values& known, const System& system, const Chain& chain,
                         const Real& t_h, const Real& h, const State& x, const Amplitudes& z,
                         State& x_new, Amplitudes& z_new)
    requires has_slopes
  {
    static_assert(Upstream == 0 || Slopes::n_extra == 0,
                  "a chain at rest leaves no values for the extra stages");
    if constexpr (Upstream > 0)
      if (!chain.moves()) chain.rest(x_new, z_new);
    const auto values = [&](std::size_t stage, State& at) MGPK_INLINED { known.read(stage, at); };
    take<1>(system, chain, t_h, h, x, z, x_new, z_new, values);
    known.read_end(x_new, z_new);
  }

  /// To be called between `run` and the first `dense` of a step.
  MGPK_LANES void prepare_dense(const System& system, const Chain& chain, const Real& t_h,
                                const Real& h, const State& x, const Amplitudes& z) {
    if constexpr (Slopes::n_extra > 0) {
      State at = x;
      Amplitudes moved;
      extra_stages(system, chain, t_h, h, x, z, at, moved,
                   std::make_index_sequence<Slopes::n_extra>{});
    }
  }

  /// The state at t + theta h for lanes whose step went from x to x_new.
  MGPK_LANES void dense(const Chain& chain, const Real& theta, const Real& h, const State& x,
                        const Amplitudes& z, State& at) const {
    k_.dense(theta, h, x, first, at);
    if constexpr (Upstream > 0) {
      if (!chain.moves()) return;
      const Real tau_h = theta * h;
      Amplitudes moved;
      chain.move(tau_h, chain.left_after(tau_h), z, moved);
      chain.write(moved, at);
      chain.add_flown(tau_h, z, moved, at);
    }
  }

 private:
  using Left = std::array<Real, Upstream>;

  /// Parts of each number from `FirstPart` on; `values` is told of each stage before it is
  /// evaluated, or brings the part that is left out.
  template <std::size_t FirstPart, class ValuesOfStage>
  MGPK_LANES void take(const System& system, const Chain& chain, const Real& t_h, const Real& h,
                       const State& x, const Amplitudes& z, State& x_new, Amplitudes& z_new,
                       ValuesOfStage&& values) {
    for (std::size_t i = last; i < n; ++i) x_new[i] = x[i];
    Left left;
    if constexpr (Upstream > 0)
      if (chain.moves()) left = chain.left_after(Pair::c[1] * h);
    // The last stage stands at the end of the step and its slope starts the next one.
    [&]<std::size_t... Stage>(std::index_sequence<Stage...>) MGPK_INLINED {
      (stage<Stage + 1, FirstPart>(system, chain, t_h, h, x, z, left, x_new, z_new, values), ...);
    }(std::make_index_sequence<Slopes::end>{});
    k_.template advance<Slopes::end, FirstPart>(h, x, last, n, x_new);
  }

  template <std::size_t... Extra>
  MGPK_LANES void extra_stages(const System& system, const Chain& chain, const Real& t_h,
                               const Real& h, const State& x, const Amplitudes& z, State& at,
                               Amplitudes& moved, std::index_sequence<Extra...>) {
    const auto extra = [&]<std::size_t Stage>() MGPK_INLINED {
      Left left;
      if constexpr (Upstream > 0) left = chain.left_after(Pair::c[Stage] * h);
      stage<Stage, 0>(system, chain, t_h, h, x, z, left, at, moved, [](std::size_t, State&) {});
    };
    (extra.template operator()<Pair::n_stages + Extra>(), ...);
  }

  template <std::size_t Stage, std::size_t FirstPart, class ValuesOfStage>
  MGPK_LANES void stage(const System& system, const Chain& chain, const Real& t_h, const Real& h,
                        const State& x, const Amplitudes& z, Left& left, State& at,
                        Amplitudes& z_new, ValuesOfStage&& values) {
    k_.template advance<Stage, FirstPart>(h, x, first, last, at);
    if constexpr (Upstream > 0)
      if (chain.moves()) move_chain<Stage>(chain, h, z, left, at, z_new);
    values(Stage, at);
    evaluate(system, t_h + Pair::c[Stage] * h, at, k_[Stage]);
    if constexpr (Upstream > 0)
      if (chain.moves()) chain.take_out(z_new, k_[Stage]);
  }

  template <std::size_t Stage>
  MGPK_LANES void move_chain(const Chain& chain, const Real& h, const Amplitudes& z, Left& left,
                             State& at, Amplitudes& z_new) const {
    const Real tau_h = Pair::c[Stage] * h;
    // Two stages at the same time share their values.
    if constexpr (Pair::c[Stage] != Pair::c[Stage - 1]) chain.move(tau_h, left, z, z_new);
    chain.write(z_new, at);
    chain.add_flown(tau_h, z, z_new, at);
    // Those of the next stage are worked out while the slope of this one is waited for.
    if constexpr (Stage + 1 < Pair::n_stages && Pair::c[Stage + 1] != Pair::c[Stage])
      left = chain.left_after(Pair::c[Stage + 1] * h);
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

  /// The error of the value over h. With two estimates e of order 5 and c of order 3 it is Hairer's
  /// mean e^2 / sqrt(e^2 + 0.01 c^2), which falls like h^7.
  MGPK_LANES Real error_of(std::size_t i) const;

  Slopes k_;
  std::conditional_t<has_slopes, Values*, Ignored> noted_{nullptr};
  TapeUse tape_use_ = TapeUse::none;
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode

#include <mgpk/ode/ensemble/step_judgement.hpp>  // IWYU pragma: export
