// Compiles the explicit stepper of the ensembles, a model and the laws it is made of as device code:
// one thread for each subject, one lane for each thread. Compiled by a test where there is a CUDA
// compiler; whether it runs well is for a machine with a GPU to say.
#include <array>
#include <cstddef>

#include <mgpk/ode/ensemble/explicit_step.hpp>
#include <mgpk/ode/ensemble/lane_control.hpp>
#include <mgpk/ode/pairs/tsit5.hpp>

namespace {

namespace ode = mgpk::ode;
using Real = ode::Lanes<1>;

/// Uptake, distribution and a saturable loss.
template <class Par>
struct Model {
  static constexpr std::size_t n_states = 3;
  static constexpr std::size_t n_readouts = 1;
  static constexpr bool states_are_non_negative = true;
  Par ka_per_h, vmax_mmol_per_h, km_mmol;

  template <class Time, class State>
  MGPK_LANES void derivatives(const Time&, const State& x, State& dxdt) const {
    const auto absorbed = ka_per_h * x[0];
    const auto lost = vmax_mmol_per_h * x[1] / (km_mmol + x[1]) * exp(-0.01 * x[1]);
    dxdt[0] = -absorbed;
    dxdt[1] = absorbed - lost;
    dxdt[2] = lost;
  }
};

using Step = ode::ExplicitStep<Model<Real>, ode::Tsit5, Real, 0>;

__global__ void solve(const Model<Real>* models, Step::State* states, std::size_t n, double end_h,
                      ode::Tolerances tolerances) {
  const std::size_t i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  Step step;
  const Step::Chain chain;
  ode::LaneController<ode::Tsit5, 1> control;
  Step::State x = states[i], x_new, error;
  Step::Amplitudes z, z_new;
  Real t_h = 0.0, h = 0.01;
  models[i].derivatives(t_h, x, step.slope_at_start());
  for (int k = 0; k < 100000 && t_h[0] < end_h; ++k) {
    const Real tried_h = min(h, end_h - t_h);
    step.run(models[i], chain, t_h, tried_h, x, z, x_new, z_new, error);
    const auto verdict = ode::judge_lanes<Model<double>, 0>(x, x_new, error, tolerances);
    h = control.next_step(verdict, ode::Mask<1>(true), tried_h, h);
    if (!any(verdict.accepted)) continue;
    t_h += tried_h;
    x = x_new;
    step.slope_at_start() = step.slope_at_end();
  }
  states[i] = x;
}

}  // namespace

/// So that the compiler keeps the kernel.
void launch(const Model<Real>* models, Step::State* states, std::size_t n, double end_h) {
  solve<<<static_cast<unsigned>((n + 127) / 128), 128>>>(models, states, n, end_h, {1e-6, 1e-9});
}
