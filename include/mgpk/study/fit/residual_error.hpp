// How likely an observation is around its prediction: the residual error, bounds, means.
#pragma once

#include <Eigen/Core>

#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>

#include <mgpk/ode/dual.hpp>
#include <mgpk/study/fit/normal_tail.hpp>
#include <mgpk/study/study.hpp>

namespace mgpk::study::fit {

/// What the standard deviation of one observation is made of, besides its own known error.
enum class ErrorKind {
  known,         ///< nothing
  additive,      ///< a, in the unit of the observation
  proportional,  ///< b f, a share of the prediction f
  combined,      ///< both as variances: a^2 + b^2 f^2
  combined_sd,   ///< both as standard deviations: (a + b f)^2
  log_normal,    ///< s, of the logarithm of the observation around that of the prediction
};

/// How many numbers an error has; each is positive and estimated as its logarithm.
constexpr std::size_t n_parameters_of(ErrorKind kind) {
  if (kind == ErrorKind::known) return 0;
  return kind == ErrorKind::combined || kind == ErrorKind::combined_sd ? 2 : 1;
}

constexpr std::string_view name_of(ErrorKind kind) {
  constexpr std::string_view names[] = {"known",    "additive",    "proportional",
                                        "combined", "combined_sd", "log_normal"};
  return names[static_cast<std::size_t>(kind)];
}

enum class DatumKind {
  value,  ///< it was measured
  below,  ///< all that is known is that it lies below `observed` (a limit of quantification)
  above,  ///< or above it
};

/// One observation, or one mean of several. Its variance is se^2 plus that of the error over n.
struct Datum {
  double observed = unknown;
  DatumKind kind = DatumKind::value;
  double se = 0;          ///< what is known of its error: of a mean, its standard error; 0 for none
  double n = 1;           ///< values behind a mean, whose residual errors are independent
  std::size_t error = 0;  ///< which of the errors it has
};

/// The two numbers of an error; what it does not have is not read.
template <class Real>
using ErrorNumbers = std::array<Real, 2>;

namespace detail {

/// Where the law of an observation lies and how wide it is, with slopes along the prediction; on
/// the scale of the observation, or of its logarithm.
template <class Real>
struct Spread {
  Real miss{};  ///< observed less predicted
  Real variance{};
  Real center_slope{};
  Real variance_slope{};
};

template <class Real>
Spread<Real> spread_of(const Datum& datum, ErrorKind kind, const Real& f,
                       const ErrorNumbers<Real>& numbers) {
  using std::log;
  if (kind == ErrorKind::log_normal) {
    const double known = datum.se / datum.observed;
    return {Real(std::log(datum.observed)) - log(f),
            numbers[0] * numbers[0] / datum.n + known * known, Real(1.0) / f, Real(0.0)};
  }
  Real variance(datum.se * datum.se), variance_slope(0.0);
  if (kind == ErrorKind::additive || kind == ErrorKind::combined)
    variance = variance + numbers[0] * numbers[0] / datum.n;
  if (kind == ErrorKind::proportional || kind == ErrorKind::combined) {
    const Real& b = kind == ErrorKind::combined ? numbers[1] : numbers[0];
    variance = variance + b * b * f * f / datum.n;
    variance_slope = 2.0 * b * b * f / datum.n;
  }
  if (kind == ErrorKind::combined_sd) {
    const Real sd = numbers[0] + numbers[1] * f;
    variance = variance + sd * sd / datum.n;
    variance_slope = 2.0 * numbers[1] * sd / datum.n;
  }
  return {Real(datum.observed) - f, variance, Real(1.0), variance_slope};
}

/// The bound in standard deviations, seen from the side that has the probability, and its slope.
template <class Real>
struct Bound {
  Real z{};
  Real slope{};
};

template <class Real>
Bound<Real> bound_of(const Datum& datum, const Spread<Real>& at) {
  using std::sqrt;
  const double side = datum.kind == DatumKind::below ? 1.0 : -1.0;
  const Real root = sqrt(at.variance);
  return {side * at.miss / root,
          -side * (at.center_slope + 0.5 * at.miss * at.variance_slope / at.variance) / root};
}

}  // namespace detail

/// ln of the likelihood, without the -ln(2 pi)/2 of a measured value. Of a log-normal error it is
/// that of the observation itself, not of its logarithm.
template <class Real>
Real log_likelihood(const Datum& datum, ErrorKind kind, const Real& f,
                    const ErrorNumbers<Real>& numbers) {
  using std::log;
  const auto at = detail::spread_of(datum, kind, f, numbers);
  if (datum.kind != DatumKind::value) return log_below(detail::bound_of(datum, at).z);
  const Real normal = -0.5 * (log(at.variance) + at.miss * at.miss / at.variance);
  return kind == ErrorKind::log_normal ? Real(normal - std::log(datum.observed)) : normal;
}

/// Its slope along the prediction.
template <class Real>
Real score(const Datum& datum, ErrorKind kind, const Real& f, const ErrorNumbers<Real>& numbers) {
  const auto at = detail::spread_of(datum, kind, f, numbers);
  if (datum.kind != DatumKind::value) {
    const auto bound = detail::bound_of(datum, at);
    return slope_of_log_below(bound.z) * bound.slope;
  }
  const Real square = at.miss * at.miss / at.variance;
  return (at.center_slope * at.miss + 0.5 * at.variance_slope * (square - 1.0)) / at.variance;
}

/// What the observation tells about the prediction: the expected information of a measured value
/// (Fisher); of a bound the curvature along z, as Gauss and Newton would take it. Never negative.
template <class Real>
Real information(const Datum& datum, ErrorKind kind, const Real& f,
                 const ErrorNumbers<Real>& numbers) {
  const auto at = detail::spread_of(datum, kind, f, numbers);
  if (datum.kind != DatumKind::value) {
    const auto bound = detail::bound_of(datum, at);
    return curvature_of_log_below(bound.z) * bound.slope * bound.slope;
  }
  const Real relative = at.variance_slope / at.variance;
  return at.center_slope * at.center_slope / at.variance + 0.5 * relative * relative;
}

/// Why a prediction can have no likelihood with this error; empty where it can.
inline std::string_view impossible(const Datum& datum, ErrorKind kind, double f) {
  if (!std::isfinite(f)) return "a prediction is not finite";
  if (kind == ErrorKind::log_normal && !(f > 0))
    return "a log-normal error needs a positive prediction";
  if (kind == ErrorKind::proportional && f == 0 && datum.se == 0)
    return "a proportional error needs a prediction other than zero";
  return {};
}

}  // namespace mgpk::study::fit
