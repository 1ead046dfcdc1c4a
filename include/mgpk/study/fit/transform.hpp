// Between the scale on which a parameter is searched, where every number is allowed, and its own.
#pragma once

#include <cmath>
#include <string_view>

#include <mgpk/error.hpp>

namespace mgpk::study::fit {

enum class TransformKind { identity, log, logit };

/// log: positive numbers. logit: numbers between `low` and `high`.
struct Transform {
  TransformKind kind = TransformKind::identity;
  double low = 0;
  double high = 1;

  /// The parameter at a place x of the search.
  double value(double x) const {
    if (kind == TransformKind::log) return std::exp(x);
    if (kind == TransformKind::logit) return low + (high - low) * share(x);
    return x;
  }

  /// Slope of `value`.
  double slope(double x) const {
    if (kind == TransformKind::log) return std::exp(x);
    if (kind == TransformKind::logit) return (high - low) * share(x) * share(-x);
    return 1;
  }

  /// The place of the search at which the parameter has this value.
  double place(double value) const {
    if (kind == TransformKind::identity) {
      require(std::isfinite(value), "a parameter must be finite", value, "give another start");
      return value;
    }
    if (kind == TransformKind::log) {
      require_positive("a parameter that is searched by its logarithm", value,
                       "give a positive start, or another transform");
      return std::log(value);
    }
    require(value > low && value < high,
            "a parameter that is searched by its logit must lie between " + text_of(low) + " and " +
                text_of(high),
            value, "give a start inside, or another transform");
    return std::log((value - low) / (high - value));
  }

 private:
  static double share(double x) {
    return x > 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x));
  }
};

constexpr std::string_view name_of(TransformKind kind) {
  constexpr std::string_view names[] = {"identity", "log", "logit"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace mgpk::study::fit
