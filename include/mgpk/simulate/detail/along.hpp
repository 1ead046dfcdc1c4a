// A person whose numbers move along one direction: values with one slope each.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <mgpk/body/person.hpp>
#include <mgpk/ode/dual.hpp>
#include <mgpk/simulate/baseline.hpp>
#include <mgpk/simulate/direction.hpp>
#include <mgpk/simulate/sources.hpp>
#include <mgpk/simulate/timeline.hpp>

namespace mgpk::simulation::detail {

using Sloped = ode::Dual<1>;

inline Sloped with_slope(double value, double slope) { return {value, {slope}}; }

/// The numbers of a body, and what they are made of, with their slopes.
struct Along {
  evidence::Values<Sloped> values;
  body::OwnNumbers<Sloped> own;
  body::BodyParameters<Sloped> parameters;
};

/// Along which nothing of a body moves.
inline const Direction nothing{.name = "", .evidence = {}, .own = Own::diet_mg_per_d};

/// `tm_slope` is that of a Tm that was moved to meet a measured plasma level.
inline Along along(const Subject& subject, const Baseline& baseline, const Direction& direction,
                   double tm_slope) {
  Along moving;
  moving.values = evidence::on_scalar<Sloped>(body::values_of(subject));
  if (direction.evidence)
    (moving.values.*evidence::value_members<Sloped>[*direction.evidence]).slope[0] = 1.0;
  moving.own = body::own_numbers_of(subject, moving.values);
  if (direction.is(Own::weight_kg)) moving.own.weight_kg.slope[0] = 1.0;
  if (direction.is(Own::gfr_mL_per_min)) moving.own.gfr_mL_per_min.slope[0] = 1.0;
  if (direction.is(Own::albumin_g_per_L)) moving.own.albumin_g_per_L.slope[0] = 1.0;
  if (direction.is(Own::f_acid_secreted)) moving.own.f_acid_secreted.slope[0] = 1.0;
  moving.parameters =
      body::body_parameters(moving.values, body::traits_of(subject, moving.values, moving.own));
  if (subject.c_plasma_total_mmol_per_L)
    moving.parameters.kidney.tubule.tm_mmol_per_L =
        with_slope(baseline.parameters.kidney.tubule.tm_mmol_per_L, tm_slope);
  return moving;
}

/// A direction that this person cannot be moved along, in words; empty where they can.
inline std::string why_not_along(const Direction& direction, const Subject& subject,
                                 bool has_start_level) {
  if (direction.is(Own::c_plasma_total_mmol_per_L) && !subject.c_plasma_total_mmol_per_L)
    return "slopes along c_plasma_total_mmol_per_L need a person whose level was measured; give "
           "it, or take slopes along tm_mmol_per_L";
  if (direction.is(Own::start_c_plasma_total_mmol_per_L) && !has_start_level)
    return "slopes along start_c_plasma_total_mmol_per_L need a run that starts at such a level; "
           "give start_c_plasma_total_mmol_per_L";
  if (direction.is(Own::gfr_mL_per_min) && subject.creatinine_mg_per_dL)
    return "slopes along gfr_mL_per_min need a person whose GFR is not a formula's; give "
           "gfr_mL_per_min instead of creatinine_mg_per_dL";
  return {};
}

/// The person with the number of the direction moved far; amounts answer in a straight line.
inline std::optional<Subject> moved_along(Subject subject, const Direction& direction,
                                          double& moved_by) {
  const auto far = [&](double value) {
    moved_by = value != 0.0 ? -0.5 * value : 1.0;
    return value + moved_by;
  };
  if (direction.is(Own::diet_mg_per_d)) {
    subject.diet_mg_per_d = far(body::diet_mg_per_d(subject));
  } else if (direction.evidence) {
    const std::string key(evidence::parameters[*direction.evidence].key);
    subject.allow_outside_range = true;
    subject.parameters[key] = far(evidence::get(body::values_of(subject), key));
  } else {
    return std::nullopt;
  }
  return subject;
}

/// The slopes of the amounts of all events; empty where none moves. `make` gives the timeline of a
/// person.
/// @throws InputError where not only amounts move
template <class Make>
std::vector<double> amounts_along(const timeline::Timeline& here, const Subject& subject,
                                  const Direction& direction, Make&& make) {
  double moved_by = 0.0;
  const auto moved = moved_along(subject, direction, moved_by);
  if (!moved) return {};
  const timeline::Timeline there = make(*moved).given;
  if (there.events.size() != here.events.size())
    fail("slopes need a timeline that keeps its events", "along " + direction.name,
         "a diet of nothing has none: give some");
  std::vector<double> slopes(here.events.size(), 0.0);
  bool any = false;
  for (std::size_t k = 0; k < slopes.size(); ++k) {
    slopes[k] = (there.events[k].amount - here.events[k].amount) / moved_by;
    any = any || slopes[k] != 0.0;
  }
  if (!any) slopes.clear();
  return slopes;
}

}  // namespace mgpk::simulation::detail
