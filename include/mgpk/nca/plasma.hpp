// Non-compartmental analysis of concentrations over time.
#pragma once

#include <mgpk/compiled.hpp>
#include <mgpk/nca/plasma_input.hpp>
#include <mgpk/nca/plasma_result.hpp>

namespace mgpk::nca {

/// @throws InputError for data that break a rule: times that do not increase, negative values
/// without a baseline, missing values without a rule, an option that nothing reads.
MGPK_COMPILED PlasmaResult analyse_plasma(const PlasmaInput& input);

}  // namespace mgpk::nca

#if MGPK_DEFINE_COMPILED
#include <mgpk/nca/detail/plasma.hpp>
#endif
