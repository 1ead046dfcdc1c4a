// How the baselines of many are found: in lanes, and who is not found there, alone.
#pragma once

#include <algorithm>
#include <cstddef>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

#include <mgpk/simulate/baselines.hpp>
#include <mgpk/simulate/detail/baseline_search.hpp>
#include <mgpk/simulate/detail/shared_work.hpp>

namespace mgpk::simulation {

namespace detail {

/// A person as the lanes take them; none where they must be searched for alone.
inline std::optional<Sought> sought(std::size_t place, const Subject& subject) {
  try {
    body::validate(subject);
    const auto values = body::values_of(subject);
    const auto parameters = body::body_parameters(values, body::traits_of(subject));
    Sought one{place, diet_cycle(subject, parameters, values), {}};
    auto day = diet_day(one.cycle);
    if (!day) return std::nullopt;
    one.day = std::move(*day);
    return one;
  } catch (const std::exception&) {
    return std::nullopt;  // alone, the same error says why
  }
}

/// Those from `first` on and before `last`.
inline void find_baselines(const std::vector<Subject>& subjects, std::size_t first,
                           std::size_t last, const Options& options, std::size_t n_threads,
                           std::vector<BaselineOutcome>& outcomes) {
  const WorkProgress silent;
  std::vector<std::optional<Sought>> made(last - first);
  SharedWork(made.size(), n_threads, silent).run([&](std::size_t k) {
    made[k] = sought(first + k, subjects[first + k]);
  });
  std::vector<Sought> all;
  for (auto& one : made)
    if (one) all.push_back(std::move(*one));
  made.clear();
  BaselineSearch(options, n_threads).run(std::move(all), outcomes);
  std::vector<std::size_t> alone;
  for (std::size_t i = first; i < last; ++i)
    if (!outcomes[i].baseline) alone.push_back(i);
  if (alone.empty()) return;
  SharedWork(alone.size(), n_threads, silent).run([&](std::size_t k) {
    try {
      outcomes[alone[k]].baseline = baseline_of(subjects[alone[k]], options);
    } catch (const std::exception& error) {
      outcomes[alone[k]].failure = error.what();
    }
  });
}

}  // namespace detail

MGPK_COMPILED std::vector<BaselineOutcome> baselines_of(const std::vector<Subject>& subjects,
                                                        const Options& options,
                                                        std::size_t n_threads) {
  constexpr std::size_t most_together = 1024;  // bounds the memory, nothing else
  std::vector<BaselineOutcome> outcomes(subjects.size());
  for (std::size_t first = 0; first < subjects.size(); first += most_together)
    detail::find_baselines(subjects, first, std::min(first + most_together, subjects.size()),
                           options, n_threads, outcomes);
  return outcomes;
}

}  // namespace mgpk::simulation
