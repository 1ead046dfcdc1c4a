// Which random number belongs to what: a draw is named by seed, subject, purpose and place.
#pragma once

#include <cstdint>

#include <mgpk/random/philox.hpp>

namespace mgpk::random {

/// What a draw is for. Two draws with different names have nothing to do with each other, and a
/// draw depends on nothing but its name: neither on how many there are nor on who makes them when.
struct Name {
  std::uint64_t seed = 0;
  std::uint64_t subject = 0;
  std::uint32_t purpose = 0;
  std::uint32_t place = 0;  ///< the how-manieth of this purpose
};

/// Uniform between 0 and 1, never 0 and never 1: the middles of 2^52 equal steps.
constexpr double uniform(const Name& name) {
  constexpr double step = 1.0 / 4503599627370496.0;  // 2^-52
  const auto low = [](std::uint64_t x) { return static_cast<std::uint32_t>(x); };
  const auto high = [](std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); };
  const auto bits = philox4x32({low(name.subject), high(name.subject), name.purpose, name.place},
                               {low(name.seed), high(name.seed)});
  const std::uint64_t index = (std::uint64_t{bits[0]} << 20) | (bits[1] >> 12);
  return (static_cast<double>(index) + 0.5) * step;
}

}  // namespace mgpk::random
