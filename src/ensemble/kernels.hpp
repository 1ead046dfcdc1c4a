// The lanes of the body by instruction set: one function each, all that is seen of their files.
#pragma once

#include <mgpk/simulate/lanes/feed.hpp>

namespace mgpk::simulation::lanes {

const Kernels& baseline_kernels();
const Kernels& avx2_kernels();
const Kernels& avx512_kernels();

}  // namespace mgpk::simulation::lanes
