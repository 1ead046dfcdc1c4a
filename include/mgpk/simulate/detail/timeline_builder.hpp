// From the lines of a plan and the diet to what arrives where; the order is the timeline's.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/dose/salts.hpp>
#include <mgpk/evidence/values.hpp>
#include <mgpk/simulate/timeline.hpp>
#include <mgpk/timeline/builder.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk::simulation {

namespace detail {

/// Collects what one subject and plan bring; each kind of line has its own short function.
class TimelineBuilder {
 public:
  TimelineBuilder(const Subject& subject, const Schedule& plan, const std::vector<Source>& sources,
                  double until_h)
      : plan_(plan),
        sources_(sources),
        until_h_(until_h),
        values_(body::values_of(subject)),
        diet_mg_per_d_(body::diet_mg_per_d(subject)),
        meals_(body::meals_at_h(subject)) {}

  /// From a midnight to the end of a run, which belongs to it.
  Timeline run() {
    add_diet(until_h_ + timeline::same_time_h);
    for (const auto& meal : plan_.meals())
      for_each_time(meal.timing, [&](double t_h) { add_meal(t_h, meal.mmol); });
    for (std::size_t line = 0; line < plan_.doses().size(); ++line) {
      const auto& dose = plan_.doses()[line];
      add_dose(dose, line, administration(dose.timing));
      if (dose.with_meal)
        for_each_time(dose.timing, [&](double t_h) { carrier_meals_.push_back(t_h); });
    }
    return build();
  }

  /// One turn of a life that repeats itself.
  Timeline cycle() {
    add_diet(until_h_ - timeline::same_time_h);
    for (const auto& meal : plan_.meals())
      for_each_turn(meal.timing, [&](double t_h) { add_meal(t_h, meal.mmol); });
    for (std::size_t line = 0; line < plan_.doses().size(); ++line) {
      const auto& dose = plan_.doses()[line];
      add_dose(dose, line, always(dose.timing));
      if (dose.with_meal)
        for_each_turn(dose.timing, [&](double t_h) { carrier_meals_.push_back(t_h); });
    }
    return build();
  }

 private:
  static timeline::Administration administration(const dose::Timing& timing) {
    timeline::Administration dose;
    dose.t_h = timing.at_h;
    dose.duration_h = timing.over_h;
    dose.interval_h = timing.every_h;
    dose.n_additional = timing.times - 1;
    return dose;
  }

  /// The same for ever: as if taken at each turn's start and arriving at its phase, after doses
  /// that were always taken, whose infusions may still run.
  timeline::Administration always(const dose::Timing& timing) const {
    auto dose = administration(timing);
    dose.t_h = 0;
    dose.tlag_h = phase_h(timing.at_h, timing.every_h);
    dose.n_additional = turns(timing) - 1;
    dose.steady_state = timeline::SteadyState::added;
    return dose;
  }

  static double phase_h(double at_h, double every_h) {
    const double h = std::fmod(at_h, every_h);
    return h <= timeline::same_time_h || every_h - h <= timeline::same_time_h ? 0.0 : h;
  }
  int turns(const dose::Timing& timing) const {
    return static_cast<int>(std::lround(until_h_ / timing.every_h));
  }

  template <class Act>
  void for_each_time(const dose::Timing& timing, Act&& act) const {
    for (int i = 0; i < timing.times; ++i) {
      const double t_h = timing.at_h + i * timing.every_h;
      if (t_h > until_h_ + timeline::same_time_h) break;
      act(t_h);
    }
  }
  template <class Act>
  void for_each_turn(const dose::Timing& timing, Act&& act) const {
    const double first_h = phase_h(timing.at_h, timing.every_h);
    for (int i = 0; i < turns(timing); ++i) act(first_h + i * timing.every_h);
  }

  void give(timeline::Administration dose, std::size_t compartment, double amount,
            std::size_t record = timeline::no_record) {
    dose.compartment = compartment;
    dose.amount = amount;
    dose.record = record;
    doses_.push_back(dose);
  }
  void give_at(double t_h, std::size_t compartment, double amount) {
    timeline::Administration once;
    once.t_h = t_h;
    give(once, compartment, amount);
  }

  void add_diet(double before_h) {
    if (meals_.empty()) refuse_diet_without_meals();
    for (double day_h = 0; day_h <= before_h; day_h += units::hours_per_day)
      for (const double clock_h : meals_)
        if (const double t_h = day_h + clock_h; t_h <= before_h) add_diet_meal(t_h);
  }

  void refuse_diet_without_meals() const {
    for (const auto& change : plan_.diet_changes())
      require(change.mg_per_d.value_or(0) == 0,
              "without meals_at_h a change of diet must bring 0 mg", change.mg_per_d.value_or(0),
              "give the subject meals_at_h, or add meals to the plan");
  }

  /// A meal of the diet, as the last change of diet that covers it wants it.
  void add_diet_meal(double t_h) {
    std::optional<double> mg_per_d = diet_mg_per_d_;
    for (const auto& change : plan_.diet_changes()) {
      const double end_h = change.at_h + change.over_h;
      if (t_h < change.at_h - timeline::same_time_h || t_h >= end_h - timeline::same_time_h)
        continue;
      mg_per_d = change.mg_per_d;
    }
    if (!mg_per_d) return;  // a fast
    add_meal(t_h, to_amount(ElementalMass{*mg_per_d / static_cast<double>(meals_.size())}).mmol);
  }

  void add_meal(double t_h, double mmol) {
    give_at(t_h, target::meal, 1.0);
    if (mmol > 0) give_at(t_h, target::stomach(0), mmol);
    meal_times_.push_back(t_h);
  }

  bool meal_at(double t_h) const {
    return std::any_of(meal_times_.begin(), meal_times_.end(), [&](double meal_h) {
      return std::abs(meal_h - t_h) <= timeline::same_time_h;
    });
  }

  /// A dose "with a meal" is eaten with the meal of that time; where there is none, one without
  /// magnesium is added, and the run says so.
  void add_carrier_meals() {
    int n_added = 0;
    std::string first;
    for (const double t_h : carrier_meals_) {
      if (meal_at(t_h)) continue;
      add_meal(t_h, 0.0);
      if (n_added++ == 0) first = text_of(t_h);
    }
    if (n_added > 0)
      notes_.push_back("the dose at " + first +
                       " h is with a meal, but the diet has none then: a standard meal without "
                       "magnesium was added (" +
                       std::to_string(n_added) + " in all)");
  }

  void add_dose(const dose::Dose& dose, std::size_t line, const timeline::Administration& when) {
    const double mmol = dose.components.front().mmol;
    switch (dose.route) {
      case dose::Route::oral:
        return add_oral(dose, line, when);
      case dose::Route::im:
        give(when, target::depot, values_.f_im * mmol, line);
        return give(when, target::lost, mmol - values_.f_im * mmol);
      case dose::Route::iv:
        return give(when, target::plasma, mmol, line);
    }
  }

  void add_oral(const dose::Dose& dose, std::size_t line, const timeline::Administration& when) {
    std::size_t record = line;
    for (const auto& component : dose.components) {
      const std::size_t source = slot_of(sources_, source_name(dose, component));
      give(when, target::stomach(source), component.mmol, record);
      record = timeline::no_record;  // a mix is one dose
      const double glycine = dose::salt(component.salt).glycine_per_magnesium;
      if (glycine > 0) give(when, target::glycine, glycine * values_.f_glycine * component.mmol);
    }
  }

  Timeline build() {
    add_carrier_meals();
    std::stable_sort(doses_.begin(), doses_.end(),
                     [](const auto& a, const auto& b) { return a.t_h < b.t_h; });
    timeline::Builder builder(target::count, 0.0, until_h_);
    for (const auto& dose : doses_) builder.give(dose);
    return {builder.build(), std::move(notes_)};
  }

  const Schedule& plan_;
  const std::vector<Source>& sources_;
  double until_h_;
  evidence::Values<double> values_;
  double diet_mg_per_d_;
  std::vector<double> meals_;
  std::vector<timeline::Administration> doses_;
  std::vector<double> meal_times_;
  std::vector<double> carrier_meals_;
  std::vector<std::string> notes_;
};

}  // namespace detail

inline Timeline timeline_of(const Subject& subject, const Schedule& plan,
                            const std::vector<Source>& sources, double until_h) {
  return detail::TimelineBuilder(subject, plan, sources, until_h).run();
}

inline Timeline cycle_of(const Subject& subject, const Schedule& plan,
                         const std::vector<Source>& sources, double cycle_h) {
  return detail::TimelineBuilder(subject, plan, sources, cycle_h).cycle();
}

}  // namespace mgpk::simulation
