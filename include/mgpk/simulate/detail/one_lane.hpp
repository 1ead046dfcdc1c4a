// One problem by itself in a lane.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>

#include <mgpk/simulate/detail/lane_tolerances.hpp>
#include <mgpk/simulate/detail/life.hpp>
#include <mgpk/simulate/instruction_set.hpp>
#include <mgpk/simulate/solve.hpp>

namespace mgpk::simulation::detail {

/// Whether lanes offer all that a problem wants, and its rows are no burden beside the others'.
inline bool fits_lanes(const Problem& problem) {
  constexpr std::size_t most_rows = 100'000;
  return !problem.rows_before && problem.until_h > 0 &&
         problem.solver.method == ode::Method::automatic && problem.solver.first_step_h == 0.0 &&
         problem.times_h.size() <= most_rows;
}

template <std::size_t Sources>
class OneLife final : public lanes::Feed<Sources> {
 public:
  using typename lanes::Feed<Sources>::State;

  explicit OneLife(const Problem& problem) { life_.begin(problem); }

  std::size_t next() override { return std::exchange(is_seated_, true) ? ode::npos : 0; }
  const lanes::Passenger<Sources>& passenger(std::size_t) const override {
    return life_.passenger();
  }
  void change(std::size_t, const ode::Stop& stop, body::Equations<Sources>& body,
              State& x) override {
    life_.change(stop, body, x);
  }
  void done(std::size_t, const ode::MemberStatus& status) override { status_ = status; }
  bool stopped(double t_h) const override {
    constexpr unsigned steps_between_looks = 64;
    const auto& keep_going = life_.problem().solver.keep_going;
    return keep_going && ++n_looks_ % steps_between_looks == 0 && !keep_going(t_h);
  }

  /// After the run of the lanes.
  const ode::MemberStatus& status() const { return status_; }
  Solved solved() { return life_.solved(status_); }

 private:
  Life<Sources> life_;
  ode::MemberStatus status_{.code = ode::StatusCode::step_too_small};  // unless told otherwise
  bool is_seated_ = false;
  mutable unsigned n_looks_ = 0;
};

/// What fails in the lane is solved again alone, where reasons are found; what was interrupted, up
/// to where that happened.
template <std::size_t Sources>
Solved solve_in_lane(const Problem& problem) {
  OneLife<Sources> one(problem);
  lanes::kernels_for_one().template run<Sources>()(one, lane_tolerances(problem.solver));
  if (one.status().ok()) return one.solved();
  if (one.status().code != ode::StatusCode::interrupted) return solve_alone(problem);
  Problem begun = problem;
  begun.solver.keep_going = [until_h = one.status().t_h](double t_h) { return t_h < until_h; };
  return solve_alone(begun);
}

}  // namespace mgpk::simulation::detail
