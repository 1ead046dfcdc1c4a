// How a body of the size of its sources is carried along its timeline.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include <mgpk/simulate/columns.hpp>
#include <mgpk/simulate/detail/by_size.hpp>
#include <mgpk/simulate/detail/one_lane.hpp>
#include <mgpk/simulate/detail/sized_body.hpp>
#include <mgpk/simulate/drive.hpp>
#include <mgpk/simulate/solve.hpp>

namespace mgpk::simulation {

namespace detail {

template <std::size_t Sources>
Solved solve_sized(const Problem& problem) {
  using State = typename body::Body<Sources>::template State<double>;
  // One type of sampler, so that the solver is compiled once.
  using Sample = std::function<void(std::size_t, double, const State&, const Given&)>;
  auto model = body_for<Sources>(problem.parameters, problem.values, problem.sources);
  State start{};
  std::copy_n(problem.start.begin(), start.size(), start.begin());
  const auto& times_h = problem.times_h;
  Solved solved;
  if (!times_h.empty()) solved.trajectory = {column_names<Sources>(model), times_h.size()};
  auto& table = solved.trajectory.values();
  std::copy(times_h.begin(), times_h.end(), table.data());
  RowWriter<Sources> writer(model, table, start);
  const Sample write = [&](std::size_t row, double t_h, const State& x, const Given& given) {
    writer.write(row, t_h, x, given);
  };
  auto driven = drive(model, start, problem.timeline, times_h, problem.until_h, problem.solver,
                      write, problem.become, problem.rows_before);
  solved.end.assign(driven.end.begin(), driven.end.end());
  solved.status = std::move(driven.status);
  solved.statistics = driven.statistics;
  return solved;
}

}  // namespace detail

MGPK_COMPILED Solved solve_alone(const Problem& problem) {
  return detail::by_size(problem.sources.size(), [&]<std::size_t Sources>() {
    return detail::solve_sized<Sources>(problem);
  });
}

MGPK_COMPILED Solved solve(const Problem& problem) {
  if (!detail::fits_lanes(problem)) return solve_alone(problem);
  ode::validate(problem.solver);
  return detail::by_size(problem.sources.size(), [&]<std::size_t Sources>() {
    return detail::solve_in_lane<Sources>(problem);
  });
}

}  // namespace mgpk::simulation
