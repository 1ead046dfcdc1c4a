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

}  // namespace detail

MGPK_COMPILED Ensemble solve_ensemble(std::size_t n_members, std::vector<std::string> number_names,
                                      std::vector<std::string> curve_names,
                                      std::vector<double> times_h,
                                      const std::function<Outcome(std::size_t)>& solve,
                                      const EnsembleOptions& how) {
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
  simulation::detail::SharedWork work(n_members, how.n_threads, how.progress);
  std::size_t done = work.run([&](std::size_t member) {
    try {
      detail::write(ensemble, member, solve(member));
    } catch (const std::exception& error) {
      ensemble.failures[member] = error.what();
      if (ensemble.failures[member].empty()) ensemble.failures[member] = "unknown";
    }
  });
  for (; done < n_members; ++done) ensemble.failures[done] = "stopped before this member";
  return ensemble;
}

}  // namespace mgpk::people
