// Loops over the parts of a body that a compiler can see through.
#pragma once

#include <cstddef>
#include <utility>

#include <mgpk/inlined.hpp>

namespace mgpk::body {

/// Calls `visit` with 0 to N - 1. Written out for a sink that wants it: then every index is a
/// constant, and the sums of a sink can stay in registers.
template <class Sink, std::size_t N, class Visit>
MGPK_INLINED inline void each(Visit&& visit) {
  if constexpr (requires { requires Sink::is_written_out; }) {
    [&]<std::size_t... I>(std::index_sequence<I...>)
        MGPK_INLINED { (visit(I), ...); }(std::make_index_sequence<N>{});
  } else {
    for (std::size_t i = 0; i < N; ++i) visit(i);
  }
}

}  // namespace mgpk::body
