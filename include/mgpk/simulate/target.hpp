// What the events of a body point to: where doses arrive, and what the kidney filters.
#pragma once

#include <cstddef>

#include <mgpk/simulate/sources.hpp>

namespace mgpk::simulation {

/// Where things arrive in the body: the compartments of its timeline.
namespace target {

inline constexpr std::size_t plasma = 0;       ///< mmol at once, or mmol/h
inline constexpr std::size_t depot = 1;        ///< mmol into the muscle, that which will arrive
inline constexpr std::size_t lost = 2;         ///< mmol given into the muscle that never arrive
inline constexpr std::size_t unavailable = 3;  ///< mmol given, 1 - F of a dose; or mmol/h
inline constexpr std::size_t meal = 4;         ///< standard meals into the stomach
inline constexpr std::size_t glycine = 5;  ///< mmol of glycine into the gut, that which will pass
inline constexpr std::size_t binder = 6;   ///< phytate and oxalate into the stomach, see gut/
inline constexpr std::size_t count = 7 + max_sources;

/// Whether what arrives there is magnesium.
constexpr bool holds_magnesium(std::size_t compartment) {
  return compartment != meal && compartment != glycine && compartment != binder;
}

/// Mmol of solid into the stomach, by source.
constexpr std::size_t stomach(std::size_t source) { return 7 + source; }
constexpr bool is_stomach(std::size_t compartment) { return compartment >= stomach(0); }
constexpr std::size_t source_of(std::size_t compartment) { return compartment - stomach(0); }

}  // namespace target

/// From `from_h` on the GFR is this, and changes by so much per hour.
struct Filtration {
  double from_h = 0;
  double gfr_L_per_h = 0;
  double change_L_per_h_per_h = 0;
};

}  // namespace mgpk::simulation
