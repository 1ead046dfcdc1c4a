// The slopes at the stages of a step, and what a pair makes of them.
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <mgpk/ode/ensemble/extra_stages.hpp>
#include <mgpk/ode/ensemble/parts.hpp>
#include <mgpk/ode/lanes/lanes.hpp>
#include <mgpk/ode/lanes/math.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// One slope of `N` states for each stage of `Pair`, those of its interpolant included. All parts
/// of a number go the same way.
template <class Pair, class Wide, std::size_t N>
class StageSlopes {
 public:
  using Real = PartOf<Wide>;
  using State = std::array<Wide, N>;
  static constexpr std::size_t n_extra = registers::n_extra_of<Pair>();
  static constexpr std::size_t end = Pair::n_stages - 1;  ///< its slope starts the next step

  StageSlopes() = default;
  StageSlopes(const StageSlopes&) = delete;
  StageSlopes& operator=(const StageSlopes&) = delete;

  /// To be written. Where it is read, `start_with` may have put another in its place.
  MGPK_LANES State& operator[](std::size_t stage) { return k_[stage]; }
  MGPK_LANES const State& operator[](std::size_t stage) const {
    if constexpr (has_other_start)
      if (stage == 0) return *start_;
    return k_[stage];
  }
  void start_with(const State& slope)
    requires(n_slopes_of<Wide> > 0)
  {
    start_ = &slope;
  }

  /// The start of the lanes of the mask.
  template <class Mask>
  MGPK_LANES void start(const Mask& which, const State& slope) {
    for (std::size_t i = 0; i < N; ++i) k_[0][i] = select(which, slope[i], k_[0][i]);
  }

  /// States `from` to `to` where the stage stands; their parts from `FirstPart` on.
  template <std::size_t Stage, std::size_t FirstPart>
  MGPK_LANES void advance(const Real& h, const State& x, std::size_t from, std::size_t to,
                          State& at) const {
    constexpr auto earlier = std::make_index_sequence<Stage>{};
    for (std::size_t i = from; i < to; ++i)
      for (std::size_t p = FirstPart; p < n_parts_of<Wide>; ++p)
        part(at[i], p) = fma(h, weighted<weights_of<Stage>>(i, p, earlier), part(x[i], p));
  }
  /// How far a value is moved up to the stage, over h.
  template <std::size_t Stage>
  MGPK_LANES Real sum_of(std::size_t i) const {
    return weighted<weights_of<Stage>>(i, 0, std::make_index_sequence<Stage>{});
  }
  /// The sum of a value's slopes by these weights.
  template <const auto& Weights>
  MGPK_LANES Real sum_by(std::size_t i) const {
    return weighted<Weights>(i, 0, std::make_index_sequence<Pair::n_stages>{});
  }

  /// The interpolant at a share theta of the step, states from `from` on.
  MGPK_LANES void dense(const Real& theta, const Real& h, const State& x, std::size_t from,
                        State& at) const {
    dense(theta, h, x, from, at, std::make_index_sequence<Pair::n_stages + n_extra>{});
  }

 private:
  static constexpr bool has_other_start = n_slopes_of<Wide> > 0;

  template <std::size_t Stage>
  static constexpr auto weights_of = Pair::a[Stage];

  template <const auto& Weights, std::size_t First, std::size_t... Later>
  MGPK_LANES Real weighted(std::size_t i, std::size_t p,
                           std::index_sequence<First, Later...>) const {
    constexpr auto weights = Weights;
    constexpr double first_weight = weights[First];
    Real sum = Real(first_weight) * part((*this)[First][i], p);
    ((sum = add<weights[Later] != 0.0>(Real(double{weights[Later]}), part((*this)[Later][i], p),
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

  // Unrolled: stages that the interpolant does not use must cost nothing.
  template <std::size_t... Stage>
  MGPK_LANES void dense(const Real& theta, const Real& h, const State& x, std::size_t from,
                        State& at, std::index_sequence<Stage...>) const {
    const std::array<Real, sizeof...(Stage)> weight{dense_weight<Stage>(theta) * h...};
    for (std::size_t i = from; i < N; ++i)
      for (std::size_t p = 0; p < n_parts_of<Wide>; ++p) {
        Real sum = part(x[i], p);
        ((sum = add<is_dense<Stage>>(weight[Stage], part((*this)[Stage][i], p), sum)), ...);
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

  std::array<State, Pair::n_stages + n_extra> k_;
  // A pointer only where the slope may lie elsewhere: a GPU keeps in registers what has none.
  std::conditional_t<has_other_start, const State*, Ignored> start_{&k_[0]};
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
