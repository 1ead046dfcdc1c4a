// Where each state of the body stands: a map from names to positions, in the order of the journey.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <mgpk/gut/transit.hpp>

namespace mgpk::body {

/// Positions of the states for a body that swallows from `Sources` sources (food is source 0).
///
/// A label is what dissolved magnesium came from: one per source, and the last one endogenous. Each
/// segment's dissolved total is the sum over its labels.
template <std::size_t Sources>
struct Layout {
  static constexpr std::size_t n_sources = Sources;
  static constexpr std::size_t n_labels = Sources + 1;
  static constexpr std::size_t endogenous = Sources;

  static constexpr std::size_t acid = 0;
  static constexpr std::size_t meal = 1;
  static constexpr std::size_t first_binder = 2;
  static constexpr std::size_t first_solid = first_binder + gut::n_segments;
  static constexpr std::size_t first_dissolved = first_solid + gut::n_segments * n_sources;
  static constexpr std::size_t first_store = first_dissolved + gut::n_segments * n_labels;
  static constexpr std::size_t im_depot = first_store;
  static constexpr std::size_t plasma = first_store + 1;
  static constexpr std::size_t interstitial = first_store + 2;
  static constexpr std::size_t cells = first_store + 3;
  static constexpr std::size_t red_cells = first_store + 4;
  static constexpr std::size_t slow = first_store + 5;
  static constexpr std::size_t tm_shift = first_store + 6;
  static constexpr std::size_t glycine_gut = first_store + 7;
  static constexpr std::size_t glycine_plasma = first_store + 8;
  /// From here on the states only accumulate; nothing flows out of them or depends on them.
  static constexpr std::size_t first_readout = first_store + 9;
  static constexpr std::size_t first_absorbed = first_readout;
  static constexpr std::size_t first_feces_dissolved = first_absorbed + n_labels;
  static constexpr std::size_t first_feces_solid = first_feces_dissolved + n_labels;
  static constexpr std::size_t first_absorbed_in = first_feces_solid + n_sources;
  static constexpr std::size_t urine = first_absorbed_in + gut::n_segments - 1;
  static constexpr std::size_t sweat = urine + 1;
  static constexpr std::size_t secreted = urine + 2;
  static constexpr std::size_t auc_plasma = urine + 3;
  static constexpr std::size_t n_states = urine + 4;

  /// What binds magnesium in a segment, in multiples of what halves its availability.
  static constexpr std::size_t binder(std::size_t segment) { return first_binder + segment; }
  static constexpr std::size_t solid(std::size_t source, std::size_t segment) {
    return first_solid + source * gut::n_segments + segment;
  }
  static constexpr std::size_t dissolved(std::size_t label, std::size_t segment) {
    return first_dissolved + label * gut::n_segments + segment;
  }
  static constexpr std::size_t absorbed(std::size_t label) { return first_absorbed + label; }
  /// Absorbed in one segment, of all labels; none in the stomach.
  static constexpr std::size_t absorbed_in(std::size_t segment) {
    return first_absorbed_in + segment - 1;
  }
  static constexpr std::size_t feces_dissolved(std::size_t label) {
    return first_feces_dissolved + label;
  }
  static constexpr std::size_t feces_solid(std::size_t source) {
    return first_feces_solid + source;
  }

  /// States that hold magnesium: everything but acid, meal, binders, the shift of Tm, glycine and
  /// the reading of the AUC. What was absorbed or secreted is counted where it went, too.
  static constexpr bool holds_magnesium(std::size_t i) {
    return i >= first_solid && i != tm_shift && i != glycine_gut && i != glycine_plasma &&
           i != secreted && i != auc_plasma &&
           !(i >= first_absorbed && i < first_feces_dissolved) &&
           !(i >= first_absorbed_in && i < urine);
  }
};

namespace detail {

inline std::string in_segment(std::string_view kind, std::size_t segment, std::string_view label) {
  std::string name = "a_";
  name.append(kind).append("_").append(gut::segment_names[segment]);
  return name.append("_").append(label).append("_mmol");
}

}  // namespace detail

/// Names of all states, with units. `labels` names the sources and, last, "endogenous".
template <std::size_t Sources>
std::array<std::string, Layout<Sources>::n_states> state_names(
    std::span<const std::string, Layout<Sources>::n_labels> labels) {
  using L = Layout<Sources>;
  std::array<std::string, L::n_states> names;
  names[L::acid] = "a_acid_stomach_mmol";
  names[L::meal] = "n_meals_in_stomach";
  for (std::size_t segment = 0; segment < gut::n_segments; ++segment) {
    names[L::binder(segment)] = "n_binders_" + std::string(gut::segment_names[segment]);
    for (std::size_t source = 0; source < L::n_sources; ++source)
      names[L::solid(source, segment)] = detail::in_segment("solid", segment, labels[source]);
    for (std::size_t label = 0; label < L::n_labels; ++label)
      names[L::dissolved(label, segment)] = detail::in_segment("dissolved", segment, labels[label]);
  }
  names[L::im_depot] = "a_im_depot_mmol";
  names[L::plasma] = "a_plasma_mmol";
  names[L::interstitial] = "a_interstitial_mmol";
  names[L::cells] = "a_cells_mmol";
  names[L::red_cells] = "a_red_cells_mmol";
  names[L::slow] = "a_slow_mmol";
  names[L::tm_shift] = "f_tm_shift";
  names[L::glycine_gut] = "a_glycine_gut_mmol";
  names[L::glycine_plasma] = "a_glycine_plasma_mmol";
  for (std::size_t label = 0; label < L::n_labels; ++label) {
    names[L::absorbed(label)] = "a_absorbed_" + labels[label] + "_mmol";
    names[L::feces_dissolved(label)] = "a_feces_dissolved_" + labels[label] + "_mmol";
  }
  for (std::size_t source = 0; source < L::n_sources; ++source)
    names[L::feces_solid(source)] = "a_feces_solid_" + labels[source] + "_mmol";
  for (std::size_t segment = gut::duodenum; segment < gut::n_segments; ++segment)
    names[L::absorbed_in(segment)] =
        "a_absorbed_in_" + std::string(gut::segment_names[segment]) + "_mmol";
  names[L::urine] = "a_urine_mmol";
  names[L::sweat] = "a_sweat_mmol";
  names[L::secreted] = "a_secreted_mmol";
  names[L::auc_plasma] = "auc_plasma_total_mmol_h_per_L";
  return names;
}

}  // namespace mgpk::body
