// The values of one step, which groups of slopes that take it after the first need not work out.
#pragma once

#include <array>
#include <cstddef>

#include <mgpk/ode/ensemble/parts.hpp>
#include <mgpk/ode/lanes/lanes.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// Where a step of `Stages` stages stood at each of them but the first. The last is its end.
template <class Real, std::size_t N, std::size_t Upstream, std::size_t Stages>
class StepValues {
 public:
  template <class State>
  MGPK_LANES void note(std::size_t stage, const State& at) {
    for (std::size_t i = 0; i < N; ++i) at_[stage - 1][i] = part(at[i], 0);
  }
  template <class State, class Amplitudes>
  MGPK_LANES void note_end(const State& x_new, const Amplitudes& z_new) {
    note(Stages - 1, x_new);
    for (std::size_t k = 0; k < Upstream; ++k) z_new_[k] = part(z_new[k], 0);
  }

  /// Slopes stay as they are.
  template <class State>
  MGPK_LANES void read(std::size_t stage, State& at) const {
    for (std::size_t i = 0; i < N; ++i) part(at[i], 0) = at_[stage - 1][i];
  }
  template <class State, class Amplitudes>
  MGPK_LANES void read_end(State& x_new, Amplitudes& z_new) const {
    read(Stages - 1, x_new);
    for (std::size_t k = 0; k < Upstream; ++k) part(z_new[k], 0) = z_new_[k];
  }

 private:
  std::array<std::array<Real, N>, Stages - 1> at_;
  std::array<Real, Upstream> z_new_;
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
