// From the lines of a plan and the diet to what happens when; the order is the timeline's.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/evidence/values.hpp>
#include <mgpk/gut/complexation.hpp>
#include <mgpk/simulate/detail/alterations.hpp>
#include <mgpk/simulate/detail/body_doses.hpp>
#include <mgpk/simulate/detail/filtration.hpp>
#include <mgpk/simulate/timeline.hpp>
#include <mgpk/timeline/builder.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk::simulation {

namespace detail {

/// Collects what one subject and plan bring; each kind of line has its own short function.
class TimelineBuilder {
 public:
  TimelineBuilder(const Subject& subject, const Schedule& plan, const std::vector<Source>& sources)
      : plan_(plan),
        values_(body::values_of(subject)),
        diet_mg_per_d_(body::diet_mg_per_d(subject)),
        meals_(body::meals_at_h(subject)),
        diet_binders_(binders(subject.diet_phytate_mmol_per_d, subject.diet_oxalate_mmol_per_d)),
        doses_(values_, sources) {}

  /// From a midnight to the end of a run, which belongs to it.
  Timeline run(double until_h, const Schedule& under_way_before) {
    until_h_ = until_h;
    for (const auto& dose : under_way_before.doses()) add_under_way(dose);
    add_diet();
    for (const auto& meal : plan_.meals())
      for_each_time(meal.timing, until_h_, [&](double t_h) { add_meal(t_h, meal); });
    for (std::size_t line = 0; line < plan_.doses().size(); ++line) {
      const auto& dose = plan_.doses()[line];
      doses_.add(dose, line, administration_of(dose.timing));
      if (dose.with_meal)
        for_each_time(dose.timing, cancelled_at_h(dose.timing),
                      [&](double t_h) { carrier_meals_.push_back(t_h); });
    }
    for (const auto& covariate : plan_.covariates()) filtration_ = filtration_of(covariate);
    alterations_ = alterations_of(plan_.modifications(), until_h_);
    return build();
  }

  /// A part of one turn of a life that repeats itself. The end does not belong to it.
  Timeline cycle(double cycle_h, double until_h) {
    until_h_ = until_h - 2 * timeline::same_time_h;
    add_diet();
    for (const auto& meal : plan_.meals())
      for_each_turn(meal.timing, cycle_h, [&](double t_h) { add_meal(t_h, meal); });
    for (std::size_t line = 0; line < plan_.doses().size(); ++line) {
      const auto& dose = plan_.doses()[line];
      doses_.add(dose, line, always(dose.timing, cycle_h));
      if (dose.with_meal)
        for_each_turn(dose.timing, cycle_h, [&](double t_h) { carrier_meals_.push_back(t_h); });
    }
    return build();
  }

 private:
  template <class Act>
  void for_each_time(const dose::Timing& timing, double last_h, Act&& act) const {
    for (int i = 0; i < timing.times; ++i) {
      const double t_h = timing.at_h + i * timing.every_h;
      if (t_h > last_h + timeline::same_time_h) break;
      act(t_h);
    }
  }
  template <class Act>
  void for_each_turn(const dose::Timing& timing, double cycle_h, Act&& act) const {
    const double first_h = phase_h(timing.at_h, timing.every_h);
    const auto n = static_cast<int>(std::lround(cycle_h / timing.every_h));
    for (int i = 0; i < n && first_h + i * timing.every_h <= until_h_; ++i)
      act(first_h + i * timing.every_h);
  }

  /// Until when the repeats of a line come: the meals that go with them end there, too.
  double cancelled_at_h(const dose::Timing& timing) const {
    double end_h = until_h_;
    const auto end_at = [&](double at_h) {
      if (at_h > timing.at_h + timeline::same_time_h) end_h = std::min(end_h, at_h);
    };
    for (const auto& reset : plan_.resets()) end_at(reset.at_h);
    for (const auto& other : plan_.doses())
      if (other.timing.at_steady_state) end_at(other.timing.at_h);
    return end_h;
  }

  void add_under_way(const dose::Dose& dose) {
    for (const auto& rest : under_way(dose.timing)) {
      const double over_h = dose.timing.over_h;
      doses_.add(dose, timeline::no_record, rest, over_h > 0 ? rest.duration_h / over_h : 1.0);
    }
  }

  void add_diet() {
    if (meals_.empty()) refuse_diet_without_meals();
    const double last_h = until_h_ + timeline::same_time_h;
    for (double day_h = 0; day_h <= last_h; day_h += units::hours_per_day)
      for (const double clock_h : meals_)
        if (const double t_h = day_h + clock_h; t_h <= last_h) add_diet_meal(t_h);
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
    const auto n_meals = static_cast<double>(meals_.size());
    eat_meal(t_h, to_amount(ElementalMass{*mg_per_d / n_meals}).mmol, diet_binders_ / n_meals);
  }

  double binders(double phytate_mmol, double oxalate_mmol) const {
    return gut::binders_of_meal<double>({values_.phytate_half_mmol, values_.oxalate_half_mmol},
                                        phytate_mmol, oxalate_mmol);
  }
  void add_meal(double t_h, const dose::Meal& meal) {
    eat_meal(t_h, meal.mmol, binders(meal.phytate_mmol, meal.oxalate_mmol));
  }

  void eat_meal(double t_h, double mmol, double n_binders) {
    eat(t_h, target::meal, 1.0);
    if (mmol > 0) eat(t_h, target::stomach(0), mmol);
    if (n_binders > 0) eat(t_h, target::binder, n_binders);
    meal_times_.push_back(t_h);
  }
  void eat(double t_h, std::size_t compartment, double amount) {
    Administration once;
    once.t_h = t_h;
    once.compartment = compartment;
    once.amount = amount;
    eaten_.push_back({once, Place::dose});
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
      eat_meal(t_h, 0.0, 0.0);
      if (n_added++ == 0) first = text_of(t_h);
    }
    if (n_added > 0)
      notes_.push_back("the dose at " + first +
                       " h is with a meal, but the diet has none then: a standard meal without "
                       "magnesium was added (" +
                       std::to_string(n_added) + " in all)");
  }

  struct Step {
    double t_h;
    Place place;
    std::size_t index;
  };

  Timeline build() {
    add_carrier_meals();
    auto parts = doses_.take();
    parts.insert(parts.begin(), eaten_.begin(), eaten_.end());
    std::vector<Step> steps;
    for (std::size_t i = 0; i < filtration_.size(); ++i)
      steps.push_back({filtration_[i].from_h, Place::covariate, i});
    for (std::size_t i = 0; i < alterations_.size(); ++i)
      steps.push_back({alterations_[i].from_h, Place::covariate, filtration_.size() + i});
    for (std::size_t i = 0; i < plan_.resets().size(); ++i)
      steps.push_back({plan_.resets()[i].at_h, Place::reset, i});
    for (std::size_t i = 0; i < parts.size(); ++i)
      steps.push_back({parts[i].dose.t_h, parts[i].place, i});
    std::stable_sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) {
      return a.t_h < b.t_h || (a.t_h == b.t_h && a.place < b.place);
    });
    timeline::Builder builder(target::count, 0.0, until_h_);
    for (const auto& step : steps) tell(builder, step, parts);
    return {builder.build(), std::move(filtration_), std::move(alterations_), std::move(notes_)};
  }

  void tell(timeline::Builder& builder, const Step& step, const std::vector<Part>& parts) {
    if (step.place == Place::covariate) return builder.look(step.t_h, step.index, true);
    if (step.place == Place::reset) return builder.reset(step.t_h, step.index);
    auto dose = parts[step.index].dose;
    if (dose.steady_state == timeline::SteadyState::instead) {
      // Lines that settle at one time are one regimen: the second must not cancel the first.
      if (dose.t_h - settled_h_ <= timeline::same_time_h)
        dose.steady_state = timeline::SteadyState::added;
      settled_h_ = dose.t_h;
    }
    builder.give(dose);
  }

  const Schedule& plan_;
  double until_h_ = 0;
  evidence::Values<double> values_;
  double diet_mg_per_d_;
  std::vector<double> meals_;
  double diet_binders_;
  BodyDoses doses_;
  std::vector<Part> eaten_;
  std::vector<double> meal_times_;
  std::vector<double> carrier_meals_;
  std::vector<Filtration> filtration_;
  std::vector<Alteration> alterations_;
  double settled_h_ = -std::numeric_limits<double>::infinity();
  std::vector<std::string> notes_;
};

}  // namespace detail

inline Timeline timeline_of(const Subject& subject, const Schedule& plan,
                            const std::vector<Source>& sources, double until_h,
                            const Schedule& under_way) {
  return detail::TimelineBuilder(subject, plan, sources).run(until_h, under_way);
}

inline Timeline cycle_of(const Subject& subject, const Schedule& plan,
                         const std::vector<Source>& sources, double cycle_h, double until_h) {
  return detail::TimelineBuilder(subject, plan, sources).cycle(cycle_h, until_h);
}

}  // namespace mgpk::simulation
