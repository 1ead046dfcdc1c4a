// An address per lane: where a lane reads its next number, or writes its next row.
#pragma once

#include <cstddef>
#include <cstdint>

#include <mgpk/ode/lanes/lanes.hpp>
#include <mgpk/ode/lanes/transfer.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// Moved on by vector operations: an address written lane by lane and read as a whole at once would
/// make the processor wait for its own stores.
template <std::size_t Width>
class Addresses {
 public:
  MGPK_LANES void set(std::size_t lane, const double* address) {
    raw(lane) = reinterpret_cast<std::int64_t>(address);
  }
  MGPK_LANES double* operator[](std::size_t lane) const {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): in lanes, addresses are integers
    return reinterpret_cast<double*>(reinterpret_cast<const std::int64_t*>(&v_)[lane]);
  }
  /// The masked lanes go on by so many doubles.
  MGPK_LANES void advance(const Mask<Width>& which, std::size_t n_doubles) {
    const auto n_bytes = static_cast<std::int64_t>(n_doubles * sizeof(double));
    v_ = Lanes<Width>::compare(v_, which, [n_bytes](auto address, auto mask) MGPK_INLINED {
      return address + (mask & registers::spread_bits_to(mask, n_bytes));
    });
  }
  /// What the addresses point to; all of them must be good to read.
  MGPK_LANES Lanes<Width> load() const {
    Lanes<Width> result;
    load_into(v_, result);
    return result;
  }

 private:
  template <std::size_t Part>
  static MGPK_LANES void load_into(const Mask<Part>& from, Lanes<Part>& to) {
    if constexpr (Lanes<Part>::is_split) {
      load_into(from.v.low, to.v.low);
      load_into(from.v.high, to.v.high);
    } else {
      to.v = registers::gathered(from.v);
    }
  }
  std::int64_t& raw(std::size_t lane) { return reinterpret_cast<std::int64_t*>(&v_)[lane]; }

  Mask<Width> v_;
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
