// Many members, a chunk at a time: enough to fill the lanes, few enough to fit in memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>

#include <mgpk/simulate/options.hpp>

namespace mgpk::simulation::detail {

/// How many runs may lie in memory at once, with their tables.
inline std::size_t chunk_of_runs(const Options& options) {
  constexpr double most_rows = 2e5;  // of some hundred columns each
  const double n_rows = options.times_h.empty() ? options.until_h / options.every_h
                                                : static_cast<double>(options.times_h.size());
  return static_cast<std::size_t>(std::clamp(most_rows / (1.0 + n_rows), 16.0, 256.0));
}

/// `solve(first, last)` works on the members of a chunk; they are reported one by one and in order.
/// @returns  how many were reported until `progress` said no: the first so many
inline std::size_t in_chunks(std::size_t n_members, std::size_t n_chunk,
                             const std::function<void(std::size_t, std::size_t)>& solve,
                             const std::function<bool(std::size_t, std::size_t)>& progress) {
  for (std::size_t first = 0; first < n_members; first += n_chunk) {
    const std::size_t last = std::min(first + n_chunk, n_members);
    solve(first, last);
    for (std::size_t i = first; i < last; ++i)
      if (progress && !progress(i + 1, n_members)) return i + 1;
  }
  return n_members;
}

}  // namespace mgpk::simulation::detail
