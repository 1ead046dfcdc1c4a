// How the baselines of many are found: each by itself, on all cores.
#pragma once

#include <cstddef>
#include <exception>
#include <vector>

#include <mgpk/simulate/baselines.hpp>
#include <mgpk/simulate/detail/shared_work.hpp>

namespace mgpk::simulation {

MGPK_COMPILED std::vector<BaselineOutcome> baselines_of(const std::vector<Subject>& subjects,
                                                        const Options& options,
                                                        std::size_t n_threads) {
  std::vector<BaselineOutcome> outcomes(subjects.size());
  if (subjects.empty()) return outcomes;
  const detail::WorkProgress silent;
  detail::SharedWork work(subjects.size(), n_threads, silent);
  work.run([&](std::size_t i) {
    try {
      outcomes[i].baseline = baseline_of(subjects[i], options);
    } catch (const std::exception& error) {
      outcomes[i].failure = error.what();
    }
  });
  return outcomes;
}

}  // namespace mgpk::simulation
