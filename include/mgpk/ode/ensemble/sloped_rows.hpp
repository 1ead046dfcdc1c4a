// Where values and slopes stand in the rows of a result: [column][1 + direction].
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include <mgpk/ode/ensemble/parts.hpp>
#include <mgpk/ode/lanes/addresses.hpp>
#include <mgpk/ode/lanes/rows.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// One group of the directions, from `first` on; the first group writes the values as well.
struct SlopedRows {
  std::size_t n_directions = 0;
  std::size_t first = 0;

  std::size_t per_column() const { return 1 + n_directions; }

  /// Writes a row for each masked lane and moves its address on.
  template <std::size_t Width, std::size_t P, std::size_t C>
  MGPK_LANES void store(const Mask<Width>& which, Addresses<Width>& to,
                        const std::array<Dual<P, Lanes<Width>>, C>& row) const {
    const auto& parts = reinterpret_cast<const std::array<Lanes<Width>, C * (1 + P)>&>(row);
    if (n_directions == P) {
      store_rows(which, to, parts);
    } else {
      alignas(64) std::array<std::array<double, C * (1 + P)>, Width> gathered;
      Addresses<Width> at;
      for (std::size_t lane = 0; lane < Width; ++lane) at.set(lane, gathered[lane].data());
      store_rows(which, at, parts);
      for (std::uint64_t left = bits(which); left != 0; left &= left - 1) {
        const auto lane = static_cast<std::size_t>(std::countr_zero(left));
        spread<P, C>(gathered[lane].data(), to[lane]);
      }
    }
    to.advance(which, C * per_column());
  }

 private:
  /// From a row of this group alone to its places between the other groups.
  template <std::size_t P, std::size_t C>
  MGPK_LANES void spread(const double* from, double* to) const {
    const std::size_t n_here = std::min(P, n_directions - first);
    for (std::size_t c = 0; c < C; ++c, from += 1 + P, to += per_column()) {
      if (first == 0) to[0] = from[0];
      if (n_here == P) {
        std::memcpy(to + 1 + first, from + 1, P * sizeof(double));
      } else {
        for (std::size_t d = 0; d < n_here; ++d) to[1 + first + d] = from[1 + d];
      }
    }
  }
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
