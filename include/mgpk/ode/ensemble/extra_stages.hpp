// What a pair may say besides its stages.
#pragma once

#include <cstddef>

#include <mgpk/ode/lanes/instruction_set.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {
namespace registers {

/// Stages that only the interpolant needs, evaluated where a step has something to report.
template <class Pair>
constexpr std::size_t n_extra_of() {
  if constexpr (requires { Pair::n_extra; }) {
    return Pair::n_extra;
  } else {
    return 0;
  }
}

}  // namespace registers

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
