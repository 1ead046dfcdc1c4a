// Which slot of the body each swallowed salt of a plan takes: food first, then label by label.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/dose/schedule.hpp>
#include <mgpk/error.hpp>

namespace mgpk::simulation {

/// One slot of the body. A mix takes one slot per salt; its slots share the label.
struct Source {
  std::string name;   ///< in the names of columns: "food", "citrate", "buffered_oxide"
  std::string label;  ///< what was swallowed: "food", "citrate", "buffered"
  std::string salt;   ///< empty for food
  bool operator==(const Source&) const = default;
};

/// Food and at most three salts: the sizes of the body that are compiled.
inline constexpr std::size_t max_sources = 4;

inline std::string source_name(const dose::Dose& dose, const dose::Component& component) {
  return dose.components.size() == 1 ? dose.label : dose.label + "_" + component.salt;
}

[[noreturn]] inline void fail_label_clash(const std::string& name) {
  fail("a label names one thing, the same salt each time it is used", '"' + name + '"',
       "give the second salt a label of its own");
}

/// A mix and a single salt of one label would both be called by it.
inline void check_labels(const std::vector<Source>& sources) {
  for (const auto& single : sources)
    for (const auto& other : sources)
      if (single.name == single.label && other.label == single.label && other.name != single.name)
        fail_label_clash(single.label);
}

inline void check_source_count(const std::vector<Source>& sources) {
  require(sources.size() <= max_sources,
          "a plan can hold at most 3 swallowed salts (each salt of a mix counts)",
          static_cast<double>(sources.size() - 1), "drop some, or simulate them in separate runs");
}

/// The sources of a plan in the order in which they first appear, after food.
inline std::vector<Source> sources_of(const Schedule& plan) {
  std::vector<Source> sources{{"food", "food", ""}};
  for (const auto& dose : plan.doses()) {
    if (dose.route != dose::Route::oral) continue;
    for (const auto& component : dose.components) {
      Source source{source_name(dose, component), dose.label, component.salt};
      const auto same_name = [&](const Source& s) { return s.name == source.name; };
      const auto found = std::find_if(sources.begin(), sources.end(), same_name);
      if (found == sources.end()) {
        sources.push_back(std::move(source));
      } else if (!(*found == source)) {
        fail_label_clash(source.name);
      }
    }
  }
  check_labels(sources);
  check_source_count(sources);
  return sources;
}

inline std::size_t slot_of(const std::vector<Source>& sources, std::string_view name) {
  const auto found =
      std::find_if(sources.begin(), sources.end(), [&](const Source& s) { return s.name == name; });
  return static_cast<std::size_t>(found - sources.begin());
}

/// The sources of a plan, and those that an earlier regimen has left in the gut.
inline std::vector<Source> sources_of_both(const Schedule& plan,
                                           const std::vector<Source>& before) {
  auto sources = sources_of(plan);
  for (const auto& source : before) {
    const auto there = slot_of(sources, source.name);
    if (there == sources.size()) {
      sources.push_back(source);
    } else if (!(sources[there] == source)) {
      fail_label_clash(source.name);
    }
  }
  check_labels(sources);
  check_source_count(sources);
  return sources;
}

}  // namespace mgpk::simulation
