// What is seen in a person of one arm of a trial, drawn from a published mean and spread.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include <mgpk/random/quantile.hpp>
#include <mgpk/trial/trial_effect.hpp>

namespace mgpk::trial {

/// Deviation between persons that gives the published standard error: of a difference between two
/// groups of n/2 people each, SE^2 = 4 SD^2 / n. Derived; the interval of a meta-analysis holds the
/// disagreement of its trials as well, so that the deviation is rather too large.
inline double spread_between_persons(const TrialEffect& effect) {
  return effect.se * std::sqrt(effect.n_people) / 2.0;
}

/// Shape of the negative binomial law whose variance about the placebo mean is that spread.
inline double shape_of_counts(const TrialEffect& effect) {
  const double sd = spread_between_persons(effect);
  return effect.placebo * effect.placebo / (sd * sd - effect.placebo);
}

/// Counts by the inverse of their law; the variance is mean + mean^2 / shape_factor. The shares
/// below are added up once.
class CountLaw {
 public:
  CountLaw(double mean, double shape_factor) {
    const double f_more = mean / (shape_factor + mean);
    double share = std::exp(shape_factor * std::log1p(-f_more)), below = 0;
    for (std::size_t k = 0; below < 1.0 - 1e-14 && k < 1'000'000; ++k) {
      below_.push_back(below += share);
      share *= f_more * (static_cast<double>(k) + shape_factor) / (static_cast<double>(k) + 1.0);
      if (share <= 0) break;
    }
  }

  double quantile(double u) const {
    const auto found = std::lower_bound(below_.begin(), below_.end(), u);
    return static_cast<double>(std::min(found, below_.end() - 1) - below_.begin());
  }

 private:
  std::vector<double> below_;
};

/// The sums that a test needs of one arm.
struct ArmSums {
  double n_people = 0;
  double sum = 0;
  double squares = 0;

  void add(double x) {
    n_people += 1;
    sum += x;
    squares += x * x;
  }
  double mean() const { return sum / n_people; }
  double variance() const {
    const double about_mean = squares - sum * sum / n_people;
    return std::max(0.0, about_mean) / (n_people - 1.0);
  }
};

/// The law of one arm: of placebo where the difference is 0. A mean that nobody has published is 0,
/// for only differences count then.
class ArmLaw {
 public:
  ArmLaw(const TrialEffect& effect, double difference)
      : kind_(effect.kind),
        middle_((std::isnan(effect.placebo) ? 0.0 : effect.placebo) + difference),
        sd_(spread_between_persons(effect)),
        counts_(kind_ == Outcome::count ? CountLaw(middle_, shape_of_counts(effect))
                                        : CountLaw(1.0, 1.0)) {}

  /// What is seen in a person, from a uniform number.
  double seen(double u) const {
    switch (kind_) {
      case Outcome::count:
        return counts_.quantile(u);
      case Outcome::proportion:
        return u < middle_ ? 1.0 : 0.0;
      case Outcome::normal:
      case Outcome::ratio:
        break;
    }
    return middle_ + sd_ * random::normal_quantile(u);
  }

 private:
  Outcome kind_;
  double middle_;
  double sd_;
  CountLaw counts_;
};

}  // namespace mgpk::trial
