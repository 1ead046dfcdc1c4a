// Why a lane could not go on: what the message to its member's caller says.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

#include <mgpk/ode/concepts.hpp>
#include <mgpk/ode/ensemble/lane_control.hpp>
#include <mgpk/ode/ensemble/members.hpp>
#include <mgpk/ode/options.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// The verdict on the last try of one lane in words. `slope(stage, i)` is that of state i in the
/// lane: the earliest stage that is not finite names the state where it began.
template <class System, std::size_t First, std::size_t Width, std::size_t N, class Slope>
MemberStatus failure_of(std::size_t lane, const LaneVerdict<Width>& verdict,
                        const std::array<Lanes<Width>, N>& x_new,
                        const std::array<Lanes<Width>, N>& error, double h, std::size_t n_stages,
                        const Slope& slope, const Options& options) {
  if (!verdict.finite[lane]) {
    for (std::size_t stage = 0; stage < n_stages; ++stage)
      for (std::size_t i = First; i < N; ++i)
        if (!std::isfinite(slope(stage, i)))
          return {.code = StatusCode::not_finite, .state_index = i, .value = slope(stage, i)};
    for (std::size_t i = First; i < N; ++i)
      if (!std::isfinite(x_new[i][lane]))
        return {.code = StatusCode::not_finite, .state_index = i, .value = x_new[i][lane]};
    return {.code = StatusCode::not_finite};
  }
  if (verdict.negative[lane]) {
    for (std::size_t i = First; i < N; ++i)
      if (is_non_negative_state<System>(i) && x_new[i][lane] < -options.absolute_tolerance)
        return {.code = StatusCode::negative_state, .state_index = i, .value = x_new[i][lane]};
  }
  MemberStatus status{.code = StatusCode::step_too_small, .value = h};
  double worst = 0.0;
  for (std::size_t i = First; i < N; ++i) {
    const double size = std::abs(error[i][lane]);
    const double ratio =
        size / (options.absolute_tolerance + options.relative_tolerance * std::abs(x_new[i][lane]));
    if (!(ratio > worst)) continue;
    worst = ratio;
    status.state_index = i;
  }
  return status;
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
