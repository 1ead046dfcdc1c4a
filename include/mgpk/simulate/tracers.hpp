// What can be followed in a plan, and how the columns of a tracer are called.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/dose/schedule.hpp>

namespace mgpk::simulation {

/// The tracer of all that is given into the blood or the muscle; the others are labels of doses by
/// mouth, or "food".
inline constexpr std::string_view iv_tracer = "iv";
inline constexpr std::size_t most_tracers = 2;

/// The labels of a plan: those of its doses by mouth in order, then "iv" if anything is injected.
inline std::vector<std::string> tracers_of(const Schedule& plan) {
  std::vector<std::string> names;
  bool injected = false;
  for (const auto& dose : plan.doses()) {
    injected = injected || dose.route != dose::Route::oral;
    const bool known = std::find(names.begin(), names.end(), dose.label) != names.end();
    if (dose.route == dose::Route::oral && !known) names.push_back(dose.label);
  }
  if (injected) names.emplace_back(iv_tracer);
  return names;
}

/// "a_plasma_mmol" of "iv" is in the column "a_plasma_of_iv_mmol".
inline std::string column_of(std::string_view column, std::string_view tracer) {
  const std::string_view unit = column.ends_with("_mmol_h_per_L") ? "_mmol_h_per_L" : "_mmol";
  std::string name(column.substr(0, column.size() - unit.size()));
  return name.append("_of_").append(tracer).append(unit);
}

}  // namespace mgpk::simulation
