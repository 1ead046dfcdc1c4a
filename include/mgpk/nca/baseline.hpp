// What an endogenous substance would have shown without the dose, and how it is taken off.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include <mgpk/error.hpp>

namespace mgpk::nca {

enum class BaselineKind {
  none,
  constant,  ///< one number
  profile,   ///< one number per sample: the same person without the dose
  predose,   ///< the mean of the samples at the dose and before it
};

/// What becomes of a value below the baseline. Nothing is clipped unless it is asked for.
enum class NegativeRule { keep, zero };

/// The baseline of concentrations (amount/L), or of collections of urine (constant: amount/h;
/// profile: amount per collection).
struct BaselineOptions {
  BaselineKind kind = BaselineKind::none;
  double constant = 0;
  std::vector<double> profile;
  NegativeRule negative = NegativeRule::keep;
};

/// Takes `baseline` off each value, and says in `notes` what became of negative ones.
inline void subtract_baseline(std::span<double> values, std::span<const double> baseline,
                              NegativeRule negative, std::vector<std::string>& notes) {
  std::size_t n_negative = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] -= baseline[i];
    if (!(values[i] < 0)) continue;
    ++n_negative;
    if (negative == NegativeRule::zero) values[i] = 0;
  }
  if (n_negative > 0)
    notes.push_back(std::to_string(n_negative) + " value(s) below the baseline, " +
                    (negative == NegativeRule::keep
                         ? "kept negative: they lower sums and areas, and are no part of lambda_z"
                         : "set to zero as asked: sums and areas are too large by that"));
}

namespace detail {

inline void validate_baseline(const BaselineOptions& options, std::size_t n_values) {
  if (options.kind == BaselineKind::constant)
    require(std::isfinite(options.constant), "a constant baseline must be finite", options.constant,
            "give the mean of the values before the dose");
  if (options.kind != BaselineKind::profile) return;
  require(options.profile.size() == n_values, "a baseline profile needs one value per sample",
          static_cast<double>(options.profile.size()), "give it at the same times");
  for (const double value : options.profile)
    require(std::isfinite(value), "each value of a baseline profile must be finite", value,
            "leave out the sample that has no baseline");
}

}  // namespace detail
}  // namespace mgpk::nca
