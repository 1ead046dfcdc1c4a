// Carries an engine along a timeline: each event is applied exactly once, and that is checked.
#pragma once

#include <concepts>
#include <cstddef>
#include <limits>
#include <vector>

#include <mgpk/timeline/event.hpp>
#include <mgpk/timeline/once.hpp>

namespace mgpk::timeline {

/// Where a record stands among the doses.
struct Moment {
  double t_h = 0;
  double time_after_dose_h = std::numeric_limits<double>::quiet_NaN();  ///< NaN before the first
  int n_doses = 0;         ///< taken so far, repeats included
  int n_dose_records = 0;  ///< of them, real records: they count the occasions
};

/// An engine holds the state of one person. `advance` and `settle` say whether all went well; after
/// a `false` the walk ends.
template <class Engine>
concept TimelineEngine = requires(Engine& engine, std::size_t i, double h, const Regimen& regimen,
                                  const Moment& moment) {
  { engine.advance(h, h, i) } -> std::same_as<bool>;  // from, to, record that is advanced to
  { engine.settle(regimen) } -> std::same_as<bool>;
  engine.give(i, h);
  engine.set_rate(i, h);
  engine.reset();
  engine.look(i, moment);
};

namespace detail {

template <TimelineEngine Engine>
class Walker {
 public:
  Walker(const Timeline& timeline, Engine& engine)
      : timeline_(timeline),
        engine_(engine),
        rates_(timeline.due.size(), 0.0),
        given_(timeline.due.size(), 0.0) {
    moment_.t_h = timeline.start_h;
  }

  bool run() {
    std::size_t n_applied = 0;
    for (const auto& event : timeline_.events) {
      if (event.t_h > moment_.t_h && !advance(event)) return false;
      if (!apply(event)) return false;
      ++n_applied;
    }
    require_applied_once(timeline_, n_applied, given_);
    return true;
  }

 private:
  bool advance(const Event& event) {
    for (std::size_t c = 0; c < rates_.size(); ++c)
      given_[c] += rates_[c] * (event.t_h - moment_.t_h);
    const bool well = engine_.advance(moment_.t_h, event.t_h, event.towards);
    moment_.t_h = event.t_h;
    return well;
  }

  bool apply(const Event& event) {
    switch (event.kind) {
      case Kind::administer:
        last_dose_h_ = event.t_h;
        ++moment_.n_doses;
        if (!event.implied) ++moment_.n_dose_records;
        return true;
      case Kind::give:
        given_[event.compartment] += event.amount;
        engine_.give(event.compartment, event.amount);
        return true;
      case Kind::set_rate:
        rates_[event.compartment] = event.amount;
        engine_.set_rate(event.compartment, event.amount);
        return true;
      case Kind::reset:
        engine_.reset();
        return true;
      case Kind::steady_state:
        return engine_.settle(timeline_.regimens[event.regimen]);
      case Kind::look:
        moment_.time_after_dose_h = moment_.t_h - last_dose_h_;
        engine_.look(event.record, moment_);
        return true;
    }
    return true;
  }

  const Timeline& timeline_;
  Engine& engine_;
  Moment moment_;
  double last_dose_h_ = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> rates_, given_;
};

}  // namespace detail

/// False when the engine said that it could not go on.
/// @throws std::logic_error when an event was not applied exactly once.
template <TimelineEngine Engine>
bool walk(const Timeline& timeline, Engine& engine) {
  return detail::Walker<Engine>(timeline, engine).run();
}

}  // namespace mgpk::timeline
