// The lines that a plan is made of, and what each of them refuses.
#pragma once

#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/evidence/modifiers.hpp>
#include <mgpk/nearest_name.hpp>

namespace mgpk::dose {

enum class Route { oral, iv, im };

/// One salt of a dose and its magnesium.
struct Component {
  std::string salt;
  double mmol = 0;
  bool operator==(const Component&) const = default;
};

/// When a dose is given, how often, and what of it arrives.
struct Timing {
  double at_h = 0;     ///< of the first; hours after the midnight at which the run starts
  double every_h = 0;  ///< interval; needed when `times` is more than 1
  int times = 1;
  double over_h = 0;  ///< length of an infusion; 0 is a bolus
  double tlag_h = 0;  ///< arrives so much later than it is taken
  /// Share that is given on; the rest counts as given and never arrives. The length of an infusion
  /// stays, so this changes its rate.
  double f_bioavailable = 1;
  /// Every `every_h` since long ago: at `at_h` the body comes to stand on the periodic orbit of the
  /// diet and this line. What was given before is gone.
  bool at_steady_state = false;
  bool operator==(const Timing&) const = default;
};

/// One line of a plan.
struct Dose {
  Route route = Route::oral;
  std::string label;  ///< names the source in the results
  std::vector<Component> components;
  Timing timing;
  bool with_meal = false;
  bool operator==(const Dose&) const = default;
};

/// A meal of the plan, besides the diet's own.
struct Meal {
  double mmol = 0;
  Timing timing;
  double phytate_mmol = 0;  ///< binds magnesium in the gut; besides what usual food holds
  double oxalate_mmol = 0;
  bool operator==(const Meal&) const = default;
};

/// A stretch of another diet; without an amount it is a fast: no meals at all.
struct DietChange {
  std::optional<double> mg_per_d;
  double at_h = 0;
  double over_h = 0;
  bool operator==(const DietChange&) const = default;
};

/// What a body becomes when everything given before is gone.
enum class ResetTo {
  baseline,   ///< the person's own periodic state of that hour of the day
  empty_gut,  ///< lumen, stomach and muscle are emptied; what was absorbed stays
};

/// Repeats and lagged doses that are still to come, and infusions that run, end here as well.
struct Reset {
  double at_h = 0;
  ResetTo to = ResetTo::baseline;
  bool operator==(const Reset&) const = default;
};

/// How values that are known at some times hold between them.
enum class CovariateRule {
  carried_forward,   ///< each from its time on; before the first the person's own
  carried_backward,  ///< each up to its time, the first from the start of the run
  linear,            ///< a straight line from each to the next; the first from the start of the run
};

/// A property of the person that changes in time. After the last time its value stays.
struct Covariate {
  std::string name;
  std::vector<double> values;
  std::vector<double> at_h;
  CovariateRule rule = CovariateRule::carried_forward;
  bool operator==(const Covariate&) const = default;
};

/// The only property of a person that a plan may change so far.
inline constexpr std::string_view gfr_covariate = "gfr_mL_per_min";

/// A stretch in which something acts on the person, such as caffeine: one of data/modifiers.csv
/// that acts within hours. While several act, their factors multiply.
struct Modification {
  std::string name;
  double strength = 1;  ///< 1 as in the table; [0, 2]
  Timing timing{};      ///< from `at_h` for `over_h`; may repeat
  bool operator==(const Modification&) const = default;
};

/// A stretch of time of its own, such as a visit; it lasts until the next.
struct Occasion {
  int number = 1;
  double at_h = 0;
  bool operator==(const Occasion&) const = default;
};

/// A share of a mix, of its magnesium.
struct Share {
  std::string_view salt;
  double f_of_magnesium;
};

namespace detail {

inline void check_steady_state(const Timing& t) {
  if (!(t.every_h > 0))
    fail("a dose at_steady_state needs every_h > 0", text_of(t.every_h),
         "give the interval in hours");
  // The state at the dose would depend on doses of which some have not yet arrived.
  require(t.tlag_h < t.every_h, "at_steady_state the lag must be shorter than every_h, tlag_h",
          t.tlag_h, "shorten the lag, or let the doses begin earlier");
}

inline void check_timing(const Timing& t) {
  require_not_negative("at_h", t.at_h, "give hours after the start of the run");
  require_not_negative("over_h", t.over_h,
                       "give the length of the infusion in hours, 0 for a bolus");
  require_not_negative("every_h", t.every_h, "give the interval in hours");
  require(t.times >= 1 && t.times <= 100000, "times must lie between 1 and 100000", t.times,
          "give how often the dose is taken");
  require_not_negative("tlag_h", t.tlag_h, "give how much later the dose arrives, in hours");
  require_between("f_bioavailable", t.f_bioavailable, 0, 1, "give a fraction of the dose");
  if (t.at_steady_state) return check_steady_state(t);
  if (t.times > 1 && !(t.every_h > 0))
    fail("a dose taken more than once needs every_h > 0", text_of(t.every_h),
         "give the interval in hours");
  if (t.times == 1 && t.every_h > 0)
    fail("a dose with every_h needs times > 1", "times = 1",
         "say how often it is taken, or leave every_h out");
}

inline constexpr double most_binder_mmol = 50;  ///< beyond it mg were given for mmol

inline void check_binders(double phytate_mmol, double oxalate_mmol) {
  require_between("phytate_mmol", phytate_mmol, 0, most_binder_mmol,
                  "give mmol of phytic acid (mg over 660)");
  require_between("oxalate_mmol", oxalate_mmol, 0, most_binder_mmol,
                  "give mmol of oxalic acid (mg over 90)");
}

/// A meal is eaten when it is eaten, all of it.
inline void check_meal_timing(const Timing& t) {
  check_timing(t);
  const Timing plain{t.at_h, t.every_h, t.times};
  if (!(t == plain))
    fail("a meal has a time, an interval and a number of times only",
         t.over_h > 0            ? "over_h = " + text_of(t.over_h)
         : t.tlag_h > 0          ? "tlag_h = " + text_of(t.tlag_h)
         : t.f_bioavailable != 1 ? "f_bioavailable = " + text_of(t.f_bioavailable)
                                 : std::string("at_steady_state"),
         "leave it out");
}

inline void check_modification(const Modification& m) {
  evidence::check_modifier(m.name, m.strength, evidence::Applies::acute);
  check_timing(m.timing);
  const auto& t = m.timing;
  if (!(t == Timing{t.at_h, t.every_h, t.times, t.over_h}))
    fail("a modifier has a time, a length, an interval and a number of times only",
         t.tlag_h > 0            ? "tlag_h = " + text_of(t.tlag_h)
         : t.f_bioavailable != 1 ? "f_bioavailable = " + text_of(t.f_bioavailable)
                                 : std::string("at_steady_state"),
         "leave it out");
  require_positive("over_h", t.over_h, "give how many hours it acts");
  if (t.times > 1)
    require(t.every_h >= t.over_h, "a modifier must end before it comes again, every_h", t.every_h,
            "lengthen every_h, or give one stretch with a strength");
}

/// Labels end up in the names of columns, some of which name segments: a_absorbed_in_colon_mmol.
inline void check_label(std::string_view label) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  bool good =
      !label.empty() && label != "food" && label != "endogenous" && !label.starts_with("in_");
  for (const char c : label) good = good && allowed(c);
  if (!good)
    fail(
        "a label takes lower-case letters, digits and _, does not begin with in_ and is not food "
        "or endogenous",
        '"' + std::string(label) + '"', "choose a name such as morning_dose");
}

inline void check_covariate(const Covariate& c) {
  if (c.name != gfr_covariate)
    fail_unknown_name("a covariate must be one that can change in time", c.name,
                      std::vector<std::string>{std::string(gfr_covariate)},
                      "known is gfr_mL_per_min");
  if (c.values.empty() || c.values.size() != c.at_h.size())
    fail(
        "a covariate needs one time for each value",
        std::to_string(c.values.size()) + " values and " + std::to_string(c.at_h.size()) + " times",
        "give values and at_h of one length");
  for (std::size_t i = 0; i < c.values.size(); ++i) {
    require_between(c.name, c.values[i], 1.0, 250.0,
                    "give the GFR of the person in mL/min, not indexed and not in L/h");
    require_not_negative("at_h", c.at_h[i], "give hours after the start of the run");
    if (i > 0)
      require(c.at_h[i] > c.at_h[i - 1], "the times of a covariate must rise strictly", c.at_h[i],
              "sort the values by time and give each time once");
  }
}

}  // namespace detail
}  // namespace mgpk::dose
