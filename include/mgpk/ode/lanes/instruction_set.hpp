// Which vector instructions this translation unit is compiled for, and what they are called.
//
// Everything that works in lanes lives in an inline namespace of that name: the same source can be
// compiled several times into one program, and no copy can take the place of another.
#pragma once

#include <cstddef>

#include <mgpk/inlined.hpp>

#if defined(__CUDACC__)
// On a GPU every thread has one lane: the same steppers, a register of one number.
#define MGPK_INSTRUCTION_SET device
#define MGPK_NATIVE_LANES 1
#elif defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
#define MGPK_INSTRUCTION_SET avx512
#define MGPK_NATIVE_LANES 8
#elif defined(__AVX2__) && defined(__FMA__)
#define MGPK_INSTRUCTION_SET avx2
#define MGPK_NATIVE_LANES 4
#elif defined(__aarch64__)
#define MGPK_INSTRUCTION_SET neon
#define MGPK_NATIVE_LANES 2
#else
#define MGPK_INSTRUCTION_SET baseline
#define MGPK_NATIVE_LANES 2
#endif

#if defined(__CUDACC__) || defined(__FMA__) || defined(__aarch64__)
#define MGPK_HAS_FMA 1
#else
#define MGPK_HAS_FMA 0
#endif

/// Kernels are inlined whole: a call would spill every register, and a copy that is not inlined
/// could be shared with a translation unit of another instruction set.
#if defined(__CUDACC__)
#define MGPK_LANES __host__ __device__ __forceinline__
#else
#define MGPK_LANES MGPK_INLINED inline
#endif

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

inline constexpr std::size_t native_lanes = MGPK_NATIVE_LANES;
inline constexpr bool has_fma = MGPK_HAS_FMA != 0;

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
