// Carries one model through time: exact stops, dense output, and a status instead of a surprise.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include <mgpk/ode/concepts.hpp>
#include <mgpk/ode/diagnosis.hpp>
#include <mgpk/ode/method_pair.hpp>
#include <mgpk/ode/options.hpp>
#include <mgpk/ode/status.hpp>
#include <mgpk/ode/step_control.hpp>
#include <mgpk/ode/stiffness.hpp>

namespace mgpk::ode {

/// Holds the system by reference: the caller may change its piecewise-constant inputs between
/// two advances and then calls restart(). Everything else is the integrator's own.
template <OdeSystem System>
class Integrator {
 public:
  static constexpr std::size_t n = System::n_states;
  using StateType = State<double, n>;

  Integrator(const System& system, const StateType& x, double t_h, Options options = {})
      : system_(&system), options_(std::move(options)), x_(x), t_h_(t_h), watch_(n) {
    validate(options_);
    detail::validate_start(t_h);
    h_next_ = options_.first_step_h;
    if (options_.method == Method::rosenbrock4) methods_.choose(Method::rosenbrock4);
    controller_ = StepController(methods_.error_order());
  }
  Integrator(const System&&, const StateType&, double, Options = {}) = delete;

  const StateType& state() const { return x_; }
  double t_h() const { return t_h_; }

  /// A jump: the derivative is taken anew; the step is kept, checked against the new slope.
  void set_state(const StateType& x) {
    x_ = x;
    restart();
  }

  /// The inputs of the system changed: as after a jump, with the state as it is.
  void restart() { needs_start_ = true; }

  /// Goes to t_stop_h exactly. `sample(k, t_h, x)` is called once for every sample_times_h[k];
  /// they ascend within [t_h(), t_stop_h]; one at either end gets the state itself.
  template <class Sampler>
  Status advance(double t_stop_h, std::span<const double> sample_times_h, Sampler&& sample) {
    detail::validate_span(t_h_, t_stop_h, sample_times_h);
    if (Status status = check_state(); !status.ok()) return status;
    std::size_t next = 0;
    deliver(sample_times_h, next, sample);
    if (t_h_ < t_stop_h && needs_start_) start();
    while (t_h_ < t_stop_h) {
      if (Status status = step_towards(t_stop_h); !status.ok()) return status;
      deliver(sample_times_h, next, sample);
      consider_change();  // only now: a change overwrites the stages that dense output needs
    }
    return {.t_h = t_h_};
  }

  Status advance(double t_stop_h) {
    return advance(t_stop_h, {}, [](std::size_t, double, const StateType&) {});
  }

  Statistics statistics() const {
    Statistics all = methods_.statistics();
    all.n_steps = n_steps_;
    all.n_rejected = n_rejected_;
    all.n_rhs += n_rhs_;
    return all;
  }

 private:
  Status check_state() const { return detail::check_state(*system_, t_h_, x_, options_); }

  void start() {
    methods_.start(*system_, t_h_, x_);
    const StateType& slope = methods_.derivative();
    const bool carried = h_next_ >= minimal_step_h(t_h_);
    if (!carried || n_attempts_ > 0) {
      const double h = initial_step_h(*system_, t_h_, x_, slope, methods_.error_order(), options_);
      ++n_rhs_;
      // Hairer's rule is cautious by about ten; beyond that the carried step would be refused.
      h_next_ = carried ? std::min(h_next_, 10.0 * h) : h;
    }
    controller_.forget();
    needs_start_ = false;
  }

  /// Tries until one step is accepted or nothing more can be done.
  Status step_towards(double t_stop_h) {
    refusal_ = Verdict{.reason = StatusCode::step_too_small, .state_index = worst_state_};
    for (;;) {
      if (Status status = check_permission(); !status.ok()) return status;
      const double remaining_h = t_stop_h - t_h_;
      const double h_wanted = std::min(h_next_, options_.max_step_h);
      if (h_wanted < minimal_step_h(t_h_) && h_wanted < remaining_h) {
        if (try_rescue()) continue;
        return detail::diagnose(*system_, t_h_, x_, h_wanted, refusal_, options_);
      }
      if (attempt(h_wanted, t_stop_h)) return {.t_h = t_h_};
    }
  }

  bool attempt(double h_wanted, double t_stop_h) {
    const double t_new_h = detail::end_of_step(t_h_, h_wanted, t_stop_h);
    const double h = t_new_h - t_h_;
    methods_.try_step(*system_, t_h_, x_, h, trial_);
    ++n_attempts_;
    const Verdict verdict = judge(x_, trial_, is_non_negative_state<System>, options_);
    if (verdict.accepted) {
      commit(t_new_h, h, h < h_wanted, verdict);
      return true;
    }
    ++n_rejected_;
    refusal_ = verdict;
    h_next_ = controller_.after_reject(h, verdict);
    just_rejected_ = true;
    return false;
  }

  void commit(double t_new_h, double h, bool cut_short, const Verdict& verdict) {
    x_old_ = x_;
    t_old_h_ = t_h_;
    x_ = trial_.x_new;
    t_h_ = t_new_h;
    worst_state_ = verdict.state_index;
    methods_.accept();
    ++n_steps_;
    double proposal = cut_short ? controller_.after_cut_step(h, verdict.error, h_next_)
                                : controller_.after_accept(h, verdict.error);
    // A step that had just to be shortened must not grow at once (Hairer).
    if (std::exchange(just_rejected_, false)) proposal = std::min(proposal, std::max(h, h_next_));
    h_next_ = proposal;
    h_last_ = h;
    cut_short_ = cut_short;
  }

  /// Calls the sampler for what the last step has passed, then the stages may be overwritten.
  template <class Sampler>
  void deliver(std::span<const double> times_h, std::size_t& next, Sampler& sample) {
    for (; next < times_h.size() && times_h[next] <= t_h_; ++next) {
      const double t_h = times_h[next];
      if (t_h == t_h_) {
        sample(next, t_h, std::as_const(x_));
      } else {
        sample(next, t_h, methods_.dense(t_h, t_old_h_, x_old_, t_h_, x_));
      }
    }
  }

  void consider_change();
  bool try_rescue();
  void change_to(Method method);
  Status check_permission();

  const System* system_;
  Options options_;
  StateType x_;
  double t_h_;
  StateType x_old_{};
  double t_old_h_ = 0.0;
  double h_next_ = 0.0;
  double h_last_ = 0.0;
  MethodPair<System> methods_;
  StepController controller_{Dopri5<System>::error_order};
  SpectralRadius<System> radius_;
  StiffnessWatch watch_;
  Trial<n> trial_;
  Verdict refusal_;
  std::size_t worst_state_ = npos;
  std::size_t n_steps_ = 0;
  std::size_t n_rejected_ = 0;
  std::size_t n_attempts_ = 0;
  std::size_t n_rhs_ = 0;
  bool needs_start_ = true;
  bool just_rejected_ = false;
  bool cut_short_ = false;  // the last step ended at a stop, not where the error allowed
  bool rescued_ = false;    // dopri5 had no way on: there is no way back to it
};

/// Looks at stiffness after an accepted step, when its dense output has been delivered. A step of
/// dopri5 cut short tells nothing of stability; one of rosenbrock4 has cost what it has cost.
template <OdeSystem System>
void Integrator<System>::consider_change() {
  if (options_.method != Method::automatic || rescued_) return;
  if (methods_.implicit()) {
    const double rho =
        radius_.by_matrix(methods_.jacobian_matrix(), x_old_, methods_.derivative(), options_);
    if (!watch_.implicit_is_wasted(h_last_ * rho)) return;
    watch_.on_change_to_explicit();
    change_to(Method::dopri5);
    h_next_ = std::min(h_next_, 2.5 / rho);
  } else if (!cut_short_ && watch_.check_is_due()) {
    ++n_rhs_;
    const double rho = radius_.by_product(*system_, t_h_, x_, methods_.derivative(), options_);
    if (watch_.explicit_is_held_back(h_last_ * rho)) change_to(Method::rosenbrock4);
  }
}

/// Before giving up: the other method may see a way where dopri5 sees none.
template <OdeSystem System>
bool Integrator<System>::try_rescue() {
  if (options_.method != Method::automatic || methods_.implicit() || rescued_) return false;
  if (refusal_.reason != StatusCode::step_too_small) return false;
  rescued_ = true;
  change_to(Method::rosenbrock4);
  h_next_ = 100.0 * minimal_step_h(t_h_);
  return true;
}

template <OdeSystem System>
void Integrator<System>::change_to(Method method) {
  methods_.change_to(method);
  methods_.start(*system_, t_h_, x_);
  controller_ = StepController(methods_.error_order());
  if (methods_.implicit()) watch_.on_change_to_implicit();
}

/// May another step be tried? Also changes the method when half of the budget brought no end.
template <OdeSystem System>
Status Integrator<System>::check_permission() {
  if (n_attempts_ >= options_.max_steps) {
    return {StatusCode::step_budget_exhausted,
            t_h_,
            npos,
            {},
            methods_.implicit()
                ? "raise max_steps, loosen the tolerances or look for a discontinuity"
                : "raise max_steps, loosen the tolerances or choose Method::rosenbrock4",
            static_cast<double>(options_.max_steps)};
  }
  if (options_.method == Method::automatic && !methods_.implicit() && !rescued_ &&
      n_attempts_ > options_.max_steps / 2) {
    rescued_ = true;
    change_to(Method::rosenbrock4);
  }
  if (options_.keep_going && n_attempts_ % 256 == 255 && !options_.keep_going(t_h_))
    return {StatusCode::interrupted, t_h_, npos, {}, "call again to go on from here"};
  return {.t_h = t_h_};
}

}  // namespace mgpk::ode
