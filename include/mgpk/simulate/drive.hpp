// Carries one body along one timeline: from stop to stop, each event applied exactly once.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

#include <mgpk/body/traced.hpp>
#include <mgpk/ode/integrator.hpp>
#include <mgpk/simulate/columns.hpp>
#include <mgpk/simulate/detail/body_events.hpp>
#include <mgpk/simulate/detail/ledger.hpp>
#include <mgpk/simulate/solve.hpp>
#include <mgpk/simulate/timeline.hpp>
#include <mgpk/timeline/once.hpp>

namespace mgpk::simulation {

/// How one run through a timeline went, and where it ended.
template <class State>
struct Drive {
  State end;
  Given given;
  ode::Status status;
  ode::Statistics statistics;
};

namespace detail {

/// The walk of a body has its own loop, for dense output between the stops; like the walk of the
/// other engines it counts what it applies.
template <class Model>
class Driver {
 public:
  using L = typename Model::L;
  using State = typename Model::template State<double>;

  Driver(Model& model, const State& start, const Timeline& timeline, const ode::Options& options,
         const Become& become, bool rows_before)
      : model_(model),
        body_(body::body_of(model)),
        timeline_(timeline.given),
        circumstances_(timeline, body_),
        integrator_(model, start, 0.0, options),
        become_(become),
        rows_before_(rows_before) {}

  template <class Sample>
  Drive<State> run(std::span<const double> times_h, double until_h, Sample&& sample) {
    std::size_t next_time = 0;
    ode::Status status;
    while (true) {
      while (more() && !changes_body(timeline_, next())) ++n_applied_;
      const bool last = !more();
      const double stop_h = last ? until_h : next().t_h;
      const std::size_t before = count_before(times_h, next_time, stop_h, last || rows_before_);
      status = advance(stop_h, times_h.subspan(next_time, before - next_time), next_time, sample);
      next_time = before;
      if (!status.ok() || last) break;
      apply_stop();
    }
    if (status.ok()) timeline::require_applied_once(timeline_, n_applied_, ledger_.arrived());
    return {integrator_.state(), ledger_.given(), std::move(status), integrator_.statistics()};
  }

 private:
  bool more() const { return n_applied_ < timeline_.events.size(); }
  const timeline::Event& next() const { return timeline_.events[n_applied_]; }

  /// Outputs up to a stop; one at the stop itself waits for its events, unless it is the end or
  /// the state before them was asked for.
  static std::size_t count_before(std::span<const double> times_h, std::size_t from, double stop_h,
                                  bool at_too) {
    while (from < times_h.size() && (times_h[from] < stop_h || (at_too && times_h[from] <= stop_h)))
      ++from;
    return from;
  }

  template <class Sample>
  ode::Status advance(double stop_h, std::span<const double> times_h, std::size_t first_row,
                      Sample&& sample) {
    const double start_h = integrator_.t_h();
    const auto observe = [&](std::size_t k, double t_h, const State& x) {
      sample(first_row + k, t_h, x, ledger_.after(t_h - start_h));
    };
    auto status = integrator_.advance(stop_h, times_h, observe);
    ledger_.pass(integrator_.t_h() - start_h);
    return status;
  }

  /// Applies all events of one stop.
  void apply_stop() {
    const double stop_h = next().t_h;
    State x = integrator_.state();
    forget_traces(x);
    for (; more() && next().t_h == stop_h; ++n_applied_) apply(next(), x);
    integrator_.set_state(x);
  }

  void apply(const timeline::Event& event, State& x) {
    using timeline::Kind;
    switch (event.kind) {
      case Kind::give:
        return give(event.compartment, event.amount, x);
      case Kind::set_rate:
        return set_rate(event.compartment, event.amount);
      case Kind::look:
        return circumstances_.look(event.record, body_);
      case Kind::reset:
      case Kind::steady_state:
        if (changes_body(timeline_, event)) replace(event, x);
        return;
      case Kind::administer:
        return;
    }
  }

  void set_rate(std::size_t compartment, double mmol_per_h) {
    ledger_.set_rate(compartment, mmol_per_h);
    if (compartment == target::plasma) body_.iv_mmol_per_h = mmol_per_h;
  }

  void replace(const timeline::Event& event, State& x) {
    const State old = x;
    detail::replace<L>(become_, event, x);
    ledger_.template replace<L::n_sources>(old, x);
  }

  void give(std::size_t compartment, double amount, State& x) {
    ledger_.give(compartment, amount);
    const std::size_t state = state_of_target<L::n_sources>(compartment);
    if (state < L::n_states) model_.arrive(x, state, amount);
  }

  const Model& model_;
  body::Body<L::n_sources>& body_;  ///< of the model
  const timeline::Timeline& timeline_;
  Circumstances<L::n_sources> circumstances_;
  ode::Integrator<Model> integrator_;
  const Become& become_;
  bool rows_before_;
  Ledger<> ledger_;
  std::size_t n_applied_ = 0;
};

}  // namespace detail

/// `sample(row, t_h, x, given)` is called once per time, with the state after the events of it, or
/// before them when `rows_before` asks for that; `become` gives what a reset makes of the body.
/// `Model` is a body, alone or traced.
/// @throws std::logic_error when an event was not applied exactly once.
template <class Model, class Sample>
auto drive(Model& model, const typename Model::template State<double>& start,
           const Timeline& timeline, std::span<const double> times_h, double until_h,
           const ode::Options& options, Sample&& sample, const Become& become = {},
           bool rows_before = false) {
  return detail::Driver<Model>(model, start, timeline, options, become, rows_before)
      .run(detail::at_stops(times_h, timeline.given.events), until_h, std::forward<Sample>(sample));
}

}  // namespace mgpk::simulation
