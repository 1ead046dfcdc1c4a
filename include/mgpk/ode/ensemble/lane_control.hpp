// Judging a step and choosing the next one, lane by lane: the rules of step_control.hpp.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

#include <mgpk/ode/concepts.hpp>
#include <mgpk/ode/lanes/math.hpp>
#include <mgpk/ode/lanes/rough.hpp>
#include <mgpk/ode/options.hpp>
#include <mgpk/ode/step_control.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// The part of the options that a step is judged by: two numbers, which a device can hold as well.
struct Tolerances {
  double relative;
  double absolute;
  constexpr Tolerances(double relative_tolerance, double absolute_tolerance)
      : relative(relative_tolerance), absolute(absolute_tolerance) {}
  Tolerances(const Options& options)
      : relative(options.relative_tolerance), absolute(options.absolute_tolerance) {}
};

/// What a batch reads of its options: no function, whose copy would be code for any machine.
inline Options numbers_of(const Options& o) {
  return Options{.relative_tolerance = o.relative_tolerance,
                 .absolute_tolerance = o.absolute_tolerance,
                 .max_steps = o.max_steps,
                 .max_step_h = o.max_step_h,
                 .first_step_h = o.first_step_h,
                 .method = o.method};
}

/// What became of a step in each lane.
template <std::size_t Width>
struct LaneVerdict {
  Mask<Width> finite;
  Mask<Width> negative;  ///< a state that may not be is below zero by more than the tolerance
  Mask<Width> accepted;
  Lanes<Width> error;  ///< the largest ratio of estimated to allowed error
};

namespace registers {

/// A quotient that is not worked out: two of them are compared by cross-multiplication, so that one
/// division serves all states.
template <std::size_t Width>
struct ErrorShare {
  Lanes<Width> size, allowed;
};
/// The larger one; a NaN is never larger.
template <std::size_t Width>
MGPK_LANES ErrorShare<Width> worse_of(const ErrorShare<Width>& a, const ErrorShare<Width>& b) {
  const Mask<Width> second = b.size * a.allowed > a.size * b.allowed;
  return {select(second, b.size, a.size), select(second, b.allowed, a.allowed)};
}
/// The worst of so many from `First` on. In pairs, and pairs of pairs: one after the other each
/// would wait for the one before.
template <std::size_t First, std::size_t Count, std::size_t Width, std::size_t N>
MGPK_LANES ErrorShare<Width> worst_of(const std::array<ErrorShare<Width>, N>& shares) {
  if constexpr (Count == 1) {
    return shares[First];
  } else {
    return worse_of(worst_of<First, Count / 2>(shares),
                    worst_of<First + Count / 2, Count - Count / 2>(shares));
  }
}

/// The worst share of the states from `First` to `End` - 1, eight at a time: more would not stay in
/// registers.
template <std::size_t First, std::size_t End, class ShareOf>
MGPK_LANES auto worst_of_all(ShareOf&& share_of) {
  constexpr std::size_t count = End - First < 8 ? End - First : 8;
  const auto shares = [&]<std::size_t... I>(std::index_sequence<I...>) MGPK_INLINED {
    return std::array{share_of(First + I)...};
  }(std::make_index_sequence<count>{});
  auto worst = worst_of<0, count>(shares);
  if constexpr (First + count == End) {
    return worst;
  } else {
    return worse_of(worst, worst_of_all<First + count, End>(share_of));
  }
}

}  // namespace registers

/// The largest error in units of what is allowed, over the states from `First` on.
template <class System, std::size_t First, std::size_t Width, std::size_t N>
MGPK_LANES LaneVerdict<Width> judge_lanes(const std::array<Lanes<Width>, N>& x,
                                          const std::array<Lanes<Width>, N>& x_new,
                                          const std::array<Lanes<Width>, N>& error,
                                          const Tolerances& tolerances) {
  using Real = Lanes<Width>;
  const Real absolute = tolerances.absolute;
  const Real relative = tolerances.relative;
  Real sum = 0.0, lowest = 0.0;
  const auto share_of = [&](std::size_t i) MGPK_INLINED {
    const Real size = abs(error[i]), size_new = abs(x_new[i]);
    sum = sum + (size + size_new);
    if (is_non_negative_state<System>(i)) lowest = min(x_new[i], lowest);
    return registers::ErrorShare<Width>{size, fma(relative, max(abs(x[i]), size_new), absolute)};
  };
  const auto worst = registers::worst_of_all<First, N>(share_of);
  LaneVerdict<Width> verdict;
  verdict.finite = isfinite(sum);  // a NaN may not be among the worst: it is found here
  verdict.negative = (lowest < -absolute) & verdict.finite;
  verdict.error = worst.size / worst.allowed;
  verdict.accepted = verdict.finite & !verdict.negative & (worst.size <= worst.allowed);
  return verdict;
}

/// Proportional-integral control by StepRules, as StepController has it, on logarithms to base 2.
template <class Pair, std::size_t Width>
class LaneController {
 public:
  using Real = Lanes<Width>;
  using Yes = Mask<Width>;

  /// The memory of a lane that starts anew.
  MGPK_LANES void forget(const Yes& which) {
    log_last_ = select(which, Real(log_first_), log_last_);
    rejected_ = rejected_ & !which;
  }

  /// The step to try next, from the step h that was just tried in the lanes that are `going`.
  /// `wanted` was proposed; where a stop made the step shorter and its error tells nothing, it
  /// stands.
  MGPK_LANES Real next_step(const LaneVerdict<Width>& verdict, const Yes& going, const Real& h,
                            const Real& wanted) {
    const Yes accepted = verdict.accepted & going;
    const Real log_error = rough_log2(max(verdict.error, Real(StepRules::least_error)));
    const Real memory = select(accepted, integral_ * log_last_, Real(0.0));
    const Real free = rough_exp2(fma(Real(-proportional_), log_error, memory + log_safety_));
    const Real most = select(accepted, select(rejected_, Real(1.0), Real(StepRules::max_growth)),
                             Real(StepRules::safety));
    Real growth = min(max(free, Real(StepRules::max_shrink)), most);
    growth = select(verdict.finite & !verdict.negative, growth, Real(StepRules::shrink_if_broken));
    const Yes cut = accepted & (h < wanted);
    log_last_ = select(accepted & !cut, max(log_error, Real(log_least_)), log_last_);
    rejected_ = select(going, !accepted, rejected_);
    const Real proposal = h * growth;
    const Yes saturated = cut & (growth >= Real(StepRules::max_growth));
    return select(going, select(saturated, max(wanted, proposal), proposal), wanted);
  }

 private:
  static constexpr double integral_ = StepRules::integral(Pair::error_order);
  static constexpr double proportional_ = StepRules::proportional(Pair::error_order);
  static constexpr double log_safety_ = -0.15200309344504997;  // to base 2, of StepRules::safety
  static constexpr double log_least_ = -13.287712379549449;  // the same of StepRules::least_memory

  /// What a first step is expected to be: a tenth of what is allowed. Less would hold the second
  /// one back, just where a dose makes the first one short.
  static constexpr double log_first_ = -3.321928094887362;

  Real log_last_{log_first_};
  Yes rejected_{false};
};

/// A first step, from the slopes alone: that at which a local error that falls like h^5 from the
/// slope would be what is allowed (Hairer's second rule). States of a chain that is solved exactly
/// do not count.
template <class Pair, std::size_t First, std::size_t Width, std::size_t N>
MGPK_LANES Lanes<Width> first_step_of_lanes(const std::array<Lanes<Width>, N>& x,
                                            const std::array<Lanes<Width>, N>& dxdt,
                                            const Tolerances& tolerances) {
  using Real = Lanes<Width>;
  Real speed = 1e-30;
  for (std::size_t i = First; i < N; ++i)
    speed = max(
        speed, abs(dxdt[i]) / fma(Real(tolerances.relative), abs(x[i]), Real(tolerances.absolute)));
  return exp((-1.0 / Pair::error_order) * log(speed));
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
