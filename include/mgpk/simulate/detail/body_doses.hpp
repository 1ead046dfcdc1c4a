// From one dose of a plan to what arrives where in the body.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include <mgpk/dose/salts.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/evidence/values.hpp>
#include <mgpk/simulate/sources.hpp>
#include <mgpk/simulate/target.hpp>
#include <mgpk/timeline/administration.hpp>

namespace mgpk::simulation::detail {

using timeline::Administration;

/// When a line is given, as the timeline's rules want it said.
inline Administration administration_of(const dose::Timing& timing) {
  Administration dose;
  dose.t_h = timing.at_h;
  dose.duration_h = timing.over_h;
  dose.tlag_h = timing.tlag_h <= timeline::same_time_h ? 0.0 : timing.tlag_h;
  dose.interval_h = timing.every_h;
  dose.n_additional = timing.times - 1;
  if (timing.at_steady_state) dose.steady_state = timeline::SteadyState::instead;
  return dose;
}

/// How far into its interval a time lies; a time that misses the next one by rounding is that one.
inline double phase_h(double at_h, double every_h) {
  const double h = std::fmod(at_h, every_h);
  return h <= timeline::same_time_h || every_h - h <= timeline::same_time_h ? 0.0 : h;
}

/// The same for ever: as if taken at the turn's start and arriving at its phase, after doses that
/// were always taken and whose infusions may still run.
inline Administration always(const dose::Timing& timing, double cycle_h) {
  auto dose = administration_of(timing);
  dose.t_h = 0;
  dose.tlag_h = phase_h(timing.at_h + timing.tlag_h, timing.every_h);
  dose.n_additional = static_cast<int>(std::lround(cycle_h / timing.every_h)) - 1;
  dose.steady_state = timeline::SteadyState::added;
  return dose;
}

/// What of a line that went on for ever before time 0 is on its way at time 0: doses that were
/// taken and have not arrived, and the rest of infusions.
inline std::vector<Administration> under_way(const dose::Timing& timing) {
  std::vector<Administration> some;
  const double back_h = timing.every_h - phase_h(timing.at_h, timing.every_h);
  for (double taken_h = -back_h;; taken_h -= timing.every_h) {
    const double arrives_h = taken_h + timing.tlag_h;
    const double end_h = arrives_h + timing.over_h;
    if (end_h <= timeline::same_time_h) return some;
    Administration rest;
    rest.tlag_h = std::max(arrives_h, 0.0);
    rest.duration_h = timing.over_h > 0 ? end_h - rest.tlag_h : 0.0;
    some.push_back(rest);
  }
}

/// What one target gets. At one time covariates change first, then come resets, then doses at
/// steady state, which cancel what was pending, then the rest.
enum class Place { covariate, reset, steady_state, dose };
struct Part {
  Administration dose;
  Place place;
};

/// Splits doses among the targets of the body.
class BodyDoses {
 public:
  BodyDoses(const evidence::Values<double>& values, const std::vector<Source>& sources)
      : values_(values), sources_(sources) {}

  /// `f_of_dose`: how much of each dose is still to come, 1 but for an infusion under way. Only the
  /// first part names the line, and only it settles a steady state: a mix is one dose.
  void add(const dose::Dose& dose, std::size_t line, Administration when, double f_of_dose = 1) {
    const double f = dose.timing.f_bioavailable;
    place_ =
        when.steady_state == timeline::SteadyState::instead ? Place::steady_state : Place::dose;
    double sum_mmol = 0;
    for (const auto& component : dose.components) {
      sum_mmol += f_of_dose * component.mmol;
      add_component(dose, component, f * f_of_dose * component.mmol, line, when);
      line = timeline::no_record;
      when.steady_state = timeline::SteadyState::none;
    }
    if (f < 1) give(when, target::unavailable, (1 - f) * sum_mmol);
  }

  std::vector<Part> take() { return std::move(parts_); }

 private:
  void add_component(const dose::Dose& dose, const dose::Component& component, double mmol,
                     std::size_t line, const Administration& when) {
    auto rest = when;
    rest.steady_state = timeline::SteadyState::none;
    switch (dose.route) {
      case dose::Route::oral: {
        give(when, target::stomach(slot_of(sources_, source_name(dose, component))), mmol, line);
        const double glycine = dose::salt(component.salt).glycine_per_magnesium;
        if (glycine > 0) give(rest, target::glycine, glycine * values_.f_glycine * mmol);
        return;
      }
      case dose::Route::im:
        give(when, target::depot, values_.f_im * mmol, line);
        return give(rest, target::lost, mmol - values_.f_im * mmol);
      case dose::Route::iv:
        return give(when, target::plasma, mmol, line);
    }
  }

  void give(Administration dose, std::size_t compartment, double amount,
            std::size_t record = timeline::no_record) {
    dose.compartment = compartment;
    dose.amount = amount;
    dose.record = record;
    parts_.push_back({dose, place_});
  }

  const evidence::Values<double>& values_;
  const std::vector<Source>& sources_;
  Place place_ = Place::dose;
  std::vector<Part> parts_;
};

}  // namespace mgpk::simulation::detail
