// From a person and the evidence to the numbers of their body. The table: docs/equations.md.
#pragma once

#include <mgpk/blood/binding.hpp>
#include <mgpk/body/parameters.hpp>
#include <mgpk/body/subject.hpp>
#include <mgpk/dose/salts.hpp>
#include <mgpk/evidence/lookup.hpp>
#include <mgpk/evidence/values.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk::body {

/// What distinguishes one body from another, on any scalar.
template <class Real>
struct Traits {
  Real weight_kg;
  Real gfr_L_per_h;
  Real albumin_g_per_L;
  Real f_acid_secreted;
};

namespace detail {

template <class Real>
GutParameters<Real> gut_of(const evidence::Values<Real>& v, const Traits<Real>& t,
                           Real per_d_to_h) {
  GutParameters<Real> g;
  g.emptying = {v.k_emptying_fasted_per_h, v.k_emptying_fed_per_h, v.meal_half_effect_meals};
  g.acid = {v.acid_basal_mmol_per_h, v.acid_meal_mmol_per_h, t.f_acid_secreted, v.acid_half_mmol};
  g.n_acid_per_magnesium = v.n_acid_per_magnesium;
  g.binders = {v.phytate_half_mmol, v.oxalate_half_mmol};
  g.transit = {{Real{}, v.t_duodenum_h, v.t_jejunum_h, v.t_ileum_h, v.t_colon_h},
               v.osmotic_half_mmol};
  g.uptake = {{{},
               {v.vmax_duodenum_mmol_per_h, v.km_uptake_mmol, v.k_uptake_linear_small_per_h},
               {v.vmax_jejunum_mmol_per_h, v.km_uptake_mmol, v.k_uptake_linear_small_per_h},
               {v.vmax_ileum_mmol_per_h, v.km_uptake_mmol, v.k_uptake_linear_small_per_h},
               {v.vmax_colon_mmol_per_h, v.km_uptake_mmol, v.k_uptake_linear_colon_per_h}}};
  g.cl_secretion_L_per_h =
      v.secretion_reference_mmol_per_d * per_d_to_h / v.c_plasma_total_reference_mmol_per_L;
  g.stool_water_g_per_mmol = v.stool_water_g_per_mmol;
  return g;
}

template <class Real>
BloodParameters<Real> blood_of(const evidence::Values<Real>& v, const Traits<Real>& t) {
  const Real f_uf = blood::ultrafilterable_share(v.f_uf_reference, t.albumin_g_per_L,
                                                 v.albumin_reference_g_per_L);
  return {v.v_plasma_L_per_kg * t.weight_kg, f_uf,
          blood::ionized_share(f_uf, v.f_ionized_reference, v.f_uf_reference), v.ka_im_per_h};
}

template <class Real>
TissueParameters<Real> tissue_of(const evidence::Values<Real>& v, const Traits<Real>& t) {
  return {
      v.v_interstitial_L_per_kg * t.weight_kg,
      v.q_interstitial_L_per_h_per_kg * t.weight_kg,
      {v.a_cells_mmol_per_kg * t.weight_kg * v.k_cells_per_h, v.k_cells_per_h, v.elasticity_cells,
       v.c_plasma_total_reference_mmol_per_L},
      {v.c_red_cells_mmol_per_L * v.v_red_cells_L_per_kg * t.weight_kg * v.k_red_cells_per_h,
       v.k_red_cells_per_h, v.elasticity_red_cells, v.c_plasma_total_reference_mmol_per_L},
      {v.a_slow_mmol_per_kg * t.weight_kg * v.k_slow_per_h / v.c_plasma_total_reference_mmol_per_L,
       v.k_slow_per_h}};
}

}  // namespace detail

/// All numbers of one body. `per_d_to_h` is one day in hours, as a rate: 1/24 (with its unit, when
/// the scalar carries units).
template <class Real>
BodyParameters<Real> body_parameters(const evidence::Values<Real>& v, const Traits<Real>& t,
                                     Real per_d_to_h = Real(1.0 / units::hours_per_day)) {
  return {detail::gut_of(v, t, per_d_to_h),
          detail::blood_of(v, t),
          detail::tissue_of(v, t),
          {t.gfr_L_per_h, {v.tm_mmol_per_L, v.splay_mmol_per_L}},
          {v.tm_gain_relative, v.tau_tm_h, v.c_plasma_total_reference_mmol_per_L},
          v.sweat_reference_mmol_per_d * per_d_to_h / v.c_plasma_total_reference_mmol_per_L,
          {v.ka_glycine_per_h, v.f_glycine, v.v_glycine_L_per_kg * t.weight_kg, v.k_glycine_per_h,
           v.c_glycine_reference_mmol_per_L}};
}

/// What a salt's ligand does after dissolution: how much of the magnesium it binds in the small
/// bowel, and whether it stays in the lumen itself.
struct Ligand {
  double f_complexed = 0;
  double n_unabsorbed_ions = 1;
};

/// How a source dissolves and how much of it is open to uptake: but for its ligand, a dissolved
/// salt is Mg2+, whatever it was.
template <class Real>
SourceParameters<Real> source_parameters(const evidence::Values<Real>& v,
                                         dose::Dissolution dissolution, const Ligand& ligand = {}) {
  const Real f_available = gut::available_share(Real(ligand.f_complexed), v.f_labile_complex);
  const auto plain = [](Real rate_per_h) {
    return gut::DissolutionParameters<Real>{rate_per_h, 0.0 * rate_per_h, rate_per_h};
  };
  switch (dissolution) {
    case dose::Dissolution::soluble:
      return {plain(v.k_dissolution_soluble_per_h), f_available, ligand.n_unabsorbed_ions};
    case dose::Dissolution::sparing:
      return {plain(v.k_dissolution_sparing_per_h), f_available, ligand.n_unabsorbed_ions};
    case dose::Dissolution::acid:
      return {{0.0 * v.k_dissolution_acid_per_h, v.k_dissolution_acid_per_h,
               v.k_dissolution_neutral_per_h},
              f_available,
              ligand.n_unabsorbed_ions};
    case dose::Dissolution::food:
      break;
  }
  return {plain(v.k_release_food_per_h), v.f_available_food};
}

inline Ligand ligand_of(const dose::Salt& salt) {
  return {salt.f_complexed, salt.n_unabsorbed_ions};
}

inline Traits<double> traits_of(const Subject& s) {
  return {weight_kg(s), units::L_per_h_from_mL_per_min(gfr_mL_per_min(s)), albumin_g_per_L(s),
          s.f_acid_secreted};
}

}  // namespace mgpk::body
