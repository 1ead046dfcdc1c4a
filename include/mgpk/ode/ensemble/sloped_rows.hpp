// Where values and slopes stand in the rows of a result: [column][1 + direction].
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

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
    if (n_directions == P) {
      store_rows(which, to, reinterpret_cast<const std::array<Lanes<Width>, C * (1 + P)>&>(row));
    } else {
      const std::size_t n_here = std::min(P, n_directions - first);
      RowPlace place{.offset = 0, .row_length = C * per_column()};
      for (const auto& column : row) {
        const auto* parts = &part(column, 0);
        if (first == 0) {
          store_columns<1 + P>(which, to, place, parts, 1 + n_here);
        } else {
          const RowPlace slopes{place.offset + 1 + first, place.row_length};
          store_columns<P>(which, to, slopes, parts + 1, n_here);
        }
        place.offset += per_column();
      }
    }
    to.advance(which, C * per_column());
  }
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
