// How numbers wider than a register are stored. Only lanes/ includes this.
#pragma once

#include <cstddef>

#include <mgpk/ode/lanes/registers.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

template <std::size_t Width>
struct Lanes;
template <std::size_t Width>
struct Mask;

namespace registers {

// Halves of halves rather than an array of registers: what is never indexed stays in registers.
// Copied half by half: g++ would copy the whole through memory, in pieces that the next load has to
// wait for.
template <class Half>
struct Halves {
  Half low, high;

  Halves() = default;
  MGPK_LANES Halves(const Half& first, const Half& second) : low(first), high(second) {}
  MGPK_LANES Halves(const Halves& other) : low(other.low), high(other.high) {}
  MGPK_LANES Halves& operator=(const Halves& other) {
    low = other.low;
    high = other.high;
    return *this;
  }
};

template <std::size_t Width>
struct StorageOf {
  using Real = Halves<Lanes<Width / 2>>;
  using Bits = Halves<Mask<Width / 2>>;
};
template <std::size_t Width>
  requires(Width <= native_lanes)
struct StorageOf<Width> {
  using Real = typename Register<Width>::Real;
  using Bits = typename Register<Width>::Bits;
};

}  // namespace registers

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
