// The twin: the same right-hand side driven by ordinary Boost.Odeint code, as one would write it
// without mgpk's solver. No status, no checks, no watch on stiffness.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <vector>

#include <boost/numeric/odeint.hpp>

#include <mgpk/body/body.hpp>
#include <mgpk/simulate/timeline.hpp>

namespace bench {

namespace odeint = boost::numeric::odeint;

/// Applies the events of one time; the plans timed here swallow and eat, nothing else.
template <std::size_t Sources>
void apply(const mgpk::timeline::Event& event,
           typename mgpk::body::Body<Sources>::template State<double>& x) {
  using L = mgpk::body::Layout<Sources>;
  using mgpk::timeline::Kind;
  namespace target = mgpk::simulation::target;
  if (event.kind == Kind::administer) return;
  if (event.kind == Kind::give && target::is_stomach(event.compartment)) {
    x[L::solid(target::source_of(event.compartment), mgpk::gut::stomach)] += event.amount;
  } else if (event.kind == Kind::give && event.compartment == target::meal) {
    x[L::meal] += event.amount;
  } else if (event.kind == Kind::give && event.compartment == target::glycine) {
    x[L::glycine_gut] += event.amount;
  } else {
    throw std::logic_error("the twin knows only what is swallowed");
  }
}

/// Walks from event to event. `segment(x, from_h, to_h, first, last)` carries x to `to_h` and
/// delivers the outputs first..last-1, which lie from `from_h` on and before `to_h` (or at the
/// end).
template <std::size_t Sources, class State, class Segment>
void walk(const std::vector<mgpk::timeline::Event>& events, std::span<const double> times_h,
          double until_h, State& x, Segment&& segment) {
  double from_h = 0;
  std::size_t first = 0;
  auto event = events.begin();
  while (true) {
    for (; event != events.end() && event->t_h == from_h; ++event) apply<Sources>(*event, x);
    const bool more = event != events.end();
    const double to_h = more ? event->t_h : until_h;
    std::size_t last = first;
    while (last < times_h.size() && (times_h[last] < to_h || !more)) ++last;
    segment(x, from_h, to_h, first, last);
    if (!more) return;
    first = last;
    from_h = to_h;
  }
}

/// Dormand-Prince 5(4) with dense output, started anew at each event.
template <std::size_t Sources>
class PlainOdeint {
 public:
  using Model = mgpk::body::Body<Sources>;
  using State = typename Model::template State<double>;

  PlainOdeint(const Model& model, double absolute_tolerance, double relative_tolerance)
      : model_(model),
        stepper_(odeint::make_dense_output(absolute_tolerance, relative_tolerance,
                                           odeint::runge_kutta_dopri5<State>())) {}

  /// Carries x to `until_h`; `sample(row, state)` once for each output time.
  template <class Sample>
  void run(State& x, const std::vector<mgpk::timeline::Event>& events,
           std::span<const double> times_h, double until_h, Sample&& sample) {
    walk<Sources>(events, times_h, until_h, x,
                  [&](State& at, double from_h, double to_h, std::size_t first, std::size_t last) {
                    segment(at, from_h, to_h, times_h.first(last), first, sample);
                  });
  }

  std::size_t n_steps() const { return n_steps_; }
  std::size_t n_rhs() const { return n_rhs_; }

 private:
  template <class Sample>
  void segment(State& x, double from_h, double to_h, std::span<const double> times_h,
               std::size_t next, Sample& sample) {
    const auto rhs = [this](const State& at, State& slope, double t_h) {
      model_.derivatives(t_h, at, slope);
      ++n_rhs_;
    };
    if (next < times_h.size() && times_h[next] == from_h) sample(next++, x);
    // On a clock of its own: odeint adds step to step, and late in a year each sum would lose
    // digits.
    const double length_h = to_h - from_h;
    stepper_.initialize(x, 0.0, std::min(h_, length_h));
    while (stepper_.current_time() < length_h) {
      const double remaining_h = length_h - stepper_.current_time();
      if (stepper_.current_time_step() > remaining_h) {
        h_ = stepper_.current_time_step();  // the next segment goes on with the unshortened step
        stepper_.initialize(stepper_.current_state(), stepper_.current_time(), remaining_h);
      }
      stepper_.do_step(rhs);
      ++n_steps_;
      const auto is_due = [&] { return times_h[next] - from_h <= stepper_.current_time(); };
      for (; next < times_h.size() && is_due(); ++next) {
        stepper_.calc_state(times_h[next] - from_h, x);
        sample(next, x);
      }
    }
    x = stepper_.current_state();
  }

  const Model& model_;
  decltype(odeint::make_dense_output(0.0, 0.0, odeint::runge_kutta_dopri5<State>())) stepper_;
  double h_ = 0.01;
  std::size_t n_steps_ = 0;
  std::size_t n_rhs_ = 0;
};

}  // namespace bench
