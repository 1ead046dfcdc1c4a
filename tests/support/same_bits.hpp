// Whether two results are the same, to the last bit and in the sign of a zero.
#pragma once

#include <cstring>
#include <vector>

namespace support {

inline bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

}  // namespace support
