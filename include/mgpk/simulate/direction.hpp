// What results may be differentiated by: a number of the evidence, or one of the person's own.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/error.hpp>
#include <mgpk/evidence/lookup.hpp>
#include <mgpk/nearest_name.hpp>
#include <mgpk/simulate/options.hpp>

namespace mgpk::simulation {

/// Numbers of a person, or of the start of a run, that may vary like those of the evidence.
enum class Own {
  weight_kg,
  gfr_mL_per_min,
  albumin_g_per_L,
  f_acid_secreted,
  diet_mg_per_d,
  c_plasma_total_mmol_per_L,        ///< measured; Tm follows
  start_c_plasma_total_mmol_per_L,  ///< of a run that does not start from the baseline
};

inline constexpr std::array<std::string_view, 7> own_names{"weight_kg",
                                                           "gfr_mL_per_min",
                                                           "albumin_g_per_L",
                                                           "f_acid_secreted",
                                                           "diet_mg_per_d",
                                                           "c_plasma_total_mmol_per_L",
                                                           "start_c_plasma_total_mmol_per_L"};

/// One parameter along which slopes are taken.
struct Direction {
  std::string name;
  std::optional<std::size_t> evidence{};  ///< its place in `evidence::parameters`
  Own own{};                              ///< else

  bool is(Own which) const { return !evidence && own == which; }
};

/// @throws UnknownNameError for what is neither, with the nearest names
inline Direction direction_of(std::string_view name) {
  for (std::size_t i = 0; i < own_names.size(); ++i)
    if (own_names[i] == name) return {std::string(name), std::nullopt, static_cast<Own>(i)};
  std::vector<std::string_view> known(own_names.begin(), own_names.end());
  for (const auto& parameter : evidence::parameters) known.push_back(parameter.key);
  for (std::size_t i = 0; i < evidence::parameters.size(); ++i)
    if (evidence::parameters[i].key == name) return {std::string(name), i};
  fail_unknown_name("slopes are taken along a parameter of the evidence or a number of the person",
                    name, known, "the keys stand in data/parameters.csv");
}

inline std::vector<Direction> directions_of(const std::vector<std::string>& names) {
  if (names.empty())
    fail("slopes need at least one parameter", "none", "name one, or call simulate");
  std::vector<Direction> directions;
  for (const auto& name : names) {
    for (const auto& other : directions)
      if (other.name == name)
        fail("each parameter must come once", '"' + name + "\" twice", "drop one");
    directions.push_back(direction_of(name));
  }
  return directions;
}

/// Gives the number of a direction another value: in the person, or in the start of the run.
inline void set_along(const Direction& direction, double value, Subject& subject,
                      Options& options) {
  if (direction.evidence) {
    subject.parameters[std::string(evidence::parameters[*direction.evidence].key)] = value;
    return;
  }
  switch (direction.own) {
    case Own::weight_kg:
      subject.weight_kg = value;
      return;
    case Own::gfr_mL_per_min:
      subject.gfr_mL_per_min = value;
      return;
    case Own::albumin_g_per_L:
      subject.albumin_g_per_L = value;
      return;
    case Own::f_acid_secreted:
      subject.f_acid_secreted = value;
      return;
    case Own::diet_mg_per_d:
      subject.diet_mg_per_d = value;
      return;
    case Own::c_plasma_total_mmol_per_L:
      subject.c_plasma_total_mmol_per_L = value;
      return;
    case Own::start_c_plasma_total_mmol_per_L:
      options.start_c_plasma_total_mmol_per_L = value;
      return;
  }
}

/// The value that a direction's number has, given or by default; none where there is no such level.
inline std::optional<double> value_along(const Direction& direction, const Subject& subject,
                                         const Options& options) {
  if (direction.evidence)
    return body::values_of(subject).*evidence::value_members<double>[*direction.evidence];
  switch (direction.own) {
    case Own::weight_kg:
      return body::weight_kg(subject);
    case Own::gfr_mL_per_min:
      return body::gfr_mL_per_min(subject);
    case Own::albumin_g_per_L:
      return body::albumin_g_per_L(subject);
    case Own::f_acid_secreted:
      return subject.f_acid_secreted;
    case Own::diet_mg_per_d:
      return body::diet_mg_per_d(subject);
    case Own::c_plasma_total_mmol_per_L:
      return subject.c_plasma_total_mmol_per_L;
    case Own::start_c_plasma_total_mmol_per_L:
      break;
  }
  return options.start_c_plasma_total_mmol_per_L;
}

}  // namespace mgpk::simulation
