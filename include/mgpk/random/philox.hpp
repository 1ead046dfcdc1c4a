// Philox4x32-10: a counter and a key in, 128 random bits out. There is no state, so any draw can be
// made at any time, on any thread, and is the same. Salmon et al., SC11 (2011).
#pragma once

#include <array>
#include <cstdint>

namespace mgpk::random {

using Counter = std::array<std::uint32_t, 4>;
using Key = std::array<std::uint32_t, 2>;

namespace detail {

struct Product {
  std::uint32_t high, low;
};

constexpr Product multiply(std::uint32_t a, std::uint32_t b) {
  const std::uint64_t product = std::uint64_t{a} * b;
  return {static_cast<std::uint32_t>(product >> 32), static_cast<std::uint32_t>(product)};
}

}  // namespace detail

/// Ten rounds; the constants are those of the paper.
constexpr Counter philox4x32(Counter counter, Key key) {
  constexpr std::uint32_t multiplier_0 = 0xD2511F53, multiplier_1 = 0xCD9E8D57;
  constexpr std::uint32_t weyl_0 = 0x9E3779B9, weyl_1 = 0xBB67AE85;
  for (int round = 0; round < 10; ++round) {
    const auto a = detail::multiply(multiplier_0, counter[0]);
    const auto b = detail::multiply(multiplier_1, counter[2]);
    counter = {b.high ^ counter[1] ^ key[0], b.low, a.high ^ counter[3] ^ key[1], a.low};
    key = {key[0] + weyl_0, key[1] + weyl_1};
  }
  return counter;
}

}  // namespace mgpk::random
