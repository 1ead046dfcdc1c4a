// A plan: what is swallowed or injected, when, how often, and what happens to the diet meanwhile.
#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mgpk/dose/lines.hpp>
#include <mgpk/dose/salts.hpp>
#include <mgpk/error.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk {

/// A plan of doses. Every call adds one line and gives the plan back, so that calls chain.
class Schedule {
 public:
  /// A salt by mouth. `hydrate` is needed for a salt mass when the salt has several forms.
  Schedule& oral(std::string_view salt, DoseAmount amount, dose::Timing timing = {},
                 bool with_meal = false, std::string_view label = "",
                 std::string_view hydrate = "") {
    const std::string name(dose::salt(salt).name);
    return add_oral({{name, dose::to_mmol(amount, salt, hydrate)}}, timing, with_meal,
                    label.empty() ? name : std::string(label));
  }

  /// A mix by mouth, such as a "buffered" glycinate: shares of its magnesium, which add up to 1.
  Schedule& oral_mix(const std::vector<dose::Share>& shares, DoseAmount amount,
                     std::string_view label, dose::Timing timing = {}, bool with_meal = false) {
    if (std::holds_alternative<SaltMass>(amount))
      fail("the amount of a mix is its magnesium", "a salt mass",
           "give elemental_mg, mmol or mEq of the whole mix");
    double sum = 0;
    std::vector<dose::Component> components;
    for (const auto& share : shares) {
      const std::string name(dose::salt(share.salt).name);
      require_positive("the share of " + name, share.f_of_magnesium,
                       "give shares that add up to 1");
      components.push_back({name, share.f_of_magnesium * dose::to_mmol(amount, name)});
      sum += share.f_of_magnesium;
    }
    require(std::abs(sum - 1.0) < 1e-9, "the shares of a mix must add up to 1", sum,
            "give each salt's share of the magnesium");
    return add_oral(std::move(components), timing, with_meal, std::string(label));
  }

  /// Into a vein: a bolus, or an infusion when `timing.over_h` is positive.
  Schedule& iv(std::string_view salt, DoseAmount amount, dose::Timing timing = {}) {
    return add_parenteral(dose::Route::iv, salt, amount, timing);
  }

  /// Into a muscle.
  Schedule& im(std::string_view salt, DoseAmount amount, dose::Timing timing = {}) {
    if (timing.over_h > 0)
      fail("an intramuscular dose is given at once", "over_h = " + text_of(timing.over_h),
           "leave over_h out");
    return add_parenteral(dose::Route::im, salt, amount, timing);
  }

  /// A standard meal besides the diet's own, with the magnesium it brings (0 is allowed), and the
  /// phytate and oxalate beyond those of usual food.
  Schedule& meal(ElementalMass food, dose::Timing timing = {}, double phytate_mmol = 0,
                 double oxalate_mmol = 0) {
    require_between("the magnesium of a meal", food.mg, 0, dose::elemental_limit_mg,
                    "give mg of elemental magnesium");
    dose::detail::check_meal_timing(timing);
    dose::detail::check_binders(phytate_mmol, oxalate_mmol);
    meals_.push_back(
        {food.mg > 0 ? to_amount(food).mmol : 0.0, timing, phytate_mmol, oxalate_mmol});
    return *this;
  }

  /// Another diet from `at_h` for `over_h` hours, at the usual meal times.
  Schedule& diet(double mg_per_d, double at_h, double over_h) {
    return change_diet({mg_per_d, at_h, over_h});
  }

  /// No meals at all from `at_h` for `over_h` hours.
  Schedule& fast(double at_h, double over_h) { return change_diet({std::nullopt, at_h, over_h}); }

  /// Everything given before `at_h` is gone, and what is pending never comes. What else is given at
  /// that very time is given after it; meals, diet and covariates go on.
  Schedule& reset(double at_h, dose::ResetTo to = dose::ResetTo::baseline) {
    require_not_negative("at_h", at_h, "give hours after the start of the run");
    resets_.push_back({at_h, to});
    return *this;
  }

  /// A property of the person that changes in time, such as the GFR. The baseline beside the run,
  /// the start and a reset to the baseline keep the person's own.
  Schedule& covariate(dose::Covariate line) {
    dose::detail::check_covariate(line);
    for (const auto& other : covariates_)
      if (other.name == line.name)
        fail("a plan changes a covariate in one line", line.name + " twice",
             "give all its values and times at once");
    covariates_.push_back(std::move(line));
    return *this;
  }

  /// Something acts on the person from `timing.at_h` for `timing.over_h`, such as caffeine; it may
  /// repeat. The baseline beside the run, the start and a reset to the baseline go without it.
  Schedule& modify(std::string_view name, dose::Timing timing, double strength = 1) {
    dose::Modification line{std::string(name), strength, timing};
    dose::detail::check_modification(line);
    modifications_.push_back(std::move(line));
    return *this;
  }

  /// Occasion `number` begins, such as a visit. Without any, each line of doses opens one.
  Schedule& occasion(int number, double at_h) {
    require_not_negative("at_h", at_h, "give hours after the start of the run");
    occasions_.push_back({number, at_h});
    return *this;
  }

  /// The plan of these lines, as another plan gave them: checked like lines that are added by name.
  static Schedule from_lines(const std::vector<dose::Dose>& doses,
                             const std::vector<dose::Meal>& meals,
                             const std::vector<dose::DietChange>& diet_changes,
                             const std::vector<dose::Reset>& resets = {},
                             const std::vector<dose::Covariate>& covariates = {},
                             const std::vector<dose::Occasion>& occasions = {},
                             const std::vector<dose::Modification>& modifications = {}) {
    Schedule plan;
    for (const auto& line : doses) plan.add_line(line);
    for (const auto& line : meals) {
      require_between("the magnesium of a meal", line.mmol, 0, dose::amount_limit_mmol,
                      "give mmol of magnesium");
      dose::detail::check_meal_timing(line.timing);
      dose::detail::check_binders(line.phytate_mmol, line.oxalate_mmol);
      plan.meals_.push_back(line);
    }
    for (const auto& line : diet_changes) plan.change_diet(line);
    for (const auto& line : resets) plan.reset(line.at_h, line.to);
    for (const auto& line : covariates) plan.covariate(line);
    for (const auto& line : occasions) plan.occasion(line.number, line.at_h);
    for (const auto& line : modifications) plan.modify(line.name, line.timing, line.strength);
    return plan;
  }

  const std::vector<dose::Dose>& doses() const { return doses_; }
  const std::vector<dose::Meal>& meals() const { return meals_; }
  const std::vector<dose::DietChange>& diet_changes() const { return diet_changes_; }
  const std::vector<dose::Reset>& resets() const { return resets_; }
  const std::vector<dose::Covariate>& covariates() const { return covariates_; }
  const std::vector<dose::Occasion>& occasions() const { return occasions_; }
  const std::vector<dose::Modification>& modifications() const { return modifications_; }
  bool empty() const { return *this == Schedule(); }
  bool operator==(const Schedule&) const = default;

 private:
  Schedule& add_oral(std::vector<dose::Component> components, dose::Timing timing, bool with_meal,
                     std::string label) {
    if (timing.over_h > 0)
      fail("a dose by mouth is swallowed at once", "over_h = " + text_of(timing.over_h),
           "leave over_h out, or split the dose");
    dose::detail::check_timing(timing);
    dose::detail::check_label(label);
    doses_.push_back(
        {dose::Route::oral, std::move(label), std::move(components), timing, with_meal});
    return *this;
  }

  Schedule& add_parenteral(dose::Route route, std::string_view salt, DoseAmount amount,
                           dose::Timing timing) {
    const std::string name(dose::salt(salt).name);
    if (dose::salt(name).dissolution != dose::Dissolution::soluble)
      fail("a salt given into a vein or a muscle must be soluble", name, "name a soluble salt");
    dose::detail::check_timing(timing);
    doses_.push_back({route, name, {{name, dose::to_mmol(amount, salt)}}, timing, false});
    return *this;
  }

  void add_line(const dose::Dose& line) {
    const bool by_mouth = line.route == dose::Route::oral;
    if (line.components.empty() || (!by_mouth && line.components.size() > 1))
      fail("a dose holds one salt, or by mouth a mix of them",
           std::to_string(line.components.size()) + " salts", "give its components");
    std::vector<dose::Component> components;
    for (const auto& [salt, amount_mmol] : line.components)
      components.push_back(
          {std::string(dose::salt(salt).name), dose::to_mmol(Amount{amount_mmol}, salt)});
    if (by_mouth) {
      add_oral(std::move(components), line.timing, line.with_meal, line.label);
    } else if (line.route == dose::Route::im) {
      im(components[0].salt, Amount{components[0].mmol}, line.timing);
    } else {
      iv(components[0].salt, Amount{components[0].mmol}, line.timing);
    }
  }

  Schedule& change_diet(dose::DietChange change) {
    if (change.mg_per_d)
      require_between("diet mg_per_d", *change.mg_per_d, 0, 3000,
                      "give elemental magnesium in mg per day");
    require_not_negative("at_h", change.at_h, "give hours after the start of the run");
    require_positive("over_h", change.over_h, "give how many hours the change lasts");
    diet_changes_.push_back(change);
    return *this;
  }

  std::vector<dose::Dose> doses_;
  std::vector<dose::Meal> meals_;
  std::vector<dose::DietChange> diet_changes_;
  std::vector<dose::Reset> resets_;
  std::vector<dose::Covariate> covariates_;
  std::vector<dose::Occasion> occasions_;
  std::vector<dose::Modification> modifications_;
};

}  // namespace mgpk
