// One vector register of doubles, by the compiler's own vector types. Only lanes/ includes this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <mgpk/ode/lanes/instruction_set.hpp>

#if defined(__CUDACC__)
// no registers but those of one number
#elif defined(__x86_64__)
#define MGPK_X86 1
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif
#ifndef MGPK_X86
#define MGPK_X86 0
#endif

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {
namespace registers {

/// The types of one width. Width 1 is a plain number, so that one lane costs one lane.
template <std::size_t Width>
struct Register {
  typedef double Real __attribute__((vector_size(Width * sizeof(double))));
  typedef std::int64_t Bits __attribute__((vector_size(Width * sizeof(double))));
};
template <>
struct Register<1> {
  using Real = double;
  using Bits = std::int64_t;
};

#if MGPK_NATIVE_LANES == 8
// The forms without a mask start from a register left uninitialised, of which g++ 12 warns; with
// every lane in the mask the instruction is the same.
inline constexpr __mmask8 every_lane = 0xff;
#endif

/// a·b, rounded before anything is added to it. g++ would make one rounding of a product and a sum
/// wherever it happens to see both; it cannot see through an instruction of ours, which is none.
template <class Real>
MGPK_LANES Real product(Real a, Real b) {
  Real result = a * b;
#if MGPK_HAS_FMA && defined(__GNUC__) && !defined(__clang__) && !defined(__CUDACC__)
#if MGPK_X86
  __asm__("" : "+v"(result));
#else
  __asm__("" : "+w"(result));
#endif
#endif
  return result;
}

// One rounding where the instruction set has it, two where it has not: each set has its own bits.
// The product has a statement of its own: clang works out a·b + c in one statement with one
// rounding where it knows the numbers, and with two where it does not.
#if MGPK_HAS_FMA
MGPK_LANES double fused(double a, double b, double c) { return __builtin_fma(a, b, c); }
#else
MGPK_LANES double fused(double a, double b, double c) {
  const double product = a * b;
  return product + c;
}
#endif
MGPK_LANES double root(double a) { return __builtin_sqrt(a); }
MGPK_LANES std::int64_t less(double a, double b) { return a < b ? -1 : 0; }
MGPK_LANES std::int64_t less_equal(double a, double b) { return a <= b ? -1 : 0; }
MGPK_LANES std::int64_t equal(double a, double b) { return a == b ? -1 : 0; }
MGPK_LANES double choose(std::int64_t mask, double a, double b) { return mask != 0 ? a : b; }
MGPK_LANES std::int64_t bits_of(double a) { return __builtin_bit_cast(std::int64_t, a); }
MGPK_LANES double real_of(std::int64_t a) { return __builtin_bit_cast(double, a); }
MGPK_LANES double spread_to(double, double number) { return number; }
MGPK_LANES std::int64_t spread_bits_to(std::int64_t, std::int64_t number) { return number; }
MGPK_LANES std::uint64_t bits_of_mask(std::int64_t mask) { return mask != 0 ? 1 : 0; }

/// The same bits as another type of the same size: a vector type has several names.
template <class To, class From>
MGPK_LANES To as(From a) {
  return __builtin_bit_cast(To, a);
}

// The same for registers. `Real` is deduced, because a vector type has no other name to deduce
// from.
template <class Real>
  requires(!std::is_arithmetic_v<Real>)
MGPK_LANES Real fused(Real a, Real b, Real c) {
#if MGPK_X86 && MGPK_HAS_FMA
#if MGPK_NATIVE_LANES == 8
  if constexpr (sizeof(Real) == 64)
    return as<Real>(_mm512_fmadd_pd(as<__m512d>(a), as<__m512d>(b), as<__m512d>(c)));
#endif
  if constexpr (sizeof(Real) == 32)
    return as<Real>(_mm256_fmadd_pd(as<__m256d>(a), as<__m256d>(b), as<__m256d>(c)));
  if constexpr (sizeof(Real) == 16)
    return as<Real>(_mm_fmadd_pd(as<__m128d>(a), as<__m128d>(b), as<__m128d>(c)));
#elif defined(__aarch64__)
  return as<Real>(vfmaq_f64(as<float64x2_t>(c), as<float64x2_t>(a), as<float64x2_t>(b)));
#else
  const Real product = a * b;
  return product + c;
#endif
}

template <class Real>
  requires(!std::is_arithmetic_v<Real>)
MGPK_LANES Real root(Real a) {
#if MGPK_X86
#if MGPK_NATIVE_LANES == 8
  if constexpr (sizeof(Real) == 64)
    return as<Real>(_mm512_maskz_sqrt_pd(every_lane, as<__m512d>(a)));
#endif
#if MGPK_NATIVE_LANES >= 4
  if constexpr (sizeof(Real) == 32) return as<Real>(_mm256_sqrt_pd(as<__m256d>(a)));
#endif
  if constexpr (sizeof(Real) == 16) return as<Real>(_mm_sqrt_pd(as<__m128d>(a)));
#elif defined(__aarch64__)
  return as<Real>(vsqrtq_f64(as<float64x2_t>(a)));
#endif
}

template <class Real>
  requires(!std::is_arithmetic_v<Real>)
MGPK_LANES auto less(Real a, Real b) {
  return a < b;
}
template <class Real>
  requires(!std::is_arithmetic_v<Real>)
MGPK_LANES auto less_equal(Real a, Real b) {
  return a <= b;
}
template <class Real>
  requires(!std::is_arithmetic_v<Real>)
MGPK_LANES auto equal(Real a, Real b) {
  return a == b;
}
template <class Bits, class Real>
  requires(!std::is_arithmetic_v<Real>)
MGPK_LANES Real choose(Bits mask, Real a, Real b) {
  return mask ? a : b;
}
// The second where either is NaN or both are zero. Compilers do not see the one instruction where
// one side is a constant, hence by name.
#if MGPK_X86
template <class Real>
MGPK_LANES Real larger(Real a, Real b) {
#if MGPK_NATIVE_LANES == 8
  if constexpr (sizeof(Real) == 64)
    return as<Real>(_mm512_maskz_max_pd(every_lane, as<__m512d>(a), as<__m512d>(b)));
#endif
#if MGPK_NATIVE_LANES >= 4
  if constexpr (sizeof(Real) == 32) return as<Real>(_mm256_max_pd(as<__m256d>(a), as<__m256d>(b)));
#endif
  if constexpr (sizeof(Real) == 16) return as<Real>(_mm_max_pd(as<__m128d>(a), as<__m128d>(b)));
  if constexpr (sizeof(Real) == 8) return _mm_cvtsd_f64(_mm_max_sd(_mm_set_sd(a), _mm_set_sd(b)));
}
template <class Real>
MGPK_LANES Real smaller(Real a, Real b) {
#if MGPK_NATIVE_LANES == 8
  if constexpr (sizeof(Real) == 64)
    return as<Real>(_mm512_maskz_min_pd(every_lane, as<__m512d>(a), as<__m512d>(b)));
#endif
#if MGPK_NATIVE_LANES >= 4
  if constexpr (sizeof(Real) == 32) return as<Real>(_mm256_min_pd(as<__m256d>(a), as<__m256d>(b)));
#endif
  if constexpr (sizeof(Real) == 16) return as<Real>(_mm_min_pd(as<__m128d>(a), as<__m128d>(b)));
  if constexpr (sizeof(Real) == 8) return _mm_cvtsd_f64(_mm_min_sd(_mm_set_sd(a), _mm_set_sd(b)));
}
#else
template <class Real>
MGPK_LANES Real larger(Real a, Real b) {
  return choose(less(b, a), a, b);
}
template <class Real>
MGPK_LANES Real smaller(Real a, Real b) {
  return choose(less(a, b), a, b);
}
#endif

template <class Real>
  requires(!std::is_arithmetic_v<Real>)
MGPK_LANES auto bits_of(Real a) {
  return as<typename Register<sizeof(Real) / sizeof(double)>::Bits>(a);
}
template <class Bits>
  requires(!std::is_arithmetic_v<Bits>)
MGPK_LANES auto real_of(Bits a) {
  return as<typename Register<sizeof(Bits) / sizeof(double)>::Real>(a);
}
template <class Real>
  requires(!std::is_arithmetic_v<Real>)
MGPK_LANES Real spread_to(Real, double number) {
  return number - Real{};  // Not a sum: that would take the sign of a zero.
}
template <class Bits>
  requires(!std::is_arithmetic_v<Bits>)
MGPK_LANES Bits spread_bits_to(Bits, std::int64_t number) {
  return number - Bits{};
}
template <class Bits>
  requires(!std::is_arithmetic_v<Bits>)
MGPK_LANES std::uint64_t bits_of_mask(Bits mask) {
#if MGPK_NATIVE_LANES == 8
  if constexpr (sizeof(Bits) == 64) return _mm512_movepi64_mask(as<__m512i>(mask));
#endif
#if MGPK_NATIVE_LANES >= 4
  if constexpr (sizeof(Bits) == 32)
    return static_cast<std::uint64_t>(_mm256_movemask_pd(as<__m256d>(mask)));
#endif
#if MGPK_X86
  if constexpr (sizeof(Bits) == 16)
    return static_cast<std::uint64_t>(_mm_movemask_pd(as<__m128d>(mask)));
#else
  return (static_cast<std::uint64_t>(mask[0]) & 1) | (static_cast<std::uint64_t>(mask[1]) & 2);
#endif
}

template <class Real>
MGPK_LANES Real quotient(Real a, Real b) {
  return a / b;
}

}  // namespace registers
}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
