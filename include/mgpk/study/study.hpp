// What a study of the catalogue is: people, a plan, an observable, and the figure that was read.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string_view>

#include <mgpk/evidence/reference_entry.hpp>

namespace mgpk::study {

inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// What a study is about; a report counts by these.
enum class Domain { absorption, urine, iv, loading, depletion, chronic, kidney_disease, baseline };

/// What the figure's spread says. A standard deviation, a coefficient of variation, a reference
/// range and an interquartile range are spreads of people; a standard error and a confidence
/// interval are of the mean; a range and an upper bound say nothing that can be weighed.
enum class SpreadKind { none, sd, se, cv, ci95, iqr, range, reference95, upper_bound };

/// How a prediction is held against the figure: as a ratio, where the quantity is positive; as a
/// difference, where it may be zero or negative: a change, a rise, a retention.
enum class Score { fold, difference };

/// What a prediction has to beat: that nothing has an effect and plasma stays where it is.
enum class Null {
  zero,      ///< no change, nothing kept
  one,       ///< as it was, or it makes no difference
  plasma,    ///< plasma at the start of the run; without a plan the reference level and its shares
  area,      ///< the area under that
  urine,     ///< urine of the same person without the plan; without a plan of the reference adult
  excreted,  ///< nothing of what is swallowed, all of what is injected: so plasma can stay
  adult,     ///< the reference adult
  common,    ///< one number for all: the geometric mean of the figures themselves
};

/// Figures to `show` are not for fitting: a maker's own, with a dose that is only recalled, or
/// those that set the size of a modifier. An `excused` one cannot be met, and its note says why.
enum class Use { fit, excused, show };

enum class Action { oral, iv, im, meal, diet, fast, modify };
enum class AmountUnit { mg, salt_mg, mmol, mEq, mg_per_d, none };

/// One line of a plan, as data/study_plans.csv gives it.
struct PlanLine {
  Action action;
  std::string_view salt;  ///< or the name of a modifier
  double amount;          ///< or its strength
  AmountUnit unit;
  double at_h, every_h;
  int times;
  double over_h;
  bool with_meal;
  double phytate_mmol, oxalate_mmol;
};

/// Who took what: a subject and a plan; what was not seen is that of the reference adult.
struct Scenario {
  std::string_view key;
  std::string_view sex;  ///< "female", "male" or empty
  std::optional<double> weight_kg, gfr_mL_per_min, diet_mg_per_d, albumin_g_per_L,
      c_plasma_total_mmol_per_L, start_c_plasma_total_mmol_per_L;
  std::string_view modifiers;  ///< names, parts split by ";"
  bool empty_gut_at_start;
  std::size_t first_line, n_lines;  ///< of the catalogue's plan lines
  std::string_view assumed;         ///< what the source did not say, parts split by "; "
};

/// A quantity that a study measured and a run can show, by its one name.
struct Observable {
  std::string_view name, unit;
  Score score;
  /// The stated error of the model: a share of the figure and, for differences, the least of it.
  double f_error_relative, error_floor;
  Null null;
  std::string_view meaning;
};

/// What is read off a run: of which scenario, held against which, and between which hours.
struct Reading {
  std::string_view scenario, comparator;  ///< comparator: the scenario held against it, or empty
  std::string_view observable, source;    ///< source: the label whose absorption is meant
  double from_h, to_h;                    ///< of the run, which starts at midnight
};

/// One endpoint: a row of data/human_magnesium.csv that a run can be held against.
struct Study : Reading {
  std::string_view key;
  int line;  ///< of data/human_magnesium.csv, its header being line 1
  std::string_view study;
  std::string_view cohort;  ///< the same people, however many rows they have
  std::string_view citation, doi, population, endpoint;
  Domain domain;
  std::string_view unit;
  double observed;
  SpreadKind spread_kind;
  double spread;     ///< standard deviation or error; NaN where an interval was given, or nothing
  double low, high;  ///< the interval that was given; NaN where none was
  int n;             ///< people behind the mean; 0 where it was not seen
  Use use;
  double f_cohort;  ///< how much the cohort counts as a whole: 1, less for a pool of trials
  evidence::Provenance provenance;
  std::string_view confidence, note;
};

/// A row of data/human_magnesium.csv that no run can be held against, and why.
struct Excluded {
  int line;
  std::string_view study, endpoint, reason, why;
};

constexpr std::string_view name_of(Domain domain) {
  constexpr std::string_view names[] = {
      "absorption", "urine", "iv", "loading", "depletion", "chronic", "kidney_disease", "baseline"};
  return names[static_cast<std::size_t>(domain)];
}

constexpr std::string_view name_of(SpreadKind kind) {
  constexpr std::string_view names[] = {"none", "sd",    "se",          "cv",         "ci95",
                                        "iqr",  "range", "reference95", "upper_bound"};
  return names[static_cast<std::size_t>(kind)];
}

constexpr std::string_view name_of(Score score) {
  return score == Score::fold ? "fold" : "difference";
}

constexpr std::string_view name_of(Use use) {
  constexpr std::string_view names[] = {"fit", "excused", "show"};
  return names[static_cast<std::size_t>(use)];
}

/// Standard error of the observed mean (of the median, for an interquartile range), from what was
/// given, as if people were spread normally; NaN where it cannot be derived.
inline double se(const Study& s) {
  constexpr double z95 = 1.959964, z75 = 0.67449;
  constexpr double of_median = 1.253314;  // the root of pi / 2
  const double root_n = s.n > 0 ? std::sqrt(static_cast<double>(s.n)) : unknown;
  switch (s.spread_kind) {
    case SpreadKind::se:
      return s.spread;
    case SpreadKind::sd:
    case SpreadKind::cv:
      return s.spread / root_n;
    case SpreadKind::ci95:
      return (s.high - s.low) / (2 * z95);
    case SpreadKind::reference95:
      return (s.high - s.low) / (2 * z95) / root_n;
    case SpreadKind::iqr:
      return of_median * (s.high - s.low) / (2 * z75) / root_n;
    case SpreadKind::none:
    case SpreadKind::range:
    case SpreadKind::upper_bound:
      break;
  }
  return unknown;
}

/// How far a predicted value is off, in standard errors of the observed mean alone.
inline double z(const Study& s, double predicted) { return (predicted - s.observed) / se(s); }

/// Predicted over observed, where both are positive and the observed is no bound; NaN elsewhere.
inline double ratio(const Study& s, double predicted) {
  const bool is_mean = s.spread_kind != SpreadKind::upper_bound;
  return is_mean && s.observed > 0 && predicted > 0 ? predicted / s.observed : unknown;
}

}  // namespace mgpk::study
