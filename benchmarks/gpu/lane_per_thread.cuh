// The explicit stepper of the ensembles as device code: one subject to each thread, in one lane.
#pragma once

#include <cstddef>

#include <mgpk/ode/ensemble/explicit_step.hpp>
#include <mgpk/ode/ensemble/lane_control.hpp>

namespace gpu {

namespace ode = mgpk::ode;

/// One life under way in one thread: steps of its own length, as on the processor.
template <class Model, class Pair>
class Life {
 public:
  using Real = ode::Lanes<1>;
  using Step = ode::ExplicitStep<Model, Pair, Real, 0>;
  using State = typename Step::State;

  MGPK_LANES Life(const Model& model, const State& start, ode::Tolerances tolerances)
      : model_(model), x_(start), tolerances_(tolerances) {}

  MGPK_LANES State& state() { return x_; }

  /// Carries the state over `length_h`. False where that takes more than `max_steps`.
  MGPK_LANES bool advance(double length_h, int max_steps) {
    t_h_ = 0.0;
    control_.forget(ode::Mask<1>(true));
    model_.derivatives(t_h_, x_, step_.slope_at_start());
    for (int k = 0; k < max_steps; ++k) {
      const Real left = length_h - t_h_;
      const bool last = all(1.01 * h_ >= left);
      const Real h = last ? left : h_;
      step_.run(model_, chain_, t_h_, h, x_, none_, x_new_, none_, error_);
      const auto verdict = ode::judge_lanes<Model, 0>(x_, x_new_, error_, tolerances_);
      h_ = control_.next_step(verdict, ode::Mask<1>(true), h, h_);
      if (!any(verdict.accepted)) continue;
      t_h_ += h;
      x_ = x_new_;
      step_.slope_at_start() = step_.slope_at_end();
      if (last) return true;
    }
    return false;
  }

 private:
  const Model& model_;
  State x_, x_new_{}, error_{};
  ode::Tolerances tolerances_;
  Step step_;
  typename Step::Chain chain_;
  typename Step::Amplitudes none_;
  ode::LaneController<Pair, 1> control_;
  Real t_h_{0.0}, h_{0.01};
};

}  // namespace gpu
