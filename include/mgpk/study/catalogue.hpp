// The study catalogue: which published figures a run can be held against, and which not, and why.
#pragma once

#include <span>
#include <string_view>

#include <mgpk/compiled.hpp>
#include <mgpk/simulate/options.hpp>
#include <mgpk/body/subject.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/study/study.hpp>

namespace mgpk::study {

/// Every row of data/human_magnesium.csv stands in `studies` (or feeds one), or in `excluded`.
struct Catalogue {
  std::span<const Study> studies;
  std::span<const Scenario> scenarios;
  std::span<const PlanLine> plan_lines;
  std::span<const Observable> observables;
  std::span<const Excluded> excluded;
};

MGPK_COMPILED const Catalogue& catalogue();

/// A study, a scenario or an observable by its name; an unknown one throws UnknownNameError.
MGPK_COMPILED const Study& study_of(std::string_view key);
MGPK_COMPILED const Scenario& scenario_of(std::string_view key);
MGPK_COMPILED const Observable& observable_of(std::string_view name);

/// The people of a scenario as a subject, and what they took as a plan.
MGPK_COMPILED Subject subject_of(const Scenario& scenario);
MGPK_COMPILED Schedule plan_of(const Scenario& scenario);
MGPK_COMPILED Schedule plan_of(const Scenario& scenario, std::span<const PlanLine> lines);

/// How much one endpoint counts, so that one cohort counts once: over the endpoints of the same
/// cohort and use.
MGPK_COMPILED double weight(const Study& study);

}  // namespace mgpk::study

#if MGPK_DEFINE_COMPILED
#include <mgpk/study/detail/catalogue.hpp>
#endif
