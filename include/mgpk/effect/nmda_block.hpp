// The share of NMDA receptor channels that magnesium leaves open at a membrane potential: three
// published laws with one face. The equation has rank A, what drives it (ionized magnesium around
// the cell, taken from the CSF) rank B.
#pragma once

#include <cmath>

#include <mgpk/law.hpp>

namespace mgpk::effect {

/// B = 1 / (1 + Mg / half * exp(-steepness * V)): Jahr and Stevens 1990.
template <class Real>
struct JahrStevensBlock {
  Real half_mmol_per_L;
  Real steepness_per_mV;

  template <class Potential, class Number>
  MGPK_LAW auto f_open(const Potential& membrane_mV, const Number& c_ionized_mmol_per_L) const {
    using std::exp;
    return 1.0 /
           (1.0 + c_ionized_mmol_per_L / half_mmol_per_L * exp(-steepness_per_mV * membrane_mV));
  }
};

/// B = 1 / (1 + affinity * Mg * exp(-steepness * V)): Wang 2002, as stated in public code.
template <class Real>
struct WangBlock {
  Real affinity_L_per_mmol;
  Real steepness_per_mV;

  template <class Potential, class Number>
  MGPK_LAW auto f_open(const Potential& membrane_mV, const Number& c_ionized_mmol_per_L) const {
    using std::exp;
    return 1.0 / (1.0 + affinity_L_per_mmol * c_ionized_mmol_per_L *
                            exp(-steepness_per_mV * membrane_mV));
  }
};

/// B = 1 / (1 + Mg / half * exp(-2 d V F / RT)): a charge of two that sits at the share d of the
/// field of the membrane; RT/F is the thermal voltage.
template <class Real>
struct WoodhullBlock {
  Real half_mmol_per_L;
  Real f_field;
  Real thermal_voltage_mV;

  template <class Potential, class Number>
  MGPK_LAW auto f_open(const Potential& membrane_mV, const Number& c_ionized_mmol_per_L) const {
    using std::exp;
    return 1.0 / (1.0 + c_ionized_mmol_per_L / half_mmol_per_L *
                            exp(-2.0 * f_field * membrane_mV / thermal_voltage_mV));
  }
};

/// The share of channels open by any of the laws.
template <class Block, class Potential, class Number>
MGPK_LAW auto f_nmda_open(const Block& block, const Potential& membrane_mV,
                          const Number& c_ionized_mmol_per_L) {
  return block.f_open(membrane_mV, c_ionized_mmol_per_L);
}

}  // namespace mgpk::effect
