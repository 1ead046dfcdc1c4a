// What one person adds to the objective, and its exact slopes along theta.
//
// Let x be the parameters on the scale of the search, B what the standard random effects u do to
// them, J the slopes of the predictions along x and W their information. At the most probable u
//
//   objective = -2 ln likelihood + u'u + ln det(I + B' J' W J B).
//
// Its first two terms do not answer to u there. The third does, and u moves with theta: so the
// slopes need those of J, which come in as differences.
#pragma once

#include <Eigen/Cholesky>
#include <Eigen/Core>

#include <utility>
#include <vector>

#include <mgpk/study/fit/detail/curvatures.hpp>

namespace mgpk::study::fit::detail {

/// Sums over one person's data of what the objective needs.
class PersonMarginal {
 public:
  PersonMarginal(const MixedModel& model, std::size_t person, const Numbers& numbers,
                 const Place& place)
      : model_(model),
        person_(model.population().people[person]),
        numbers_(numbers),
        place_(place),
        spread_(person_.f_random * numbers.spread),
        through_(times(place.slopes, spread_)),
        information_(place.f.size()) {
    for (std::size_t j = 0; j < person_.data.size(); ++j) {
      const Datum& datum = person_.data[j];
      all_.push_back(contribution(datum, model.population().errors[datum.error], place.f[index(j)],
                                  numbers.errors[datum.error]));
      information_[index(j)] = all_.back().information;
    }
    cholesky_.compute(identity(through_.cols()) + weighted(through_, information_, through_));
  }

  double objective() const { return place_.objective + log_determinant(cholesky_); }

  /// Slopes along theta.
  Eigen::VectorXd gradient(const Curvature& curvature) {
    collect(curvature);
    const Eigen::VectorXd pull = movement();
    const auto& at = model_.layout();
    Eigen::VectorXd slopes = Eigen::VectorXd::Zero(at.size());
    // Along x, straight and through the u that follow it.
    const Eigen::VectorXd along_x = straight_ + trace_ - times(second_, times(spread_, pull));
    if (at.n_fixed > 0) slopes.head(at.n_fixed) = transposed_times(person_.design, along_x);
    add_errors(pull, slopes);
    add_omega(pull, along_x, slopes);
    return slopes;
  }

  /// -2 ln likelihood by Laplace's rule, with the exact curvature; NaN where that is not positive.
  double laplace() const {
    const Eigen::LLT<Eigen::MatrixXd> cholesky(0.5 * held());
    if (cholesky.info() != Eigen::Success) return unknown;
    return place_.objective + log_determinant(cholesky);
  }

 private:
  /// Gradient and Hessian of -2 ln likelihood along x, and the slope of ln det along x.
  void collect(const Curvature& curvature) {
    inverse_ = cholesky_.solve(identity(through_.cols()));
    widened_ = times(through_, inverse_);
    const Eigen::MatrixXd turned = spread_.transpose();
    const Eigen::MatrixXd pulled = times(widened_, turned);
    Eigen::VectorXd score(index(all_.size())), bent(score.size()), spread(score.size());
    for (Eigen::Index j = 0; j < score.size(); ++j) {
      const auto& c = all_[detail::place(j)];
      score[j] = -2 * c.slope[0];
      bent[j] = -2 * c.score_slope[0];
      spread[j] = c.information_slope[0] * pulled.row(j).dot(place_.slopes.row(j));
    }
    straight_ = transposed_times(place_.slopes, score);
    trace_ = transposed_times(place_.slopes, spread);
    second_ = weighted(place_.slopes, bent, place_.slopes);
    add_bends(curvature, score, pulled);
  }

  /// What the slopes' own slopes add. Those along a parameter without a random effect are not asked
  /// for: where they meet one that has it, its own stand in, and nowhere else are they read.
  void add_bends(const Curvature& curvature, const Eigen::VectorXd& score,
                 const Eigen::MatrixXd& pulled) {
    const auto& random = model_.population().random;
    Eigen::VectorXd share = Eigen::VectorXd::Ones(place_.x.size());
    for (const std::size_t k : random) share[index(k)] = 0.5;
    for (std::size_t r = 0; r < curvature.size(); ++r) {
      const Eigen::Index k = index(random[r]);
      const Eigen::VectorXd along = share.cwiseProduct(transposed_times(curvature[r], score));
      second_.row(k) += along.transpose();
      second_.col(k) += along;
      const Eigen::VectorXd weights = 2 * information_.cwiseProduct(pulled.col(k));
      trace_ += transposed_times(curvature[r], weights);
    }
  }

  /// Second slopes of -2 ln likelihood + u'u along u.
  Eigen::MatrixXd held() const {
    return 2 * identity(through_.cols()) + transposed_times(spread_, times(second_, spread_));
  }

  /// How much the ln det wants each u to move, divided by how firmly u is held: what a push on the
  /// gradient along u does to the objective, with its sign turned. At a place that is no minimum,
  /// where the search has not settled, Gauss and Newton's curvature stands in.
  Eigen::VectorXd movement() const {
    const Eigen::VectorXd wanted = transposed_times(spread_, trace_);
    const Eigen::LLT<Eigen::MatrixXd> cholesky(held());
    if (cholesky.info() == Eigen::Success) return cholesky.solve(wanted);
    return 0.5 * cholesky_.solve(wanted);
  }

  void add_errors(const Eigen::VectorXd& pull, Eigen::VectorXd& slopes) const {
    const auto& at = model_.layout();
    const auto& kinds = model_.population().errors;
    for (std::size_t j = 0; j < all_.size(); ++j) {
      const auto& c = all_[j];
      const std::size_t e = person_.data[j].error;
      const double spread = rows_times(widened_, through_, index(j));
      const double moved = row_times(through_, index(j), pull);
      for (std::size_t p = 0; p < n_parameters_of(kinds[e]); ++p)
        slopes[at.error_begin[e] + index(p)] += -2 * c.slope[index(p) + 1] +
                                                c.information_slope[index(p) + 1] * spread +
                                                2 * c.score_slope[index(p) + 1] * moved;
    }
  }

  /// An entry of L acts on x through B u, on the ln det through B, and on the balance of u.
  void add_omega(const Eigen::VectorXd& pull, const Eigen::VectorXd& along_x,
                 Eigen::VectorXd& slopes) const {
    const auto& at = model_.layout();
    if (at.n_omega == 0) return;
    const Eigen::MatrixXd widened = 2 * weighted(place_.slopes, information_, widened_);
    for (Eigen::Index k = 0; k < at.n_omega; ++k) {
      const auto [i, j] = model_.omega().entries()[detail::place(k)];
      const auto parameter = index(model_.population().random[detail::place(i)]);
      const double slope = person_.f_random * model_.omega().slope(numbers_.omega, k);
      slopes[at.omega_begin() + k] =
          slope * (along_x[parameter] * place_.u[j] + widened(parameter, j) -
                   straight_[parameter] * pull[j]);
    }
  }

  const MixedModel& model_;
  const Person& person_;
  const Numbers& numbers_;
  const Place& place_;
  Eigen::MatrixXd spread_;       // what the standard random effects do to the parameters
  Eigen::MatrixXd through_;      // slopes of the predictions along u
  Eigen::VectorXd information_;  // of each of the data, along its prediction
  std::vector<Contribution> all_{};
  Eigen::LLT<Eigen::MatrixXd> cholesky_{};
  Eigen::MatrixXd inverse_{}, widened_{}, second_{};
  Eigen::VectorXd straight_{}, trace_{};
};

}  // namespace mgpk::study::fit::detail
