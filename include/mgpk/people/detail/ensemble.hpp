// How members are solved on all cores and put side by side.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/people/ensemble.hpp>
#include <mgpk/simulate/detail/chunks.hpp>
#include <mgpk/simulate/detail/shared_work.hpp>

namespace mgpk::people {

namespace detail {

inline void write(Ensemble& ensemble, std::size_t member, const Outcome& outcome) {
  const auto row = static_cast<Eigen::Index>(member);
  for (std::size_t i = 0; i < outcome.numbers.size(); ++i)
    ensemble.numbers(row, static_cast<Eigen::Index>(i)) = outcome.numbers[i];
  for (std::size_t k = 0; k < outcome.curves.size(); ++k)
    for (std::size_t i = 0; i < outcome.curves[k].size(); ++i)
      ensemble.curves[k](row, static_cast<Eigen::Index>(i)) = outcome.curves[k][i];
}

/// Room for all members, none of them solved.
inline Ensemble empty_ensemble(std::size_t n_members, std::vector<std::string> number_names,
                               std::vector<std::string> curve_names, std::vector<double> times_h) {
  require(n_members >= 1, "n must be at least 1", static_cast<double>(n_members),
          "give how many are to be drawn");
  const double kept =
      static_cast<double>(n_members) *
      static_cast<double>(number_names.size() + curve_names.size() * times_h.size());
  require(kept <= most_kept_outputs, "at most 200000000 values are kept", kept,
          "draw fewer, raise every_h, or name fewer columns");
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const auto rows = static_cast<Eigen::Index>(n_members);
  const auto n_numbers = static_cast<Eigen::Index>(number_names.size());
  const auto n_times = static_cast<Eigen::Index>(times_h.size());
  Ensemble ensemble{std::move(number_names),
                    Eigen::MatrixXd::Constant(rows, n_numbers, nan),
                    std::move(curve_names),
                    std::move(times_h),
                    {},
                    std::vector<std::string>(n_members)};
  ensemble.curves.assign(ensemble.curve_names.size(),
                         Eigen::MatrixXd::Constant(rows, n_times, nan));
  return ensemble;
}

inline void write_failure(Ensemble& ensemble, std::size_t member, std::string reason) {
  ensemble.failures[member] = reason.empty() ? "unknown" : std::move(reason);
}

inline constexpr const char* stopped = "stopped before this member";

}  // namespace detail

MGPK_COMPILED Ensemble solve_ensemble(std::size_t n_members, std::vector<std::string> number_names,
                                      std::vector<std::string> curve_names,
                                      std::vector<double> times_h,
                                      const std::function<Outcome(std::size_t)>& solve,
                                      const EnsembleOptions& how) {
  auto ensemble = detail::empty_ensemble(n_members, std::move(number_names), std::move(curve_names),
                                         std::move(times_h));
  simulation::detail::SharedWork work(n_members, how.n_threads, how.progress);
  std::size_t done = work.run([&](std::size_t member) {
    try {
      detail::write(ensemble, member, solve(member));
    } catch (const std::exception& error) {
      detail::write_failure(ensemble, member, error.what());
    }
  });
  for (; done < n_members; ++done) ensemble.failures[done] = detail::stopped;
  return ensemble;
}

MGPK_COMPILED Ensemble solve_ensemble_in_chunks(
    std::size_t n_members, std::size_t n_chunk, std::vector<std::string> number_names,
    std::vector<std::string> curve_names, std::vector<double> times_h,
    const std::function<std::vector<MemberOutcome>(std::size_t first, std::size_t last)>& solve,
    const EnsembleOptions& how) {
  auto ensemble = detail::empty_ensemble(n_members, std::move(number_names), std::move(curve_names),
                                         std::move(times_h));
  std::size_t first_of_chunk = 0;
  std::vector<MemberOutcome> chunk;
  const auto report = [&](std::size_t done, std::size_t total) {
    const std::size_t member = done - 1;
    auto& one = chunk[member - first_of_chunk];
    if (one.failure.empty())
      detail::write(ensemble, member, one.outcome);
    else
      detail::write_failure(ensemble, member, std::move(one.failure));
    return !how.progress || how.progress(done, total);
  };
  const auto solve_chunk = [&](std::size_t first, std::size_t last) {
    chunk = solve(first, last);
    first_of_chunk = first;
  };
  std::size_t done = simulation::detail::in_chunks(n_members, n_chunk, solve_chunk, report);
  for (; done < n_members; ++done) ensemble.failures[done] = detail::stopped;
  return ensemble;
}

}  // namespace mgpk::people
