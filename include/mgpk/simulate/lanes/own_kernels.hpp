// For programs that use the headers alone: the lanes of their own instruction set.
#pragma once

#include <mgpk/simulate/instruction_set.hpp>
#include <mgpk/simulate/lanes/kernel.hpp>

namespace mgpk::simulation::lanes {

inline const Kernels& kernels_in_use() { return kernels; }
inline const Kernels& kernels_for_one() { return kernels; }

}  // namespace mgpk::simulation::lanes
