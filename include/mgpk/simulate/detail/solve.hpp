// How a body of the size of its sources is carried along its timeline.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include <mgpk/simulate/columns.hpp>
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
  switch (problem.sources.size()) {
    case 1:
      return detail::solve_sized<1>(problem);
    case 2:
      return detail::solve_sized<2>(problem);
    case 3:
      return detail::solve_sized<3>(problem);
    default:
      return detail::solve_sized<4>(problem);
  }
}

MGPK_COMPILED Solved solve(const Problem& problem) {
  if (!detail::fits_lanes(problem)) return solve_alone(problem);
  ode::validate(problem.solver);
  switch (problem.sources.size()) {
    case 1:
      return detail::solve_in_lane<1>(problem);
    case 2:
      return detail::solve_in_lane<2>(problem);
    case 3:
      return detail::solve_in_lane<3>(problem);
    default:
      return detail::solve_in_lane<4>(problem);
  }
}

}  // namespace mgpk::simulation
