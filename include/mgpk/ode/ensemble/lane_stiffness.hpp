// When a member leaves an explicit pair for good: the rule of stiffness.hpp, for lanes.
//
// Two of the stages stand at the end of the step. The difference of their slopes over that of their
// states estimates the fastest rate rho that plays a part (Hairer & Wanner, Solving ODEs II, IV.2);
// stability holds an explicit pair to h rho near 3.3, accuracy alone to less. Members are compared
// with nobody: each lane counts its own steps since its last stop.
//
// Within a stretch between two stops, the first look is taken after 64 steps. A stiff method needs
// some thirty steps for a stretch, each as dear as five or six explicit ones: who has spent less
// has nothing to gain. While nothing is suspicious, the looks move apart by half of the way gone,
// so that they cost next to nothing and what turns stiff later is found soon enough. A step held
// back by stability brings the next look after 32; eight such looks, less those in between that saw
// nothing, and the member is stiff. No clock is read: a run repeats exactly.
#pragma once

#include <cstddef>
#include <limits>

#include <mgpk/ode/lanes/lanes.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

template <std::size_t Width>
class LaneStiffness {
 public:
  using Real = Lanes<Width>;
  using Yes = Mask<Width>;
  static constexpr double limit = 2.5;  ///< of h rho: more is held back by stability

  /// `n_steps`: how many steps the member in this lane has made when a stretch begins.
  void begin(std::size_t lane, double n_steps) {
    began_at_.set(lane, n_steps);
    look_at_.set(lane, n_steps + first_look);
    n_held_back_.set(lane, 0.0);
  }
  /// Nobody is looked at.
  void look_away(std::size_t lane) { look_at_.set(lane, std::numeric_limits<double>::infinity()); }

  MGPK_LANES Yes is_due(const Real& n_steps) const { return n_steps >= look_at_; }

  /// Those whose look is due and that are stiff.
  Yes look(const Yes& due, const Yes& held_back, const Real& n_steps) {
    const Real fewer = max(n_held_back_ - 1.0, Real(0.0));
    n_held_back_ = select(due, select(held_back, n_held_back_ + 1.0, fewer), n_held_back_);
    const Real half_as_long = 0.5 * (n_steps - began_at_);
    const Real wait = select(held_back, Real(soon), max(half_as_long, Real(soon)));
    look_at_ = select(due, n_steps + wait, look_at_);
    return due & (n_held_back_ >= Real(enough));
  }

 private:
  static constexpr double first_look = 64.0;
  static constexpr double soon = 32.0;
  static constexpr double enough = 8.0;

  Real began_at_ = 0.0, look_at_ = 0.0, n_held_back_ = 0.0;
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
