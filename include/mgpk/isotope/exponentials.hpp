// Sums of exponentials through a curve, as tracer studies read them: heights and half-times.
#pragma once

#include <Eigen/Core>
#include <unsupported/Eigen/LevenbergMarquardt>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <span>
#include <vector>

#include <mgpk/error.hpp>

namespace mgpk::isotope {

/// One term: `height` at 0 h, halved every `t_half_h`. Its whole area is `height`·`t_half_h`/ln 2.
struct Exponential {
  double height;
  double t_half_h;
  double area() const { return height * t_half_h / std::numbers::ln2; }
};

struct ExponentialFit {
  std::vector<Exponential> terms;  ///< the fastest first
  double residual = 0;             ///< root mean square of the differences of logarithms
};

namespace detail {

/// Differences of logarithms; the unknowns are the logarithms of heights and of rates.
struct LogResiduals : Eigen::DenseFunctor<double> {
  LogResiduals(std::span<const double> times_h, std::span<const double> values, int n_terms_)
      : DenseFunctor(2 * n_terms_, static_cast<int>(times_h.size())),
        sample_at_h(times_h),
        samples(values),
        n_terms(n_terms_) {}

  int operator()(const Eigen::VectorXd& p, Eigen::VectorXd& residuals) const {
    for (Eigen::Index i = 0; i < residuals.size(); ++i) {
      double sum = 0;
      for (Eigen::Index k = 0; k < n_terms; ++k) sum += term(p, k, i);
      residuals(i) = std::log(sum / samples[static_cast<std::size_t>(i)]);
    }
    return 0;
  }
  int df(const Eigen::VectorXd& p, Eigen::MatrixXd& slopes) const {
    for (Eigen::Index i = 0; i < slopes.rows(); ++i) {
      double sum = 0;
      for (Eigen::Index k = 0; k < n_terms; ++k) sum += term(p, k, i);
      for (Eigen::Index k = 0; k < n_terms; ++k) {
        const double share = term(p, k, i) / sum;
        slopes(i, k) = share;
        slopes(i, n_terms + k) = -share * std::exp(p(n_terms + k)) * time_h(i);
      }
    }
    return 0;
  }

  double time_h(Eigen::Index i) const { return sample_at_h[static_cast<std::size_t>(i)]; }
  double term(const Eigen::VectorXd& p, Eigen::Index k, Eigen::Index i) const {
    return std::exp(p(k) - std::exp(p(n_terms + k)) * time_h(i));
  }

  std::span<const double> sample_at_h, samples;
  Eigen::Index n_terms;
};

inline void check_samples(std::span<const double> times_h, std::span<const double> values,
                          int n_terms) {
  require(n_terms >= 1 && n_terms <= 5, "a fit takes 1 to 5 exponentials", n_terms,
          "ask for fewer terms");
  require(times_h.size() == values.size() && times_h.size() > 2 * static_cast<std::size_t>(n_terms),
          "a fit needs more samples than unknowns, each with a time",
          static_cast<double>(times_h.size()), "give more samples or ask for fewer terms");
  for (const double value : values)
    require(std::isfinite(value) && value > 0, "a sample of a curve must be positive", value,
            "leave out samples below what can be measured");
}

/// Rates spread evenly, on a logarithmic scale, over what the samples can see, and heights that
/// fall by `fall` from term to term. `shift` from 0 to 1 moves all rates from fast to slow.
inline Eigen::VectorXd first_guess(std::span<const double> times_h, std::span<const double> values,
                                   int n_terms, double fall, double shift) {
  Eigen::VectorXd p(2 * n_terms);
  const double first_h = std::max(times_h[0], times_h[1] - times_h[0]), last_h = times_h.back();
  for (int k = 0; k < n_terms; ++k) {
    const double way = (k + shift) / n_terms;
    p(k) = std::log(values[0] / n_terms) - fall * k;
    p(n_terms + k) = -std::log(first_h) - way * std::log(last_h / first_h);
  }
  return p;
}

}  // namespace detail

/// Least squares of the differences of logarithms, by the method of Levenberg and Marquardt, from
/// several guesses: sums of exponentials have more than one minimum, and the best one is taken.
/// @throws InputError for samples that are not positive or too few
inline ExponentialFit fit_exponentials(std::span<const double> times_h,
                                       std::span<const double> values, int n_terms) {
  detail::check_samples(times_h, values, n_terms);
  detail::LogResiduals residuals(times_h, values, n_terms);
  Eigen::VectorXd best;
  double least = std::numeric_limits<double>::infinity();
  for (const double fall : {0.5, 1.0, 2.0, 4.0}) {
    for (const double shift : {0.25, 0.5, 0.75}) {
      Eigen::VectorXd p = detail::first_guess(times_h, values, n_terms, fall, shift);
      Eigen::LevenbergMarquardt<detail::LogResiduals> search(residuals);
      search.setMaxfev(10'000);
      search.setXtol(1e-12);
      search.setFtol(1e-14);
      search.minimize(p);
      if (!(search.fvec().norm() < least)) continue;
      least = search.fvec().norm();
      best = p;
    }
  }
  ExponentialFit fit;
  for (int k = 0; k < n_terms; ++k)
    fit.terms.push_back({std::exp(best(k)), std::numbers::ln2 / std::exp(best(n_terms + k))});
  std::sort(fit.terms.begin(), fit.terms.end(),
            [](const auto& a, const auto& b) { return a.t_half_h < b.t_half_h; });
  fit.residual = least / std::sqrt(static_cast<double>(times_h.size()));
  return fit;
}

}  // namespace mgpk::isotope
