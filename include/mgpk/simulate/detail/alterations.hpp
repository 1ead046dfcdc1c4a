// From the stretches in which something acts to the moments at which the body changes.
#pragma once

#include <algorithm>
#include <vector>

#include <mgpk/body/changes.hpp>
#include <mgpk/dose/lines.hpp>
#include <mgpk/simulate/timeline.hpp>
#include <mgpk/timeline/event.hpp>

namespace mgpk::simulation::detail {

/// One stretch of one modifier.
struct Spell {
  double from_h, to_h;
  const dose::Modification* line;
};

inline std::vector<Spell> spells_of(const std::vector<dose::Modification>& lines, double until_h) {
  std::vector<Spell> spells;
  for (const auto& line : lines)
    for (int i = 0; i < line.timing.times; ++i) {
      const double from_h = line.timing.at_h + i * line.timing.every_h;
      if (from_h > until_h) break;
      spells.push_back({from_h, from_h + line.timing.over_h, &line});
    }
  return spells;
}

/// All changes of one moment, from all that acts then; nothing is taken back by dividing.
inline std::vector<Alteration> alterations_of(const std::vector<dose::Modification>& lines,
                                              double until_h) {
  const auto spells = spells_of(lines, until_h);
  std::vector<double> edges_h;
  for (const auto& spell : spells)
    for (const double t_h : {spell.from_h, spell.to_h})
      if (t_h <= until_h) edges_h.push_back(t_h);
  std::sort(edges_h.begin(), edges_h.end());
  const auto same = [](double a, double b) { return b - a <= timeline::same_time_h; };
  edges_h.erase(std::unique(edges_h.begin(), edges_h.end(), same), edges_h.end());
  std::vector<Alteration> some;
  for (const double t_h : edges_h) {
    Alteration now;
    now.from_h = t_h;
    for (const auto& spell : spells)
      if (spell.from_h <= t_h + timeline::same_time_h && spell.to_h > t_h + timeline::same_time_h)
        body::apply(now.changes, spell.line->name, spell.line->strength, evidence::Applies::acute);
    some.push_back(now);
  }
  return some;
}

}  // namespace mgpk::simulation::detail
