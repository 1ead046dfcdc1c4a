// The one list of everything that happens, in order: what every engine consumes.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/dose/salts.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/evidence/values.hpp>
#include <mgpk/simulate/options.hpp>
#include <mgpk/simulate/sources.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk::simulation {

/// What an event adds, and to what.
enum class Action {
  swallow,   ///< mmol of solid into the stomach, by source
  meal,      ///< standard meals into the stomach
  glycine,   ///< mmol of glycine into the gut, that which will pass
  bolus,     ///< mmol into plasma
  depot,     ///< mmol into the muscle, that which will arrive
  lost,      ///< mmol given into the muscle that never arrive
  infusion,  ///< sets the infusion into plasma to this rate, mmol/h
};

struct Event {
  double t_h = 0;
  Action action = Action::swallow;
  double amount = 0;
  std::size_t source = 0;
};

/// All events up to and at the end of a run, in order of time; events of one time form one stop.
struct Timeline {
  std::vector<Event> events;
  std::vector<std::string> notes;  ///< what the timeline assumed
};

namespace detail {

struct Infusion {
  double from_h, to_h, mmol_per_h;
};

/// Builds a timeline for one subject and plan; each kind of line has its own short function.
class TimelineBuilder {
 public:
  TimelineBuilder(const Subject& subject, const Schedule& plan, const std::vector<Source>& sources,
                  double until_h)
      : subject_(subject),
        plan_(plan),
        sources_(sources),
        until_h_(until_h),
        values_(body::values_of(subject)) {}

  Timeline build() {
    add_diet();
    for (const auto& meal : plan_.meals())
      for_each_time(meal.timing, [&](double t_h) { add_meal(t_h, meal.mmol); });
    for (const auto& dose : plan_.doses())
      for_each_time(dose.timing, [&](double t_h) { add_dose(dose, t_h); });
    add_carrier_meals();
    add_infusions();
    merge_times();
    return std::move(timeline_);
  }

 private:
  template <class Act>
  void for_each_time(const dose::Timing& timing, Act&& act) const {
    for (int i = 0; i < timing.times; ++i) {
      const double t_h = timing.at_h + i * timing.every_h;
      if (t_h > until_h_ + same_time_h) break;
      act(t_h);
    }
  }

  void add(double t_h, Action action, double amount, std::size_t source = 0) {
    timeline_.events.push_back({t_h, action, amount, source});
  }

  void add_diet() {
    const auto& meals = body::meals_at_h(subject_);
    if (meals.empty()) refuse_diet_without_meals();
    for (double day_h = 0; day_h <= until_h_; day_h += units::hours_per_day)
      for (const double clock_h : meals)
        if (const double t_h = day_h + clock_h; t_h <= until_h_ + same_time_h) add_diet_meal(t_h);
  }

  void refuse_diet_without_meals() const {
    for (const auto& change : plan_.diet_changes())
      require(change.mg_per_d.value_or(0) == 0,
              "without meals_at_h a change of diet must bring 0 mg", change.mg_per_d.value_or(0),
              "give the subject meals_at_h, or add meals to the plan");
  }

  /// A meal of the diet, as the last change of diet that covers it wants it.
  void add_diet_meal(double t_h) {
    std::optional<double> mg_per_d = body::diet_mg_per_d(subject_);
    for (const auto& change : plan_.diet_changes()) {
      if (t_h < change.at_h - same_time_h || t_h >= change.at_h + change.over_h - same_time_h)
        continue;
      mg_per_d = change.mg_per_d;
    }
    if (!mg_per_d) return;  // a fast
    const auto n_meals = static_cast<double>(body::meals_at_h(subject_).size());
    add_meal(t_h, to_amount(ElementalMass{*mg_per_d / n_meals}).mmol);
  }

  void add_meal(double t_h, double mmol) {
    add(t_h, Action::meal, 1.0);
    if (mmol > 0) add(t_h, Action::swallow, mmol, 0);
    meal_times_.push_back(t_h);
  }

  bool meal_at(double t_h) const {
    return std::any_of(meal_times_.begin(), meal_times_.end(),
                       [&](double meal_h) { return std::abs(meal_h - t_h) <= same_time_h; });
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
      timeline_.notes.push_back("the dose at " + first +
                                " h is with a meal, but the diet has none then: a standard meal "
                                "without magnesium was added (" +
                                std::to_string(n_added) + " in all)");
  }

  void add_dose(const dose::Dose& dose, double t_h) {
    switch (dose.route) {
      case dose::Route::oral:
        return add_oral(dose, t_h);
      case dose::Route::im:
        return add_im(dose, t_h);
      case dose::Route::iv:
        break;
    }
    const double mmol = dose.components.front().mmol;
    if (dose.timing.over_h > 0) {
      infusions_.push_back({t_h, t_h + dose.timing.over_h, mmol / dose.timing.over_h});
    } else {
      add(t_h, Action::bolus, mmol);
    }
  }

  void add_oral(const dose::Dose& dose, double t_h) {
    for (const auto& component : dose.components) {
      add(t_h, Action::swallow, component.mmol, slot_of(sources_, source_name(dose, component)));
      const double glycine = dose::salt(component.salt).glycine_per_magnesium;
      if (glycine > 0) add(t_h, Action::glycine, glycine * values_.f_glycine * component.mmol);
    }
    if (dose.with_meal) carrier_meals_.push_back(t_h);
  }

  void add_im(const dose::Dose& dose, double t_h) {
    const double mmol = dose.components.front().mmol;
    add(t_h, Action::depot, values_.f_im * mmol);
    add(t_h, Action::lost, mmol - values_.f_im * mmol);
  }

  /// The rate is set anew at each start and end, as the sum over what then runs, so that no
  /// rounding is left behind by adding and taking away.
  void add_infusions() {
    std::vector<double> changes;
    for (const auto& infusion : infusions_) {
      changes.push_back(infusion.from_h);
      if (infusion.to_h <= until_h_ + same_time_h) changes.push_back(infusion.to_h);
    }
    for (const double t_h : changes) {
      double rate = 0;
      for (const auto& infusion : infusions_)
        if (infusion.from_h <= t_h + same_time_h && t_h + same_time_h < infusion.to_h)
          rate += infusion.mmol_per_h;
      add(t_h, Action::infusion, rate);
    }
  }

  void merge_times() {
    auto& events = timeline_.events;
    std::stable_sort(events.begin(), events.end(),
                     [](const Event& a, const Event& b) { return a.t_h < b.t_h; });
    for (std::size_t i = 1; i < events.size(); ++i)
      if (events[i].t_h - events[i - 1].t_h <= same_time_h) events[i].t_h = events[i - 1].t_h;
    for (auto& event : events) event.t_h = std::min(event.t_h, until_h_);
  }

  const Subject& subject_;
  const Schedule& plan_;
  const std::vector<Source>& sources_;
  double until_h_;
  evidence::Values<double> values_;
  Timeline timeline_;
  std::vector<double> meal_times_;
  std::vector<double> carrier_meals_;
  std::vector<Infusion> infusions_;
};

}  // namespace detail

inline Timeline timeline_of(const Subject& subject, const Schedule& plan,
                            const std::vector<Source>& sources, double until_h) {
  return detail::TimelineBuilder(subject, plan, sources, until_h).build();
}

}  // namespace mgpk::simulation
