// Taking numbers apart into a power of two and the rest, and putting them together again.
//
// AVX-512 has instructions for it, which also carry zero, infinity and denormal numbers; every
// other instruction set works on the bits. Each set uses one way for all widths, so that a lane's
// bits do not depend on the width. Only lanes/ includes this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include <mgpk/ode/lanes/lanes.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {
namespace registers {

/// log(2) in two parts. The first has 42 bits, so that a whole number below 2^11 times it is exact.
inline constexpr double ln2_high = 0x1.62e42fefa3800p-1;
inline constexpr double ln2_low = 0x1.ef35793c76730p-45;
inline constexpr double one_over_ln2 = 0x1.71547652b82fep+0;

/// How many lanes of a wider number the functions take at once. With 32 registers two chains run
/// side by side; with 16 a second one would not fit, and the processor overlaps them by itself.
template <std::size_t Width>
inline constexpr std::size_t piece_lanes =
    Width < native_lanes ? Width : native_lanes * (native_lanes == 8 && Width > 8 ? 2 : 1);

/// Calls `function` with one piece of the lanes after the other.
template <std::size_t Width, class Function, class... Numbers>
MGPK_LANES Lanes<Width> in_pieces(Function&& function, const Numbers&... numbers) {
  if constexpr (Width > piece_lanes<Width>) {
    Lanes<Width> result;
    result.v.low = in_pieces<Width / 2>(function, numbers.v.low...);
    result.v.high = in_pieces<Width / 2>(function, numbers.v.high...);
    return result;
  } else {
    return function(numbers...);
  }
}

/// 1.5·2^52: adding it rounds to whole numbers, and leaves them in the low bits of the sum.
inline constexpr double to_whole = 0x1.8p52;
inline constexpr double to_sixteenths = 0x1.8p48;

/// `size`, which is not negative, with the sign of `signed_number`.
template <std::size_t Width>
MGPK_LANES Lanes<Width> with_sign_of(const Lanes<Width>& size, const Lanes<Width>& signed_number) {
  return Lanes<Width>::each(size, signed_number, [](auto a, auto b) MGPK_INLINED {
    const auto sign = spread_bits_to(bits_of(b), std::numeric_limits<std::int64_t>::min());
    return real_of(bits_of(a) | (bits_of(b) & sign));
  });
}

#if MGPK_NATIVE_LANES == 8

/// a·2^⌊n⌋, with one rounding where the result is denormal.
template <class Real>
MGPK_LANES Real scaled(Real a, Real n) {
  if constexpr (sizeof(Real) == 64)
    return as<Real>(_mm512_maskz_scalef_pd(every_lane, as<__m512d>(a), as<__m512d>(n)));
  else if constexpr (sizeof(Real) == 32)
    return as<Real>(_mm256_scalef_pd(as<__m256d>(a), as<__m256d>(n)));
  else if constexpr (sizeof(Real) == 16)
    return as<Real>(_mm_scalef_pd(as<__m128d>(a), as<__m128d>(n)));
  else
    return _mm_cvtsd_f64(_mm_scalef_sd(_mm_set_sd(a), _mm_set_sd(n)));
}

/// ⌊log2|a|⌋; -inf for 0, inf for ±inf.
template <class Real>
MGPK_LANES Real exponent_of(Real a) {
  if constexpr (sizeof(Real) == 64)
    return as<Real>(_mm512_maskz_getexp_pd(every_lane, as<__m512d>(a)));
  else if constexpr (sizeof(Real) == 32)
    return as<Real>(_mm256_getexp_pd(as<__m256d>(a)));
  else if constexpr (sizeof(Real) == 16)
    return as<Real>(_mm_getexp_pd(as<__m128d>(a)));
  else
    return _mm_cvtsd_f64(_mm_getexp_sd(_mm_set_sd(a), _mm_set_sd(a)));
}

/// The number in [3/4, 3/2) that is `a` but for a power of two; 1 for 0 and inf, NaN below zero.
template <class Real>
MGPK_LANES Real significand_of(Real a) {
  constexpr auto range = _MM_MANT_NORM_p75_1p5;
  constexpr auto sign = _MM_MANT_SIGN_nan;
  if constexpr (sizeof(Real) == 64)
    return as<Real>(_mm512_maskz_getmant_pd(every_lane, as<__m512d>(a), range, sign));
  else if constexpr (sizeof(Real) == 32)
    return as<Real>(_mm256_getmant_pd(as<__m256d>(a), range, sign));
  else if constexpr (sizeof(Real) == 16)
    return as<Real>(_mm_getmant_pd(as<__m128d>(a), range, sign));
  else
    return _mm_cvtsd_f64(_mm_getmant_sd(_mm_set_sd(a), _mm_set_sd(a), range, sign));
}

/// The entry that the low four bits of `index` name. For a whole register of indices the table lies
/// in two registers, and one instruction picks eight entries.
template <class Real>
MGPK_LANES Real picked(const double (&table)[16], Real index) {
  if constexpr (sizeof(Real) == 64) {
    return as<Real>(_mm512_permutex2var_pd(_mm512_load_pd(table), as<__m512i>(index),
                                           _mm512_load_pd(table + 8)));
  } else if constexpr (sizeof(Real) == 8) {
    return table[bits_of(index) & 15];
  } else {
    const auto bits = bits_of(index);
    Real result{};
    for (std::size_t i = 0; i < sizeof(Real) / sizeof(double); ++i) result[i] = table[bits[i] & 15];
    return result;
  }
}

#else

/// Bits as numbers without a sign, which may overflow and are shifted to the right without copies
/// of the sign bit (AVX2 has no other shift).
template <class Bits>
struct UnsignedBits {
  typedef std::uint64_t Type __attribute__((vector_size(sizeof(Bits))));
};
template <>
struct UnsignedBits<std::int64_t> {
  using Type = std::uint64_t;
};
template <class Bits>
MGPK_LANES Bits shifted_right(Bits bits, int by) {
  return as<Bits>(as<typename UnsignedBits<Bits>::Type>(bits) >> by);
}
template <class Bits>
MGPK_LANES Bits wrapping_sum(Bits bits, std::int64_t number) {
  using Unsigned = typename UnsignedBits<Bits>::Type;
  return as<Bits>(as<Unsigned>(bits) + as<Unsigned>(spread_bits_to(bits, number)));
}

/// by·2^n, where `pushed` is n + to_whole and `by` a power of two; zero where the exponent would be
/// one below the least.
template <class Real>
MGPK_LANES Real power_of_two(Real pushed, double by) {
  return real_of(wrapping_sum(bits_of(pushed) << 52, bits_of(by)));
}

#endif

}  // namespace registers
}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
