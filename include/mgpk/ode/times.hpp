// Times at which a solve is to report: what all solvers ask of them.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <string>

#include <mgpk/ode/text.hpp>

namespace mgpk::ode::detail {

inline std::string numbered(const std::string& name, std::size_t k) {
  return name + "[" + std::to_string(k) + "]";
}

/// Throws std::invalid_argument unless the times, called `name`, are finite and strictly
/// increasing.
inline void require_rising(const std::string& name, std::span<const double> times_h) {
  for (std::size_t k = 0; k < times_h.size(); ++k) {
    if (!std::isfinite(times_h[k]))
      refuse(numbered(name, k), "be finite", times_h[k], "give a time in hours");
    if (k > 0 && times_h[k] <= times_h[k - 1])
      refuse(numbered(name, k), "be above the time before it, " + number_text(times_h[k - 1]),
             times_h[k], "sort the times and drop repetitions");
  }
}

}  // namespace mgpk::ode::detail
