// Where values and slopes stand in the rows of a result: [column][1 + direction].
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include <mgpk/ode/ensemble/parts.hpp>
#include <mgpk/ode/lanes/addresses.hpp>
#include <mgpk/ode/lanes/rows.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// One chunk of the directions, from `first` on; the first chunk writes the values as well.
struct SlopedRows {
  std::size_t n_directions = 0;
  std::size_t first = 0;

  std::size_t per_column() const { return 1 + n_directions; }

  /// Writes a row for each masked lane and moves its address on.
  template <std::size_t Width, std::size_t P, std::size_t C>
  MGPK_LANES void store(const Mask<Width>& which, Addresses<Width>& to,
                        const std::array<Dual<P, Lanes<Width>>, C>& row) const {
    if (n_directions == P) {
      store_rows(which, to, reinterpret_cast<const std::array<Lanes<Width>, C*(1 + P)>&>(row));
    } else {
      Addresses<Width> at = to;
      for (const auto& number : row) {
        store_column(which, at, number);
        at.advance(which, per_column());
      }
    }
    to.advance(which, C * per_column());
  }

 private:
  template <std::size_t Width, std::size_t P>
  MGPK_LANES void store_column(const Mask<Width>& which, const Addresses<Width>& at,
                               const Dual<P, Lanes<Width>>& number) const {
    const std::size_t n_here = std::min(P, n_directions - first);
    for (std::uint64_t left = bits(which); left != 0; left &= left - 1) {
      const auto lane = static_cast<std::size_t>(std::countr_zero(left));
      if (first == 0) at[lane][0] = number.value[lane];
      for (std::size_t d = 0; n_here < P && d < n_here; ++d)
        at[lane][1 + first + d] = number.slope[d][lane];
    }
    if (n_here < P) return;
    Addresses<Width> slopes_at = at;
    slopes_at.advance(which, 1 + first);
    store_rows(which, slopes_at, reinterpret_cast<const std::array<Lanes<Width>, P>&>(number.slope));
  }
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
