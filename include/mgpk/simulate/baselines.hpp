// The baselines of many persons at once.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/compiled.hpp>
#include <mgpk/simulate/baseline.hpp>
#include <mgpk/simulate/options.hpp>

namespace mgpk::simulation {

/// A baseline, or the reason why there is none.
struct BaselineOutcome {
  std::optional<Baseline> baseline;
  std::string failure;  ///< empty when there is a baseline
};

/// The baseline of each person as `baseline_of` finds it, within the tolerance of the search, but
/// sought in lanes: a person costs a tenth. Who is not found there is sought once more alone, so
/// that reasons are the same. A person who has no baseline costs the others nothing; neither they
/// nor the number of threads change a bit. On all cores when `n_threads` is 0.
MGPK_COMPILED std::vector<BaselineOutcome> baselines_of(const std::vector<Subject>& subjects,
                                                        const Options& options,
                                                        std::size_t n_threads = 0);

}  // namespace mgpk::simulation

#if MGPK_DEFINE_COMPILED
#include <mgpk/simulate/detail/baselines.hpp>
#endif
