// How parameters are drawn within their ranges, and how ridges are kept.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/evidence/lookup.hpp>
#include <mgpk/evidence/values.hpp>
#include <mgpk/kidney/reabsorption.hpp>
#include <mgpk/people/population_table.hpp>
#include <mgpk/people/uncertainty.hpp>
#include <mgpk/random/quantile.hpp>
#include <mgpk/random/stream.hpp>

namespace mgpk::people {

namespace detail {

/// The purposes of these draws lie beyond those of a population.
inline constexpr std::uint32_t first_parameter_purpose = 1U << 16;

inline bool holds(const std::vector<std::string>& list, std::string_view key) {
  return std::find(list.begin(), list.end(), key) != list.end();
}

inline bool is_fixed(std::string_view key) {
  return std::any_of(ridges.begin(), ridges.end(), [&](const Ridge& ridge) {
    return ridge.key == key && ridge.law == RidgeLaw::fixed;
  });
}

/// Whether the key follows one of these.
inline bool follows(std::string_view key, const std::vector<std::string>& leaders) {
  return std::any_of(ridges.begin(), ridges.end(), [&](const Ridge& ridge) {
    return ridge.key == key && holds(leaders, ridge.leader);
  });
}

inline void check_choice(const Subject& subject, const std::vector<std::string>& chosen) {
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const auto& key = chosen[i];
    const auto& row = evidence::parameter(key);
    if (is_fixed(key))
      fail("a parameter of bands must be a constant, not what makes the person", '"' + key + '"',
           "leave it out, and see population for how people differ");
    if (!(row.low < row.high))
      fail("a parameter of bands needs a range", '"' + key + "\", which has none", "leave it out");
    if (subject.parameters.contains(key))
      fail("a parameter of bands must not be one that the person states", '"' + key + '"',
           "leave it out here, or in the parameters of the subject");
    if (std::count(chosen.begin(), chosen.end(), key) > 1)
      fail("each parameter of bands is given once", '"' + key + '"', "remove the second");
  }
}

/// What escapes the tubule at the reference plasma level, mmol per litre of filtrate.
inline double reference_escape_mmol_per_L(const evidence::Values<double>& v) {
  return kidney::escaped_mmol_per_L(
      kidney::TubuleParameters<double>{v.tm_mmol_per_L, v.splay_mmol_per_L},
      v.f_uf_reference * v.c_plasma_total_reference_mmol_per_L);
}

/// Where a follower goes when its leaders went from `before` to `now`.
inline double followed(std::string_view key, const std::vector<std::string>& leaders,
                       const evidence::Values<double>& before,
                       const evidence::Values<double>& now) {
  double value = evidence::get(before, key);
  for (const auto& ridge : ridges) {
    if (ridge.key != key || !holds(leaders, ridge.leader)) continue;
    const double from = evidence::get(before, ridge.leader);
    const double to = evidence::get(now, ridge.leader);
    switch (ridge.law) {
      case RidgeLaw::product:
        value *= from / to;
        break;
      case RidgeLaw::ratio:
        value *= to / from;
        break;
      case RidgeLaw::sum:
        value += from - to;
        break;
      case RidgeLaw::tubule:  // once for all its leaders
        return kidney::tm_for_escape_mmol_per_L(
            now.f_uf_reference * now.c_plasma_total_reference_mmol_per_L,
            reference_escape_mmol_per_L(before), now.splay_mmol_per_L);
      case RidgeLaw::fixed:
        break;
    }
  }
  return value;
}

}  // namespace detail

MGPK_COMPILED Uncertain uncertain_of(const Subject& subject,
                                     const std::vector<std::string>& chosen) {
  detail::check_choice(subject, chosen);
  std::vector<std::string> open;  // all that may be drawn
  for (const auto& row : evidence::parameters) {
    const std::string key(row.key);
    // Numbers of effects move no column of a run; they are drawn where they are asked for.
    const bool wanted = chosen.empty() ? row.organ != "effect" : detail::holds(chosen, key);
    if (wanted && row.low < row.high && !detail::is_fixed(key) && !subject.parameters.contains(key))
      open.push_back(key);
  }
  Uncertain uncertain;
  for (const auto& row : evidence::parameters) {
    const std::string key(row.key);
    if (subject.parameters.contains(key)) continue;
    if (detail::follows(key, open))
      uncertain.following.push_back(key);
    else if (detail::holds(open, key))
      uncertain.drawn.push_back(key);
  }
  return uncertain;
}

MGPK_COMPILED std::vector<double> draw_parameters(const Subject& subject,
                                                  const Uncertain& uncertain, std::uint64_t seed,
                                                  std::uint64_t index) {
  const auto before = body::values_of(subject);
  auto now = before;
  std::vector<double> values;
  for (const auto& key : uncertain.drawn) {
    const std::size_t place = evidence::parameter_index(key);
    const auto& row = evidence::parameters[place];
    const auto purpose = detail::first_parameter_purpose + static_cast<std::uint32_t>(place);
    const double u = random::uniform({seed, index, purpose, 0});
    values.push_back(random::triangular_quantile(u, row.low, row.value, row.high));
    evidence::set(now, key, values.back(), true);
  }
  for (const auto& key : uncertain.following)
    values.push_back(detail::followed(key, uncertain.drawn, before, now));
  return values;
}

MGPK_COMPILED Subject with_parameters(const Subject& subject, const Uncertain& uncertain,
                                      const std::vector<double>& values) {
  Subject other = subject;
  std::size_t i = 0;
  for (const auto& key : uncertain.drawn) other.parameters[key] = values.at(i++);
  for (const auto& key : uncertain.following) other.parameters[key] = values.at(i++);
  other.allow_outside_range = true;  // a follower goes where its leader sends it
  return other;
}

}  // namespace mgpk::people
