// Each event once, and each compartment what it was due: the check at the end of every walk.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <stdexcept>

#include <mgpk/timeline/event.hpp>

namespace mgpk::timeline {

/// @throws std::logic_error otherwise: not an input error, it would be ours.
inline void require_applied_once(const Timeline& timeline, std::size_t n_applied,
                                 std::span<const double> arrived) {
  bool exact = n_applied == timeline.events.size();
  for (std::size_t c = 0; c < timeline.due.size(); ++c) {
    const double slack = 1e-6 * (1.0 + timeline.due[c]);
    exact = exact && std::abs(arrived[c] - timeline.due[c]) <= slack;
  }
  if (!exact)
    throw std::logic_error(
        "mgpk: a timeline was not applied exactly once; please report this as a bug");
}

}  // namespace mgpk::timeline
