// Numbers between memory and one register. Only lanes/ includes this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include <mgpk/ode/lanes/registers.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {
namespace registers {

// Reads one double from each address.
MGPK_LANES double gathered(std::int64_t address) {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): in lanes, addresses are integers
  return *reinterpret_cast<const double*>(address);
}
template <class Bits>
  requires(!std::is_arithmetic_v<Bits>)
MGPK_LANES auto gathered(Bits addresses) {
  using Real = typename Register<sizeof(Bits) / sizeof(double)>::Real;
#if MGPK_NATIVE_LANES == 8
  if constexpr (sizeof(Bits) == 64) {
    return as<Real>(
        _mm512_mask_i64gather_pd(__m512d{}, every_lane, as<__m512i>(addresses), nullptr, 1));
  } else
#endif
  {
    Real result{};
    for (std::size_t i = 0; i < sizeof(Bits) / sizeof(double); ++i)
      result[i] = gathered(static_cast<std::int64_t>(addresses[i]));
    return result;
  }
}

// Writes the first `n` lanes, 1 to all of them, one behind the other.
MGPK_LANES void store_first(std::size_t, double* to, double a) { *to = a; }
template <class Real>
  requires(!std::is_arithmetic_v<Real>)
MGPK_LANES void store_first(std::size_t n, double* to, Real a) {
  constexpr std::size_t n_lanes = sizeof(Real) / sizeof(double);
  if (n == n_lanes) {
    std::memcpy(to, &a, sizeof(Real));
    return;
  }
#if MGPK_NATIVE_LANES == 8
  if constexpr (n_lanes == 8) {
    _mm512_mask_storeu_pd(to, static_cast<__mmask8>((1U << n) - 1), as<__m512d>(a));
    return;
  }
#endif
#if MGPK_NATIVE_LANES >= 4
  if constexpr (n_lanes == 4) {
    const __m256i place = _mm256_setr_epi64x(0, 1, 2, 3);
    const __m256i wanted = _mm256_set1_epi64x(static_cast<std::int64_t>(n));
    _mm256_maskstore_pd(to, _mm256_cmpgt_epi64(wanted, place), as<__m256d>(a));
    return;
  }
#endif
  for (std::size_t i = 0; i < n; ++i) to[i] = a[i];
}

}  // namespace registers
}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
