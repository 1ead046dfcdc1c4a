// What every law is written with: the macro that marks it, so that the same template also compiles
// for a GPU, and a choice that works on any scalar.
#pragma once

#include <type_traits>

#if defined(__CUDACC__)
#define MGPK_LAW __host__ __device__ inline
#else
#define MGPK_LAW inline
#endif

namespace mgpk {

/// The first where the answer is yes, else the second. A law that chooses is written with it and
/// not with an `if`: scalars that are many numbers at once bring a `select` of their own.
template <class Answer, class Real>
  requires std::is_same_v<Answer, bool>
MGPK_LAW Real select(const Answer& answer, const Real& a, const Real& b) {
  return answer ? a : b;
}

}  // namespace mgpk
