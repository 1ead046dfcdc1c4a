// Many persons and plans at once: the runs of `simulate`, solved in lanes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/compiled.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/simulate/baseline.hpp>
#include <mgpk/simulate/options.hpp>
#include <mgpk/simulate/run.hpp>
#include <mgpk/simulate/solve_many.hpp>

namespace mgpk {

/// A person, what they take (nothing, when the plan is empty), and the baseline they start from.
struct RunJob {
  Subject subject;
  Schedule plan;
  simulation::Options options;
  simulation::Baseline baseline;
};

/// A run, or the reason why there is none.
struct RunOutcome {
  std::optional<Run> run;
  std::string failure;  ///< empty when there is a run
};

/// The run of each job as `simulate` gives it, within the tolerance of `how`, which holds for all;
/// tolerances, budget and method of the jobs themselves are not read. A job that is refused, or
/// that fails, costs the others nothing; where its options do not ask for `throw_on_failure`, a
/// failed run is given with its status. `progress` counts problems, of which a run with a baseline
/// beside it is two. Neither the other jobs nor the number of threads change a bit of a run.
MGPK_COMPILED std::vector<RunOutcome> simulate_many(const std::vector<RunJob>& jobs,
                                                    const simulation::ManyOptions& how);

}  // namespace mgpk

#if MGPK_DEFINE_COMPILED
#include <mgpk/simulate/detail/simulate_many.hpp>
#endif
