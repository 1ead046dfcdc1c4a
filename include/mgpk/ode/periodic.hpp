// Periodic steady states: the state that a turn of a map, such as one day of life, gives back.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <type_traits>
#include <vector>

#include <mgpk/ode/periodic_search.hpp>
#include <mgpk/ode/text.hpp>

namespace mgpk::ode {

namespace detail {

inline void validate_periodic(const std::vector<double>& x, const std::vector<bool>& mask,
                              const PeriodicOptions& options) {
  if (mask.size() != x.size())
    refuse("mask", "have one entry per state, " + std::to_string(x.size()),
           static_cast<double>(mask.size()), "say for each state whether it repeats");
  if (std::find(mask.begin(), mask.end(), true) == mask.end())
    refuse("mask", "select at least one state", 0.0, "say which states repeat");
  validate_periodic(options);
}

}  // namespace detail

/// Looks for x with map(x) = x on the masked states, with a cheaper map for the Jacobian, such as
/// the same day at a loose tolerance: most turns of a search go into it, and a Jacobian that is
/// good to a few digits serves as well.
template <class Map, class RoughMap>
Periodic find_periodic(Map&& map, RoughMap&& rough_map, const std::vector<double>& x0,
                       const std::vector<bool>& mask, const PeriodicOptions& options) {
  detail::validate_periodic(x0, mask, options);
  using Search =
      detail::PeriodicSearch<std::remove_reference_t<Map>, std::remove_reference_t<RoughMap>>;
  return Search(map, rough_map, x0, mask, options).run();
}

/// The same with one map for both. The map has the shape
/// `Status map(const std::vector<double>& x_in, std::vector<double>& x_out)`, or returns bool;
/// states outside the mask (cumulative read-outs, inert stores) enter as given and are not read.
template <class Map>
Periodic find_periodic(Map&& map, const std::vector<double>& x0, const std::vector<bool>& mask,
                       const PeriodicOptions& options = {}) {
  return find_periodic(map, map, x0, mask, options);
}

}  // namespace mgpk::ode
