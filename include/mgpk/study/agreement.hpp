// How well a prediction agrees with a published or measured figure: residual, deviation,
// log-likelihood and its slope.
#pragma once

#include <cmath>
#include <limits>

#include <mgpk/study/fit/normal_tail.hpp>
#include <mgpk/study/study.hpp>

namespace mgpk::study {

/// What a prediction is held against: a mean with its standard error, or one measurement with the
/// standard deviation of its error.
struct Figure {
  double observed = unknown;
  double se = unknown;  ///< of `observed`, in its unit; NaN where it is not known
  Score score = Score::fold;
  bool is_upper_bound = false;  ///< all that is known is that the quantity lies below `observed`
};

/// How far a right mechanism may miss for reasons that no constant of it can mend: other people,
/// other meals, what the source did not say. Stated per observable, before any fit.
struct ModelError {
  double f_relative = 0;  ///< standard deviation as a share of the figure
  double floor = 0;       ///< the least of it, in the unit of the figure; for differences only
};

struct Agreement {
  double residual = unknown;  ///< ln(predicted/observed), or predicted - observed
  double deviation =
      unknown;  ///< standard deviation of the residual: of the figure and of the model
  double log_likelihood = unknown;
  double slope = unknown;  ///< of the log-likelihood, per unit of the prediction

  double standardized() const { return residual / deviation; }
};

namespace detail {

inline double deviation(const Figure& figure, const ModelError& error) {
  const double se = std::isnan(figure.se) ? 0.0 : figure.se;
  if (figure.score == Score::fold) return std::hypot(se / figure.observed, error.f_relative);
  return std::hypot(se, std::fmax(error.f_relative * std::abs(figure.observed), error.floor));
}

}  // namespace detail

/// A prediction of zero or less has no ratio: its likelihood is zero, and it has no residual. An
/// upper bound counts as the chance to stay below it, and its residual is what exceeds it.
inline Agreement agreement(const Figure& figure, double predicted, const ModelError& error) {
  Agreement a;
  a.deviation = detail::deviation(figure, error);
  const bool fold = figure.score == Score::fold;
  if (std::isnan(predicted)) return a;
  if (fold && predicted <= 0) {
    if (figure.is_upper_bound) {
      a.residual = a.log_likelihood = a.slope = 0;  // below the bound, whatever its ratio
    } else {
      a.log_likelihood = -std::numeric_limits<double>::infinity();
    }
    return a;
  }
  const double miss = fold ? std::log(predicted / figure.observed) : predicted - figure.observed;
  const double x = miss / a.deviation;
  const double slope_of_x = (fold ? 1 / predicted : 1.0) / a.deviation;
  if (figure.is_upper_bound) {
    a.residual = std::fmax(miss, 0.0);
    a.log_likelihood = fit::log_below(-x);
    a.slope = -slope_of_x * fit::slope_of_log_below(-x);
  } else {
    a.residual = miss;
    a.log_likelihood = fit::detail::log_density(x) - std::log(a.deviation);
    a.slope = -slope_of_x * x;
  }
  return a;
}

/// A study of the catalogue, held against a prediction with the stated error of its observable.
inline Agreement agreement(const Study& s, const Observable& observable, double predicted) {
  const Figure figure{s.observed, se(s), observable.score,
                      s.spread_kind == SpreadKind::upper_bound};
  return agreement(figure, predicted, {observable.f_error_relative, observable.error_floor});
}

}  // namespace mgpk::study
