// From the evidence to the numbers of each law of effect.
#pragma once

#include <mgpk/effect/csf.hpp>
#include <mgpk/effect/neuromuscular_release.hpp>
#include <mgpk/effect/nmda_block.hpp>
#include <mgpk/effect/ryr1_release.hpp>
#include <mgpk/effect/stool.hpp>
#include <mgpk/effect/toxicity.hpp>
#include <mgpk/evidence/values.hpp>

namespace mgpk::effect {

template <class Real>
StoolParameters<Real> stool_parameters(const evidence::Values<Real>& v) {
  return {v.stool_mass_usual_g_per_d, v.stool_mass_sd_g_per_d, v.stool_mass_loose_g_per_d};
}

/// Bands in the order of ToxicityRung.
template <class Real>
ToxicityLadder<Real> toxicity_ladder(const evidence::Values<Real>& v) {
  return {{{v.c_therapeutic_low_mmol_per_L, v.c_therapeutic_high_mmol_per_L},
           {v.c_reflexes_depressed_low_mmol_per_L, v.c_reflexes_depressed_high_mmol_per_L},
           {v.c_reflex_lost_low_mmol_per_L, v.c_reflex_lost_high_mmol_per_L},
           {v.c_respiratory_low_mmol_per_L, v.c_respiratory_high_mmol_per_L},
           {v.c_conduction_low_mmol_per_L, v.c_conduction_low_mmol_per_L, true},
           {v.c_arrest_low_mmol_per_L, v.c_arrest_low_mmol_per_L, true}}};
}

template <class Real>
CsfParameters<Real> csf_parameters(const evidence::Values<Real>& v) {
  return {v.k_csf_per_h, v.f_csf_gain};
}

template <class Real>
JahrStevensBlock<Real> jahr_stevens_block(const evidence::Values<Real>& v) {
  return {v.nmda_half_mmol_per_L, v.nmda_steepness_per_mV};
}
template <class Real>
WangBlock<Real> wang_block(const evidence::Values<Real>& v) {
  return {v.nmda_wang_affinity_L_per_mmol, v.nmda_wang_steepness_per_mV};
}
template <class Real>
WoodhullBlock<Real> woodhull_block(const evidence::Values<Real>& v) {
  return {v.nmda_woodhull_half_mmol_per_L, v.f_nmda_woodhull_field, v.thermal_voltage_mV};
}

template <class Real>
ReleaseParameters<Real> release_parameters(const evidence::Values<Real>& v) {
  return {v.nmj_calcium_half_mmol_per_L, v.nmj_magnesium_half_mmol_per_L, v.nmj_release_exponent};
}

template <class Real>
HillBlock<Real> ryr1_in_situ(const evidence::Values<Real>& v) {
  return {v.ryr1_in_situ_half_mmol_per_L, v.ryr1_in_situ_exponent};
}
/// In a bilayer without ATP.
template <class Real>
HillBlock<Real> ryr1_bilayer(const evidence::Values<Real>& v) {
  return {v.ryr1_bilayer_half_mmol_per_L, v.ryr1_bilayer_exponent};
}
template <class Real>
HillBlock<Real> ryr1_bilayer_with_atp(const evidence::Values<Real>& v) {
  return {v.ryr1_bilayer_atp_half_mmol_per_L, v.ryr1_bilayer_atp_exponent};
}
template <class Real>
TwoSiteBlock<Real> ryr1_two_site(const evidence::Values<Real>& v) {
  return {v.ryr1_activation_calcium_half_mmol_per_L, v.ryr1_activation_magnesium_half_mmol_per_L,
          v.ryr1_inhibition_calcium_half_mmol_per_L, v.ryr1_inhibition_magnesium_half_mmol_per_L};
}

}  // namespace mgpk::effect
