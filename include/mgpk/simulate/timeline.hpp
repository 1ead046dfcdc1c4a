// What happens to a body, in order: its own targets on the one timeline that all engines walk.
#pragma once

#include <string>
#include <vector>

#include <mgpk/body/changes.hpp>
#include <mgpk/body/parameters.hpp>
#include <mgpk/body/subject.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/simulate/sources.hpp>
#include <mgpk/simulate/target.hpp>
#include <mgpk/timeline/event.hpp>

namespace mgpk::simulation {

/// From `from_h` on these changes act, and no others of the plan.
struct Alteration {
  double from_h = 0;
  body::Changes<double> changes{};
  body::BodyParameters<double> parameters{};  ///< the body meanwhile; filled in before the run
};

/// All that happens up to and at the end of a run. An event names as its record:
///   administer    the line of the plan's doses; meals and the second parts of a dose name none
///   steady_state  the line of the plan's doses at which the body is replaced
///   reset         the line of the plan's resets
///   look          what the GFR does from here on, in `filtration`; after those, what acts from
///   here
///                 on, in `alterations`
struct Timeline {
  timeline::Timeline given;
  std::vector<Filtration> filtration{};
  std::vector<Alteration> alterations{};
  std::vector<std::string> notes{};  ///< what the timeline assumed
};

/// The timeline of a run from its midnight to `until_h`. `under_way` is a regimen that went on for
/// ever before: what of it is on its way at the start arrives.
Timeline timeline_of(const Subject& subject, const Schedule& plan,
                     const std::vector<Source>& sources, double until_h,
                     const Schedule& under_way = {});

/// One turn of a life that repeats itself every `cycle_h`, which the day and every interval of the
/// plan divide: each line of the plan is taken as going on for ever, before the turn and after it.
/// Ends at `until_h`, at most `cycle_h`; what happens at the very end is left to what follows.
Timeline cycle_of(const Subject& subject, const Schedule& plan, const std::vector<Source>& sources,
                  double cycle_h, double until_h);

}  // namespace mgpk::simulation

#include <mgpk/simulate/detail/timeline_builder.hpp>
