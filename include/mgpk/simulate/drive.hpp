// Carries one body along one timeline: from stop to stop, each event applied exactly once.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include <mgpk/body/body.hpp>
#include <mgpk/ode/integrator.hpp>
#include <mgpk/simulate/columns.hpp>
#include <mgpk/simulate/timeline.hpp>

namespace mgpk::simulation {

/// How one run through a timeline went, and where it ended.
template <std::size_t Sources>
struct Drive {
  typename body::Body<Sources>::template State<double> end;
  Given given;
  ode::Status status;
  ode::Statistics statistics;
};

namespace detail {

/// Output times that miss a stop only by rounding (3 · 0.3 h misses 0.9 h) are that stop: their
/// rows show what happens there.
inline std::vector<double> at_stops(std::span<const double> times_h,
                                    std::span<const Event> events) {
  std::vector<double> moved_h(times_h.begin(), times_h.end());
  std::size_t next = 0;
  for (double& t_h : moved_h) {
    while (next < events.size() && events[next].t_h < t_h - same_time_h) ++next;
    if (next < events.size() && events[next].t_h <= t_h + same_time_h) t_h = events[next].t_h;
  }
  return moved_h;
}

template <std::size_t Sources>
class Driver {
 public:
  using Model = body::Body<Sources>;
  using L = typename Model::L;
  using State = typename Model::template State<double>;

  Driver(Model& model, const State& start, const ode::Options& options)
      : model_(model), integrator_(model, start, 0.0, options) {}

  /// `sample(row, t_h, x, given)` is called once per time, with the state after the events of it.
  template <class Sample>
  Drive<Sources> run(std::span<const Event> events, std::span<const double> times_h, double until_h,
                     Sample&& sample) {
    std::size_t next_event = 0, next_time = 0;
    ode::Status status;
    while (true) {
      const bool more = next_event < events.size();
      const double stop_h = more ? events[next_event].t_h : until_h;
      const std::size_t before = count_before(times_h, next_time, stop_h, !more);
      status = advance(stop_h, times_h.subspan(next_time, before - next_time), next_time, sample);
      next_time = before;
      if (!status.ok() || !more) break;
      next_event = apply_stop(events, next_event);
    }
    return {integrator_.state(), given_, std::move(status), integrator_.statistics()};
  }

 private:
  /// Outputs up to a stop; one at the stop itself waits for its events, unless it is the end.
  static std::size_t count_before(std::span<const double> times_h, std::size_t from, double stop_h,
                                  bool last) {
    while (from < times_h.size() && (times_h[from] < stop_h || (last && times_h[from] <= stop_h)))
      ++from;
    return from;
  }

  template <class Sample>
  ode::Status advance(double stop_h, std::span<const double> times_h, std::size_t first_row,
                      Sample&& sample) {
    const double start_h = integrator_.t_h();
    const Given at_start = given_;
    const auto observe = [&](std::size_t k, double t_h, const State& x) {
      Given now = at_start;
      now.parenteral_mmol += model_.iv_mmol_per_h * (t_h - start_h);
      sample(first_row + k, t_h, x, now);
    };
    auto status = integrator_.advance(stop_h, times_h, observe);
    given_.parenteral_mmol += model_.iv_mmol_per_h * (integrator_.t_h() - start_h);
    return status;
  }

  /// Applies all events of one stop and gives the position of the next.
  std::size_t apply_stop(std::span<const Event> events, std::size_t next) {
    const double stop_h = events[next].t_h;
    State x = integrator_.state();
    forget_traces(x);
    for (; next < events.size() && events[next].t_h == stop_h; ++next) apply(events[next], x);
    integrator_.set_state(x);
    return next;
  }

  /// A dose of long ago decays on towards the smallest numbers that there are, where arithmetic is
  /// a dozen times slower. Far less than one ion (1.7e-21 mmol) is nothing.
  static void forget_traces(State& x) {
    constexpr double nothing_mmol = 1e-30;
    for (double& amount : x)
      if (std::abs(amount) < nothing_mmol) amount = 0.0;
  }

  void apply(const Event& event, State& x) {
    switch (event.action) {
      case Action::swallow:
        x[L::solid(event.source, gut::stomach)] += event.amount;
        given_.swallowed_mmol[event.source] += event.amount;
        return;
      case Action::meal:
        x[L::meal] += event.amount;
        return;
      case Action::glycine:
        x[L::glycine_gut] += event.amount;
        return;
      case Action::bolus:
        x[L::plasma] += event.amount;
        given_.parenteral_mmol += event.amount;
        return;
      case Action::depot:
        x[L::im_depot] += event.amount;
        given_.parenteral_mmol += event.amount;
        return;
      case Action::lost:
        given_.lost_mmol += event.amount;
        return;
      case Action::infusion:
        model_.iv_mmol_per_h = event.amount;
        return;
    }
  }

  Model& model_;
  ode::Integrator<Model> integrator_;
  Given given_;
};

}  // namespace detail

template <std::size_t Sources, class Sample>
Drive<Sources> drive(body::Body<Sources>& model,
                     const typename body::Body<Sources>::template State<double>& start,
                     const Timeline& timeline, std::span<const double> times_h, double until_h,
                     const ode::Options& options, Sample&& sample) {
  return detail::Driver<Sources>(model, start, options)
      .run(timeline.events, detail::at_stops(times_h, timeline.events), until_h,
           std::forward<Sample>(sample));
}

}  // namespace mgpk::simulation
