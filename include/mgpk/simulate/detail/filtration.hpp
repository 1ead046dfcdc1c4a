// From a GFR that is known at some times to pieces that the body can follow exactly.
#pragma once

#include <cstddef>
#include <vector>

#include <mgpk/dose/lines.hpp>
#include <mgpk/simulate/target.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk::simulation::detail {

/// Piecewise constant or piecewise straight; each piece begins where the one before it ends.
inline std::vector<Filtration> filtration_of(const dose::Covariate& gfr) {
  using dose::CovariateRule;
  std::vector<Filtration> pieces;
  const auto value = [&](std::size_t i) { return units::L_per_h_from_mL_per_min(gfr.values[i]); };
  const std::size_t n = gfr.values.size();
  if (gfr.rule == CovariateRule::carried_forward) {
    for (std::size_t i = 0; i < n; ++i) pieces.push_back({gfr.at_h[i], value(i), 0});
    return pieces;
  }
  pieces.push_back({0.0, value(0), 0});
  for (std::size_t i = 0; i + 1 < n; ++i) {
    const double slope = (value(i + 1) - value(i)) / (gfr.at_h[i + 1] - gfr.at_h[i]);
    const bool linear = gfr.rule == CovariateRule::linear;
    pieces.push_back({gfr.at_h[i], value(linear ? i : i + 1), linear ? slope : 0.0});
  }
  if (gfr.rule == CovariateRule::linear) pieces.push_back({gfr.at_h[n - 1], value(n - 1), 0});
  return pieces;
}

}  // namespace mgpk::simulation::detail
