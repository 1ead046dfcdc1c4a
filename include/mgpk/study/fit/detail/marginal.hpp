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
#include <Eigen/LU>

#include <cmath>
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
        through_(place.slopes * spread_) {
    for (std::size_t j = 0; j < person_.data.size(); ++j) {
      const Datum& datum = person_.data[j];
      all_.push_back(contribution(datum, model.population().errors[datum.error], place.f[index(j)],
                                  numbers.errors[datum.error]));
    }
    Eigen::MatrixXd curvature = Eigen::MatrixXd::Identity(through_.cols(), through_.cols());
    for (std::size_t j = 0; j < all_.size(); ++j)
      curvature += all_[j].information * row(j).transpose() * row(j);
    cholesky_.compute(curvature);
  }

  double objective() const {
    if (through_.cols() == 0) return place_.objective;
    return place_.objective + 2 * cholesky_.matrixLLT().diagonal().array().log().sum();
  }

  /// Slopes along theta.
  Eigen::VectorXd gradient(const Curvature& curvature) {
    collect(curvature);
    const Eigen::VectorXd pull = movement();
    const auto& at = model_.layout();
    Eigen::VectorXd slopes = Eigen::VectorXd::Zero(at.size());
    // Along x, straight and through the u that follow it.
    const Eigen::VectorXd along_x = straight_ + trace_ - second_ * (spread_ * pull);
    if (at.n_fixed > 0) slopes.head(at.n_fixed) = person_.design.transpose() * along_x;
    add_errors(pull, slopes);
    add_omega(pull, along_x, slopes);
    return slopes;
  }

  /// -2 ln likelihood by Laplace's rule, with the exact curvature; NaN where that is not positive.
  double laplace() const {
    if (through_.cols() == 0) return place_.objective;
    const Eigen::MatrixXd half = 0.5 * spread_.transpose() * second_ * spread_ +
                                 Eigen::MatrixXd::Identity(through_.cols(), through_.cols());
    const Eigen::LLT<Eigen::MatrixXd> cholesky(half);
    if (cholesky.info() != Eigen::Success) return unknown;
    return place_.objective + 2 * cholesky.matrixLLT().diagonal().array().log().sum();
  }

 private:
  Eigen::RowVectorXd row(std::size_t j) const { return through_.row(index(j)); }

  /// Gradient and Hessian of -2 ln likelihood along x, and the slope of ln det along x.
  void collect(const Curvature& curvature) {
    const Eigen::Index n = place_.x.size();
    inverse_ = cholesky_.solve(Eigen::MatrixXd::Identity(through_.cols(), through_.cols()));
    about_ = spread_ * inverse_ * spread_.transpose();
    straight_ = Eigen::VectorXd::Zero(n);
    trace_ = Eigen::VectorXd::Zero(n);
    second_ = Eigen::MatrixXd::Zero(n, n);
    for (std::size_t j = 0; j < all_.size(); ++j) {
      const auto& c = all_[j];
      const Eigen::RowVectorXd slopes = place_.slopes.row(index(j));
      const Eigen::RowVectorXd pulled = slopes * about_;
      const double spread = pulled.dot(slopes);
      straight_ -= 2 * c.slope[0] * slopes.transpose();
      second_ -= 2 * c.score_slope[0] * slopes.transpose() * slopes;
      trace_ += c.information_slope[0] * spread * slopes.transpose();
      for (Eigen::Index k = 0; k < n; ++k) {
        const Eigen::RowVectorXd bend = curvature[detail::place(k)].row(index(j));
        second_.row(k) -= 2 * c.slope[0] * bend;
        trace_[k] += 2 * c.information * bend.dot(pulled);
      }
    }
    second_ = 0.5 * (second_ + second_.transpose()).eval();
  }

  /// How much the ln det wants each u to move, divided by how firmly u is held: what a push on the
  /// gradient along u does to the objective, with its sign turned.
  Eigen::VectorXd movement() const {
    if (through_.cols() == 0) return Eigen::VectorXd(0);
    Eigen::MatrixXd held = spread_.transpose() * second_ * spread_;
    held.diagonal().array() += 2.0;
    const Eigen::VectorXd wanted = spread_.transpose() * trace_;
    return held.partialPivLu().solve(wanted);
  }

  void add_errors(const Eigen::VectorXd& pull, Eigen::VectorXd& slopes) const {
    const auto& at = model_.layout();
    const auto& kinds = model_.population().errors;
    for (std::size_t j = 0; j < all_.size(); ++j) {
      const auto& c = all_[j];
      const std::size_t e = person_.data[j].error;
      const Eigen::RowVectorXd through = row(j);
      const double spread = through.dot(through * inverse_);
      const double moved = pull.size() > 0 ? through.dot(pull) : 0.0;
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
    Eigen::VectorXd weights(index(all_.size()));
    for (std::size_t j = 0; j < all_.size(); ++j) weights[index(j)] = all_[j].information;
    const Eigen::MatrixXd widened =
        2 * place_.slopes.transpose() * weights.asDiagonal() * through_ * inverse_;
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
  Eigen::MatrixXd spread_;   // what the standard random effects do to the parameters
  Eigen::MatrixXd through_;  // slopes of the predictions along u
  std::vector<Contribution> all_{};
  Eigen::LLT<Eigen::MatrixXd> cholesky_{};
  Eigen::MatrixXd inverse_{}, about_{}, second_{};
  Eigen::VectorXd straight_{}, trace_{};
};

}  // namespace mgpk::study::fit::detail
