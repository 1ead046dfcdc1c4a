// From a person and the evidence to the numbers of their body. The table: docs/equations.md.
#pragma once

#include <mgpk/blood/binding.hpp>
#include <mgpk/body/changes.hpp>
#include <mgpk/body/parameters.hpp>
#include <mgpk/body/subject.hpp>
#include <mgpk/dose/salts.hpp>
#include <mgpk/evidence/lookup.hpp>
#include <mgpk/evidence/values.hpp>
#include <mgpk/kidney/segments.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk::body {

/// What distinguishes one body from another, on any scalar.
template <class Real>
struct Traits {
  Real weight_kg;
  Real gfr_L_per_h;
  Real albumin_g_per_L;
  Real f_acid_secreted;
  Changes<Real> changes{};  ///< by modifiers and kidney disease; of all but the four above
};

namespace detail {

template <class Real>
GutParameters<Real> gut_of(const evidence::Values<Real>& v, const Traits<Real>& t,
                           Real per_d_to_h) {
  GutParameters<Real> g;
  g.emptying = {v.k_emptying_fasted_per_h, v.k_emptying_fed_per_h, v.meal_half_effect_meals};
  g.acid = {v.acid_basal_mmol_per_h, v.acid_meal_mmol_per_h, t.f_acid_secreted, v.acid_half_mmol};
  g.n_acid_per_magnesium = v.n_acid_per_magnesium;
  const auto& c = t.changes;
  g.binders = {v.phytate_half_mmol, v.oxalate_half_mmol};
  g.transit = {
      {Real{}, v.t_duodenum_h, v.t_jejunum_h, c.f_of_ileum_length * v.t_ileum_h, v.t_colon_h},
      v.osmotic_half_mmol};
  const auto uptake = [&](const Real& vmax_mmol_per_h, const Real& linear_per_h) {
    return gut::UptakeParameters<Real>{c.f_of_uptake_saturable * vmax_mmol_per_h, v.km_uptake_mmol,
                                       c.f_of_uptake_linear * linear_per_h};
  };
  g.uptake = {{{},
               uptake(v.vmax_duodenum_mmol_per_h, v.k_uptake_linear_small_per_h),
               uptake(v.vmax_jejunum_mmol_per_h, v.k_uptake_linear_small_per_h),
               uptake(c.f_of_ileum_length * v.vmax_ileum_mmol_per_h, v.k_uptake_linear_small_per_h),
               uptake(v.vmax_colon_mmol_per_h, v.k_uptake_linear_colon_per_h)}};
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

template <class Real>
kidney::TubuleParameters<Real> tubule_of(const evidence::Values<Real>& v,
                                         const Changes<Real>& left) {
  const kidney::Segments<Real> shares{v.f_tm_pt, v.f_tm_tal, v.f_tm_dct};
  return {left.f_of_tm *
              kidney::tm_of_segments_mmol_per_L<Real>(
                  v.tm_mmol_per_L, shares, {left.f_of_tm_pt, left.f_of_tm_tal, left.f_of_tm_dct}),
          v.splay_mmol_per_L};
}

/// Clearance by the skin: at rest, and what work adds.
template <class Real>
Real cl_sweat_L_per_h(const evidence::Values<Real>& v, const Changes<Real>& changes,
                      const Real& per_d_to_h) {
  return (v.sweat_reference_mmol_per_d * per_d_to_h + changes.added_sweat_mmol_per_h) /
         v.c_plasma_total_reference_mmol_per_L;
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
          {t.gfr_L_per_h, detail::tubule_of(v, t.changes)},
          {v.adaptation_gain_relative, v.tau_adaptation_h, v.c_plasma_total_reference_mmol_per_L},
          detail::cl_sweat_L_per_h(v, t.changes, per_d_to_h),
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
  const auto by_acid = [](Real acid_per_h, Real neutral_per_h) {
    return gut::DissolutionParameters<Real>{0.0 * acid_per_h, acid_per_h, neutral_per_h};
  };
  switch (dissolution) {
    case dose::Dissolution::soluble:
      return {plain(v.k_dissolution_soluble_per_h), f_available, ligand.n_unabsorbed_ions};
    case dose::Dissolution::sparing:
      return {plain(v.k_dissolution_sparing_per_h), f_available, ligand.n_unabsorbed_ions};
    case dose::Dissolution::acid:
      return {by_acid(v.k_dissolution_acid_per_h, v.k_dissolution_neutral_per_h), f_available,
              ligand.n_unabsorbed_ions};
    case dose::Dissolution::hydroxide:
      return {
          by_acid(v.k_dissolution_hydroxide_acid_per_h, v.k_dissolution_hydroxide_neutral_per_h),
          f_available, ligand.n_unabsorbed_ions};
    case dose::Dissolution::food:
      break;
  }
  return {plain(v.k_release_food_per_h), v.f_available_food};
}

inline Ligand ligand_of(const dose::Salt& salt) {
  return {salt.f_complexed, salt.n_unabsorbed_ions};
}

/// The changes of a person on any scalar.
template <class Real>
Changes<Real> on_scalar(const Changes<double>& c) {
  return {Real(c.f_of_gfr),
          Real(c.f_of_albumin),
          Real(c.f_of_tm),
          Real(c.f_of_tm_pt),
          Real(c.f_of_tm_tal),
          Real(c.f_of_tm_dct),
          Real(c.f_of_uptake_saturable),
          Real(c.f_of_uptake_linear),
          Real(c.f_of_acid_secreted),
          Real(c.f_of_ileum_length),
          Real(c.added_sweat_mmol_per_h)};
}

/// `acute` is what a plan adds to the person's own changes for a while. Filtration and albumin of
/// the person hold their chronic changes already.
template <class Real>
Traits<Real> traits_of(const Subject& s, const evidence::Values<Real>& values,
                       const OwnNumbers<Real>& own, const Changes<double>& acute = {}) {
  auto changes = on_scalar<Real>(times(changes_of(s), acute));
  const Real uptake = f_uptake_by_filtration(values, own.gfr_mL_per_min);
  changes.f_of_uptake_saturable *= uptake;
  changes.f_of_uptake_linear *= uptake;
  return {own.weight_kg, acute.f_of_gfr * units::L_per_h_from_mL_per_min(own.gfr_mL_per_min),
          acute.f_of_albumin * own.albumin_g_per_L,
          changes.f_of_acid_secreted * own.f_acid_secreted, changes};
}
inline Traits<double> traits_of(const Subject& s, const Changes<double>& acute = {}) {
  const auto values = values_of(s);
  return traits_of(s, values, own_numbers_of(s, values), acute);
}

/// The numbers of a body while something acute acts, from its usual ones: a Tm that was moved to
/// meet a measured plasma level keeps its distance.
template <class Real>
BodyParameters<Real> parameters_during(const Subject& s, const evidence::Values<Real>& values,
                                       const OwnNumbers<Real>& own,
                                       const BodyParameters<Real>& usual,
                                       const Changes<double>& acute) {
  auto now = body_parameters(values, traits_of(s, values, own, acute));
  const Real tm_by_evidence =
      detail::tubule_of(values, on_scalar<Real>(changes_of(s))).tm_mmol_per_L;
  if (!(usual.kidney.tubule.tm_mmol_per_L == tm_by_evidence))
    now.kidney.tubule.tm_mmol_per_L *= usual.kidney.tubule.tm_mmol_per_L / tm_by_evidence;
  return now;
}
inline BodyParameters<double> parameters_during(const Subject& s,
                                                const BodyParameters<double>& usual,
                                                const Changes<double>& acute) {
  const auto values = values_of(s);
  return parameters_during(s, values, own_numbers_of(s, values), usual, acute);
}

}  // namespace mgpk::body
