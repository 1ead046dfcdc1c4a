// From columns of lanes to a row of numbers per lane.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <mgpk/ode/lanes/addresses.hpp>
#include <mgpk/ode/lanes/lanes.hpp>
#include <mgpk/ode/lanes/transfer.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// Where columns stand in a row, in doubles.
struct RowPlace {
  std::size_t offset;
  std::size_t row_length;
};

namespace registers {

/// Exchanges blocks of `Distance` lanes between two registers: one stage of a transposition.
template <std::size_t Width, std::size_t Distance, std::size_t... Lane>
MGPK_LANES void exchange(typename Register<Width>::Real& a, typename Register<Width>::Real& b,
                         std::index_sequence<Lane...>) {
  const auto low =
      __builtin_shufflevector(a, b, ((Lane & Distance) ? Width + Lane - Distance : Lane)...);
  b = __builtin_shufflevector(a, b, ((Lane & Distance) ? Width + Lane : Lane + Distance)...);
  a = low;
}

/// Rows to columns; one lane is its own transpose.
template <std::size_t Width, std::size_t Distance = 1>
MGPK_LANES void transpose(std::array<typename Register<Width>::Real, Width>& r) {
  if constexpr (Distance < Width) {
    for (std::size_t i = 0; i < Width; ++i)
      if ((i & Distance) == 0)
        exchange<Width, Distance>(r[i], r[i + Distance], std::make_index_sequence<Width>{});
    transpose<Width, 2 * Distance>(r);
  }
}

/// Part `Part` of so many lanes, one register wide.
template <std::size_t Part, std::size_t Width>
MGPK_LANES auto part_of(const Lanes<Width>& a) {
  if constexpr (!Lanes<Width>::is_split) {
    return a.v;
  } else if constexpr (Part < Width / native_lanes / 2) {
    return part_of<Part>(a.v.low);
  } else {
    return part_of<Part - Width / native_lanes / 2>(a.v.high);
  }
}

/// Sixteen results that grow side by side are too many for the processor to foresee: it is told
/// where the row after the next will be written.
inline constexpr std::size_t rows_ahead = 2;

/// The first `n` of `N` columns, a register at a time, of the masked lanes of one register.
template <std::size_t Part, std::size_t N, std::size_t Width>
MGPK_LANES void store_part(std::uint64_t which, const Addresses<Width>& to, const RowPlace& place,
                           const Lanes<Width>* columns, std::size_t n) {
  constexpr std::size_t per_register = Width < native_lanes ? Width : native_lanes;
  using Real = typename Register<per_register>::Real;
  const std::uint64_t here =
      which >> (Part * per_register) & ((std::uint64_t{1} << per_register) - 1);
  if (here == 0) return;
  for (std::size_t first = 0; first < n; first += per_register) {
    std::array<Real, per_register> block;
    for (std::size_t c = 0; c < per_register; ++c)
      block[c] = part_of<Part>(columns[std::min(first + c, N - 1)]);
    transpose<per_register>(block);
    for (std::size_t lane = 0; lane < per_register; ++lane)
      if (here >> lane & 1) {
        double* const row = to[Part * per_register + lane] + place.offset + first;
        store_first(std::min(n - first, per_register), row, block[lane]);
        __builtin_prefetch(row + rows_ahead * place.row_length, 1);
      }
  }
}

}  // namespace registers

/// Writes the first `n` of `N` columns of each masked lane into the lane's row, one behind the
/// other.
template <std::size_t N, std::size_t Width>
MGPK_LANES void store_columns(const Mask<Width>& which, const Addresses<Width>& to,
                              const RowPlace& place, const Lanes<Width>* columns,
                              std::size_t n = N) {
  const std::uint64_t lanes = bits(which);
  constexpr std::size_t n_parts = Width < native_lanes ? 1 : Width / native_lanes;
  [&]<std::size_t... Part>(std::index_sequence<Part...>) MGPK_INLINED {
    (registers::store_part<Part, N>(lanes, to, place, columns, n), ...);
  }(std::make_index_sequence<n_parts>{});
}

/// Writes the columns of each masked lane to the lane's address, one behind the other.
template <std::size_t Width, std::size_t N>
MGPK_LANES void store_rows(const Mask<Width>& which, const Addresses<Width>& to,
                           const std::array<Lanes<Width>, N>& columns) {
  store_columns<N>(which, to, RowPlace{.offset = 0, .row_length = N}, columns.data());
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
