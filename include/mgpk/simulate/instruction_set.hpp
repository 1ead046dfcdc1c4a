// Which vector instructions the ensembles of this program use.
#pragma once

#include <cstddef>
#include <string_view>

#include <mgpk/compiled.hpp>
#include <mgpk/simulate/lanes/feed.hpp>

namespace mgpk::simulation {

namespace lanes {

/// The code that is in use. Of mgpk::core it is the best that this machine can run, unless the
/// environment variable MGPK_INSTRUCTION_SET names a lesser one: baseline, avx2 or avx512.
/// Programs that use the headers alone have the one that they are compiled for.
/// @throws std::invalid_argument for a name that is unknown, or that this machine cannot run
MGPK_COMPILED const Kernels& kernels_in_use();

/// The code for one life alone, which fills one lane however many there are: that of AVX2 where
/// AVX-512 is in use. It takes two thirds of the time, and has the same bits on more machines.
MGPK_COMPILED const Kernels& kernels_for_one();

}  // namespace lanes

/// "baseline", "avx2", "avx512" or "neon".
inline std::string_view instruction_set() { return lanes::kernels_in_use().instruction_set; }

/// How many lives are solved at once on one thread.
inline std::size_t lane_count() { return lanes::kernels_in_use().width; }

}  // namespace mgpk::simulation

#if MGPK_DEFINE_COMPILED
#include <mgpk/simulate/lanes/own_kernels.hpp>
#endif
