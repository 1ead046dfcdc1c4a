// The lanes of the body; src/CMakeLists.txt sets the instruction set of this file.
#include <mgpk/simulate/lanes/kernel.hpp>

#include "kernels.hpp"

const mgpk::simulation::lanes::Kernels& mgpk::simulation::lanes::baseline_kernels() {
  return kernels;
}
