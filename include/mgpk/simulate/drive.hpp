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

/// A dose that is taken changes nothing before it arrives, and a regimen that is added was there.
inline bool changes_body(const timeline::Timeline& timeline, const timeline::Event& event) {
  if (event.kind == timeline::Kind::steady_state) return !timeline.regimens[event.regimen].adds;
  return event.kind != timeline::Kind::administer;
}

/// Output times that miss a stop only by rounding (3 · 0.3 h misses 0.9 h) are that stop: their
/// rows show what happens there.
inline std::vector<double> at_stops(std::span<const double> times_h,
                                    std::span<const timeline::Event> events) {
  std::vector<double> moved_h(times_h.begin(), times_h.end());
  std::size_t next = 0;
  for (double& t_h : moved_h) {
    while (next < events.size() && events[next].t_h < t_h - timeline::same_time_h) ++next;
    if (next < events.size() && events[next].t_h <= t_h + timeline::same_time_h)
      t_h = events[next].t_h;
  }
  return moved_h;
}

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
        filtration_(timeline.filtration),
        alterations_(timeline.alterations),
        filtered_{0.0, body_.parameters.kidney.gfr_L_per_h, 0.0},
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
    if (status.ok()) timeline::require_applied_once(timeline_, n_applied_, arrived_);
    return {integrator_.state(), given_, std::move(status), integrator_.statistics()};
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
    const Given at_start = given_;
    const auto observe = [&](std::size_t k, double t_h, const State& x) {
      Given now = at_start;
      now.parenteral_mmol += body_.iv_mmol_per_h * (t_h - start_h);
      now.unavailable_mmol += unavailable_mmol_per_h_ * (t_h - start_h);
      sample(first_row + k, t_h, x, now);
    };
    auto status = integrator_.advance(stop_h, times_h, observe);
    const double gone_h = integrator_.t_h() - start_h;
    given_.parenteral_mmol += body_.iv_mmol_per_h * gone_h;
    given_.unavailable_mmol += unavailable_mmol_per_h_ * gone_h;
    arrived_[target::plasma] += body_.iv_mmol_per_h * gone_h;
    arrived_[target::unavailable] += unavailable_mmol_per_h_ * gone_h;
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

  /// A dose of long ago decays on towards the smallest numbers that there are, where arithmetic is
  /// a dozen times slower. Far less than one ion (1.7e-21 mmol) is nothing.
  static void forget_traces(State& x) {
    constexpr double nothing_mmol = 1e-30;
    for (double& amount : x)
      if (std::abs(amount) < nothing_mmol) amount = 0.0;
  }

  void apply(const timeline::Event& event, State& x) {
    using timeline::Kind;
    switch (event.kind) {
      case Kind::give:
        return give(event.compartment, event.amount, x);
      case Kind::set_rate:
        return set_rate(event.compartment, event.amount);
      case Kind::look:
        return look(event.record);
      case Kind::reset:
      case Kind::steady_state:
        if (changes_body(timeline_, event)) replace(event, x);
        return;
      case Kind::administer:
        return;
    }
  }

  void set_rate(std::size_t compartment, double mmol_per_h) {
    if (compartment != target::plasma && compartment != target::unavailable)
      throw std::logic_error("mgpk: only plasma takes an infusion; please report this as a bug");
    (compartment == target::plasma ? body_.iv_mmol_per_h : unavailable_mmol_per_h_) = mmol_per_h;
  }

  /// The GFR that a covariate gives, and what acts on it, are kept apart.
  void look(std::size_t record) {
    if (record < filtration_.size()) {
      filtered_ = filtration_[record];
    } else {
      const auto& now = alterations_[record - filtration_.size()];
      body_.parameters = now.parameters;
      f_of_gfr_ = now.changes.f_of_gfr;
    }
    body_.parameters.kidney.gfr_L_per_h = f_of_gfr_ * filtered_.gfr_L_per_h;
    body_.gfr_change_L_per_h_per_h = f_of_gfr_ * filtered_.change_L_per_h_per_h;
    body_.gfr_from_h = filtered_.from_h;
  }

  /// What has been read out stays; what the change puts in or takes out is booked.
  void replace(const timeline::Event& event, State& x) {
    if (!become_) throw std::logic_error("mgpk: nothing to become; please report this as a bug");
    std::vector<double> became(x.begin(), x.end());
    become_(event, became);
    const State old = x;
    std::copy_n(became.begin(), L::first_readout, x.begin());
    given_.reset_mmol +=
        magnesium_held_mmol<L::n_sources>(x) - magnesium_held_mmol<L::n_sources>(old);
    for (std::size_t source = 0; source < L::n_sources; ++source)
      given_.lumen_reset_mmol[source] += std::max(
          0.0, lumen_mmol<L::n_sources>(x, source) - lumen_mmol<L::n_sources>(old, source));
  }

  void give(std::size_t compartment, double amount, State& x) {
    arrived_[compartment] += amount;
    if (target::is_stomach(compartment)) {
      const std::size_t source = target::source_of(compartment);
      model_.arrive(x, L::solid(source, gut::stomach), amount);
      given_.swallowed_mmol[source] += amount;
    } else if (compartment == target::meal) {
      x[L::meal] += amount;
    } else if (compartment == target::binder) {
      x[L::binder(gut::stomach)] += amount;
    } else if (compartment == target::glycine) {
      x[L::glycine_gut] += amount;
    } else if (compartment == target::lost) {
      given_.lost_mmol += amount;
    } else if (compartment == target::unavailable) {
      given_.unavailable_mmol += amount;
    } else {
      model_.arrive(x, compartment == target::plasma ? L::plasma : L::im_depot, amount);
      given_.parenteral_mmol += amount;
    }
  }

  const Model& model_;
  body::Body<L::n_sources>& body_;  ///< of the model
  const timeline::Timeline& timeline_;
  const std::vector<Filtration>& filtration_;
  const std::vector<Alteration>& alterations_;
  Filtration filtered_;
  double f_of_gfr_ = 1;
  ode::Integrator<Model> integrator_;
  const Become& become_;
  bool rows_before_;
  Given given_;
  double unavailable_mmol_per_h_ = 0;
  std::array<double, target::count> arrived_{};
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
