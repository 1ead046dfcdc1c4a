// How baselines move with the numbers of their persons: by the slopes of one day of diet.
#pragma once

#include <Eigen/Core>

#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/ode/periodic_sensitivity.hpp>
#include <mgpk/simulate/baseline.hpp>
#include <mgpk/simulate/cycle.hpp>
#include <mgpk/simulate/detail/along.hpp>
#include <mgpk/simulate/detail/cycle_problem.hpp>
#include <mgpk/simulate/detail/periodic_mask.hpp>
#include <mgpk/simulate/detail/solve_with_slopes.hpp>
#include <mgpk/simulate/direction.hpp>

namespace mgpk::simulation::detail {

/// The slopes of a baseline along each direction, or why there are none.
struct BaselineSlopes {
  std::vector<std::vector<double>> state;  ///< [direction][state]
  std::vector<double> tm_mmol_per_L;       ///< [direction]; of a Tm that met a measured level
  std::string failure{};
};

/// One day of a person's diet from their baseline, with slopes along every state that returns and
/// along every direction; where Tm was moved to meet a measured level, along Tm as well.
class DayWithSlopes {
 public:
  DayWithSlopes(const Subject& subject, const Baseline& baseline,
                const std::vector<Direction>& directions)
      : subject_(subject),
        baseline_(baseline),
        directions_(directions),
        cycle_(diet_cycle(subject, baseline.parameters, body::values_of(subject))) {
    const auto mask = periodic_mask(cycle_);
    for (std::size_t k = 0; k < mask.size(); ++k)
      if (mask[k]) places_.push_back(k);
    const auto still = along(subject, baseline, nothing, 0.0);
    still_.values = still.values;
    still_.parameters = still.parameters;
    still_.start.assign(baseline.state.size(), 0.0);
    for (const auto& direction : directions)
      moving_.push_back(along(subject, baseline, direction, 0.0));
  }

  std::size_t n_directions() const {
    return places_.size() + directions_.size() + (is_measured() ? 1 : 0);
  }

  SlopedProblem problem(const ode::Options& solver) const {
    SlopedProblem day{problem_within(cycle_, cycle_.cycle_h, solver), {}};
    day.problem.start = baseline_.state;
    day.problem.times_h = {body::fasting_at_h(subject_)};
    for (const std::size_t place : places_) day.slopes.emplace_back(still_).start[place] = 1.0;
    for (std::size_t d = 0; d < directions_.size(); ++d) {
      auto& slope = day.slopes.emplace_back(still_);
      slope.values = moving_[d].values;
      slope.parameters = moving_[d].parameters;
      const auto day_of = [&](const Subject& moved) {
        return cycle_of(moved, {}, cycle_.sources, cycle_.cycle_h, cycle_.cycle_h);
      };
      slope.amounts = amounts_along(day.problem.timeline.given, subject_, directions_[d], day_of);
    }
    if (is_measured())
      day.slopes.emplace_back(still_).parameters.kidney.tubule.tm_mmol_per_L.slope[0] = 1.0;
    return day;
  }

  BaselineSlopes slopes(const SlopedSolved& day) const {
    const auto n = static_cast<Eigen::Index>(places_.size());
    const Eigen::Index m = static_cast<Eigen::Index>(n_directions()) - n;
    const Eigen::MatrixXd returned = slopes_of_row(day, 1);
    const Eigen::MatrixXd moves =
        ode::periodic_sensitivity(returned.leftCols(n), returned.rightCols(m));
    BaselineSlopes result;
    const auto n_wanted = directions_.size();
    result.tm_mmol_per_L.assign(n_wanted, 0.0);
    Eigen::MatrixXd total = moves.leftCols(static_cast<Eigen::Index>(n_wanted));
    if (is_measured()) {
      meet_level(day, moves, result.tm_mmol_per_L);
      for (std::size_t d = 0; d < n_wanted; ++d)
        total.col(static_cast<Eigen::Index>(d)) += result.tm_mmol_per_L[d] * moves.col(m - 1);
    }
    for (std::size_t d = 0; d < n_wanted; ++d) {
      auto& state = result.state.emplace_back(baseline_.state.size(), 0.0);
      for (std::size_t k = 0; k < places_.size(); ++k)
        state[places_[k]] = total(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(d));
    }
    return result;
  }

 private:
  bool is_measured() const { return subject_.c_plasma_total_mmol_per_L.has_value(); }

  /// Of the states that return, at a time of the day: one row per state, one column per slope.
  Eigen::MatrixXd slopes_of_row(const SlopedSolved& day, std::size_t row) const {
    Eigen::MatrixXd slopes(places_.size(), n_directions());
    for (std::size_t k = 0; k < places_.size(); ++k)
      for (std::size_t d = 0; d < n_directions(); ++d)
        slopes(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(d)) =
            day.state_slope(row, places_[k], d);
    return slopes;
  }

  /// How Tm has to move for plasma to stay at the measured level: dc = 0, or 1 along the level.
  void meet_level(const SlopedSolved& day, const Eigen::MatrixXd& moves,
                  std::vector<double>& tm_slopes) const {
    const Eigen::MatrixXd morning = slopes_of_row(day, 0);
    std::size_t plasma = 0;
    while (places_[plasma] != body::Layout<1>::plasma) ++plasma;
    const auto n = static_cast<Eigen::Index>(places_.size());
    const Eigen::RowVectorXd amounts =
        morning.row(static_cast<Eigen::Index>(plasma)).rightCols(moves.cols()) +
        morning.row(static_cast<Eigen::Index>(plasma)).leftCols(n) * moves;
    const double v_L = baseline_.parameters.blood.v_plasma_L;
    const double c = *subject_.c_plasma_total_mmol_per_L;
    const double c_by_tm = amounts(amounts.size() - 1) / v_L;
    for (std::size_t d = 0; d < directions_.size(); ++d) {
      const double d_v_L = moving_[d].parameters.blood.v_plasma_L.slope[0];
      const double c_moves = (amounts(static_cast<Eigen::Index>(d)) - c * d_v_L) / v_L;
      const double c_wanted = directions_[d].is(Own::c_plasma_total_mmol_per_L) ? 1.0 : 0.0;
      tm_slopes[d] = (c_wanted - c_moves) / c_by_tm;
    }
  }

  const Subject& subject_;
  const Baseline& baseline_;
  const std::vector<Direction>& directions_;
  Cycle cycle_;
  std::vector<std::size_t> places_;  ///< of the states that return
  ProblemSlope still_;               ///< along which nothing moves
  std::vector<Along> moving_;        ///< by direction
};

}  // namespace mgpk::simulation::detail
