// Chooses the lanes of the body once, when they are first asked for.
#include <mgpk/simulate/instruction_set.hpp>

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include "kernels.hpp"

namespace mgpk::simulation::lanes {

namespace {

bool can_run(std::string_view name) {
#if defined(MGPK_SETS_OF_X86)
  if (name == "avx512")
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
  if (name == "avx2") return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
  return name == baseline_kernels().instruction_set;
}

const Kernels& kernels_of(std::string_view name) {
#if defined(MGPK_SETS_OF_X86)
  if (name == "avx512") return avx512_kernels();
  if (name == "avx2") return avx2_kernels();
#endif
  return baseline_kernels();
}

const Kernels& choose() {
  const char* wanted = std::getenv("MGPK_INSTRUCTION_SET");
  if (wanted != nullptr && *wanted != '\0') {
    if (can_run(wanted)) return kernels_of(wanted);
    throw std::invalid_argument(
        "MGPK_INSTRUCTION_SET must name a set that this program has and this machine can run, but "
        "it is \"" +
        std::string(wanted) + "\"; give baseline, avx2 or avx512, or unset it");
  }
  for (const std::string_view name : {"avx512", "avx2"})
    if (can_run(name)) return kernels_of(name);
  return baseline_kernels();
}

}  // namespace

const Kernels& kernels_in_use() {
  static const Kernels& chosen = choose();
  return chosen;
}

const Kernels& kernels_for_one() {
#if defined(MGPK_SETS_OF_X86)
  static const Kernels& chosen =
      &kernels_in_use() == &avx512_kernels() && can_run("avx2") ? avx2_kernels() : kernels_in_use();
  return chosen;
#else
  return kernels_in_use();
#endif
}

}  // namespace mgpk::simulation::lanes
