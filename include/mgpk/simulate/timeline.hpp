// What happens to a body, in order: its own targets on the one timeline that all engines walk.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/simulate/sources.hpp>
#include <mgpk/timeline/event.hpp>

namespace mgpk::simulation {

/// Where things arrive in the body: the compartments of its timeline.
namespace target {

inline constexpr std::size_t plasma = 0;   ///< mmol at once, or mmol/h
inline constexpr std::size_t depot = 1;    ///< mmol into the muscle, that which will arrive
inline constexpr std::size_t lost = 2;     ///< mmol given that never arrive
inline constexpr std::size_t meal = 3;     ///< standard meals into the stomach
inline constexpr std::size_t glycine = 4;  ///< mmol of glycine into the gut, that which will pass
inline constexpr std::size_t count = 5 + max_sources;

/// Mmol of solid into the stomach, by source.
constexpr std::size_t stomach(std::size_t source) { return 5 + source; }
constexpr bool is_stomach(std::size_t compartment) { return compartment >= stomach(0); }
constexpr std::size_t source_of(std::size_t compartment) { return compartment - stomach(0); }

}  // namespace target

/// All that happens up to and at the end of a run. A dose that is taken (`Kind::administer`) names
/// its line of the plan as its record; meals and the second parts of a dose name none.
struct Timeline {
  timeline::Timeline given;
  std::vector<std::string> notes;  ///< what the timeline assumed
};

/// The timeline of a run from its midnight to `until_h`.
Timeline timeline_of(const Subject& subject, const Schedule& plan,
                     const std::vector<Source>& sources, double until_h);

/// One turn of a life that repeats itself every `cycle_h`, which the day and every interval of the
/// plan divide: each line of the plan is taken as going on for ever, before the turn and after it.
/// What happens at the very end belongs to the next turn.
Timeline cycle_of(const Subject& subject, const Schedule& plan, const std::vector<Source>& sources,
                  double cycle_h);

}  // namespace mgpk::simulation

#include <mgpk/simulate/detail/timeline_builder.hpp>
