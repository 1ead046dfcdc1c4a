// What claims read off a run beyond what studies measure.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include <mgpk/body/person.hpp>
#include <mgpk/dose/salts.hpp>
#include <mgpk/effect/glycine_dose.hpp>
#include <mgpk/effect/parameters.hpp>
#include <mgpk/study/detail/observe.hpp>
#include <mgpk/study/detail/runs.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk::claim::detail {

using study::detail::area;
using study::detail::Reader;
using study::detail::total;
using study::detail::urine;
using study::detail::View;

inline constexpr std::string_view absorbed = "a_absorbed_mmol";
inline constexpr std::string_view cells = "a_cells_mmol";
inline constexpr std::string_view glycine = "c_glycine_mmol_per_L";

inline double mean_rise_mmol_per_L(const View& v) { return v.rise(area) / v.length_h(); }

/// The place between the two hours at which a column stands highest above the reference.
inline std::size_t place_of_largest_rise(const View& v, std::string_view column) {
  const auto with = v.between(column), without = v.reference_between(column);
  std::size_t best = 0;
  for (std::size_t i = 1; i < with.size(); ++i)
    if (with[i] - without[i] > with[best] - without[best]) best = i;
  return best;
}

inline double largest_rise(const View& v, std::string_view column) {
  const std::size_t place = place_of_largest_rise(v, column);
  return v.between(column)[place] - v.reference_between(column)[place];
}

/// Hours from the first of the two to the largest rise of plasma.
inline double t_largest_rise_h(const View& v) {
  const auto times_h = v.between("time_h");
  return times_h[place_of_largest_rise(v, total)] - times_h[0];
}

/// What is left at the second hour of the largest rise since the first.
inline double f_largest_rise_left(const View& v) {
  return (v.at_end(total) - v.reference_at_end(total)) / largest_rise(v, total);
}

inline double f_plasma_total_swing(const View& v) {
  const auto levels = v.between(total);
  const auto [low, high] = std::minmax_element(levels.begin(), levels.end());
  return (*high - *low) * v.length_h() / v.change(area);
}

inline double c_plasma_total_highest_mmol_per_L(const View& v) {
  const auto levels = v.between(total);
  return *std::max_element(levels.begin(), levels.end());
}

inline double drawn_g_per_d(const View& v) {
  return v.rise("stool_water_g") / v.length_h() * units::hours_per_day;
}

/// More people with loose stools than without the plan, from how the usual mass spreads alone.
inline double f_loose_stools_added(const View& v) {
  const auto stool = effect::stool_parameters(body::values_of(v.run().subject));
  return effect::f_loose_stool(stool, drawn_g_per_d(v)) - effect::f_loose_stool(stool, 0.0);
}

/// By ionized plasma magnesium of the mean of the hours; calcium is that of the reference.
inline double f_nmj_release_change(const View& v) {
  const auto values = body::values_of(v.run().subject);
  const double f_ionized = v.at_end("c_plasma_ionized_mmol_per_L") / v.at_end(total);
  const double calcium = values.c_calcium_ionized_reference_mmol_per_L;
  const effect::IonizedPair<double> with{calcium, f_ionized * v.change(area) / v.length_h()};
  const effect::IonizedPair<double> without{calcium,
                                            f_ionized * v.reference_change(area) / v.length_h()};
  return effect::nmj_release_relative(effect::release_parameters(values), with, without) - 1;
}

/// As if the CSF had settled at the mean plasma level of the hours: the most that it can follow.
inline double f_nmda_open_change(const View& v) {
  const auto values = body::values_of(v.run().subject);
  const double usual = values.c_csf_ionized_reference_mmol_per_L;
  const double csf = effect::c_csf_ionized_mmol_per_L(usual, values.f_csf_ionized,
                                                      values.f_csf_gain * mean_rise_mmol_per_L(v));
  const auto block = effect::jahr_stevens_block(values);
  const double membrane_mV = values.membrane_reference_mV;
  return effect::f_nmda_open(block, membrane_mV, csf) /
             effect::f_nmda_open(block, membrane_mV, usual) -
         1;
}

/// As if free magnesium in muscle rose and fell with what all cells hold, which no trial has seen.
inline double f_ryr1_release_change(const View& v) {
  const auto values = body::values_of(v.run().subject);
  const auto channel = effect::ryr1_in_situ(values);
  const double usual = values.c_muscle_free_mmol_per_L;
  return effect::f_ryr1_open(channel, usual * v.at_end(cells) / v.reference_at_end(cells)) /
             effect::f_ryr1_open(channel, usual) -
         1;
}

inline double dose_glycine_mg(const View& v) {
  const auto values = body::values_of(v.run().subject);
  double mg = 0;
  for (const auto& dose : v.run().plan.doses())
    for (const auto& part : dose.components)
      mg += dose.timing.times * effect::glycine_mg(values.molar_mass_glycine_g_per_mol,
                                                   dose::salt(part.salt).glycine_per_magnesium,
                                                   part.mmol);
  return mg;
}

inline constexpr std::array<Reader, 18> readers{{
    {"c_plasma_total_mean_rise_mmol_per_L", mean_rise_mmol_per_L},
    {"c_plasma_total_highest_mmol_per_L", c_plasma_total_highest_mmol_per_L},
    {"t_largest_rise_h", t_largest_rise_h},
    {"f_largest_rise_left", f_largest_rise_left},
    {"f_plasma_total_swing", f_plasma_total_swing},
    {"f_cells_rise", [](const View& v) { return v.at_end(cells) / v.reference_at_end(cells) - 1; }},
    {"f_kept", [](const View& v) { return 1 - v.rise(urine) / v.rise(absorbed); }},
    {"f_absorbed_in_urine", [](const View& v) { return v.rise(urine) / v.rise(absorbed); }},
    {"a_sweat_added_mmol", [](const View& v) { return v.rise("a_sweat_mmol"); }},
    {"stool_water_g_per_d", drawn_g_per_d},
    {"f_loose_stools_added", f_loose_stools_added},
    {"f_nmj_release_change", f_nmj_release_change},
    {"f_nmda_open_change", f_nmda_open_change},
    {"f_ryr1_release_change", f_ryr1_release_change},
    {"c_glycine_max_rise_mmol_per_L", [](const View& v) { return largest_rise(v, glycine); }},
    {"f_urine_rise_over_plasma_rise",
     [](const View& v) {
       return v.rise(urine) / v.reference_change(urine) / (v.rise(area) / v.reference_change(area));
     }},
    {"dose_elemental_mg",
     [](const View& v) { return v.dose_mmol() * units::molar_mass_magnesium_g_per_mol; }},
    {"dose_glycine_mg", dose_glycine_mg},
}};

/// Which of the observables look at everything between their two hours.
inline bool looks_between(std::string_view observable) {
  return study::detail::looks_between(observable) || observable == "t_largest_rise_h" ||
         observable == "f_largest_rise_left" || observable == "f_plasma_total_swing" ||
         observable == "c_plasma_total_highest_mmol_per_L";
}

inline double f_nmda_blocked(const evidence::Values<double>& values) {
  return 1 - effect::f_nmda_open(effect::jahr_stevens_block(values), values.membrane_reference_mV,
                                 values.c_csf_ionized_reference_mmol_per_L);
}

/// A tenth less calcium against a tenth more magnesium, in what they do to transmitter release.
inline double nmj_calcium_over_magnesium_ratio(const evidence::Values<double>& values) {
  constexpr double tenth = 0.1;
  const auto release = effect::release_parameters(values);
  const effect::IonizedPair<double> usual{
      values.c_calcium_ionized_reference_mmol_per_L,
      values.f_ionized_reference * values.c_plasma_total_reference_mmol_per_L};
  auto less_calcium = usual, more_magnesium = usual;
  less_calcium.calcium_mmol_per_L *= 1 - tenth;
  more_magnesium.magnesium_mmol_per_L *= 1 + tenth;
  return (effect::nmj_release_relative(release, less_calcium, usual) - 1) /
         (effect::nmj_release_relative(release, more_magnesium, usual) - 1);
}

/// A number that needs no run: of a salt, or of a law of effect as it stands.
struct TableReader {
  std::string_view name;
  double (*read)(std::string_view salt, const evidence::Values<double>& values);
};

inline constexpr std::array<TableReader, 4> table_readers{{
    {"f_elemental_by_mass",
     [](std::string_view salt, const evidence::Values<double>&) {
       return to_elemental_mass(mmol(dose::to_mmol(salt_mg(1.0), salt))).mg;
     }},
    {"glycine_mg_per_elemental_mg",
     [](std::string_view salt, const evidence::Values<double>& values) {
       return effect::glycine_mg(values.molar_mass_glycine_g_per_mol,
                                 dose::salt(salt).glycine_per_magnesium,
                                 to_amount(elemental_mg(1.0)).mmol);
     }},
    {"f_nmda_blocked",
     [](std::string_view, const evidence::Values<double>& values) {
       return f_nmda_blocked(values);
     }},
    {"nmj_calcium_over_magnesium_ratio",
     [](std::string_view, const evidence::Values<double>& values) {
       return nmj_calcium_over_magnesium_ratio(values);
     }},
}};

}  // namespace mgpk::claim::detail
