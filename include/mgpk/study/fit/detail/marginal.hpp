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
    const auto& at = model_.layout();
    Eigen::VectorXd slopes = Eigen::VectorXd::Zero(at.size());
    const Eigen::VectorXd along_x = straight_ + trace_;
    if (at.n_fixed > 0) slopes.head(at.n_fixed) = transposed_times(person_.design, along_x);
    add_errors(slopes);
    add_omega(along_x, slopes);
    // And through the u that follow theta, to which the ln det alone answers.
    return slopes + transposed_times(effects_slopes_, transposed_times(spread_, trace_));
  }

  /// How the most probable u follow theta: a row per u. After `gradient`.
  const Eigen::MatrixXd& effects_slopes() const { return effects_slopes_; }

  /// Half of the second slopes of -2 ln likelihood along u that Gauss and Newton leave out.
  Eigen::MatrixXd rest() const {
    if (through_.cols() == 0) return {};  // Eigen reads the first entry of what it reconstructs
    return 0.5 * held() - cholesky_.reconstructedMatrix();
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
    effects_slopes_ = followed(pushed());
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

  /// What theta does to the slopes along u of -2 ln likelihood + u'u. An entry of L acts on them
  /// through B and through x.
  Eigen::MatrixXd pushed() const {
    const auto& at = model_.layout();
    Eigen::MatrixXd push = Eigen::MatrixXd::Zero(through_.cols(), at.size());
    if (push.size() == 0) return push;  // no random effect: rows of an empty matrix are no address
    const Eigen::MatrixXd bent = times(second_, spread_);
    if (at.n_fixed > 0) push.leftCols(at.n_fixed) = transposed_times(bent, person_.design);
    const auto& kinds = model_.population().errors;
    for (std::size_t j = 0; j < all_.size(); ++j) {
      const std::size_t e = person_.data[j].error;
      for (std::size_t p = 0; p < n_parameters_of(kinds[e]); ++p)
        push.col(at.error_begin[e] + index(p)) -=
            2 * all_[j].score_slope[index(p) + 1] * through_.row(index(j)).transpose();
    }
    for (Eigen::Index k = 0; k < at.n_omega; ++k) {
      const auto [parameter, j, slope] = entry(k);
      push.col(at.omega_begin() + k) = slope * place_.u[j] * bent.row(parameter).transpose();
      push(j, at.omega_begin() + k) += slope * straight_[parameter];
    }
    return push;
  }

  /// How the u answer to a push on these slopes. At a place that is no minimum, where the search
  /// has not settled, Gauss and Newton's curvature stands in.
  Eigen::MatrixXd followed(const Eigen::MatrixXd& push) const {
    const Eigen::LLT<Eigen::MatrixXd> cholesky(held());
    if (cholesky.info() == Eigen::Success) return -cholesky.solve(push);
    return -0.5 * cholesky_.solve(push);
  }

  void add_errors(Eigen::VectorXd& slopes) const {
    const auto& at = model_.layout();
    const auto& kinds = model_.population().errors;
    for (std::size_t j = 0; j < all_.size(); ++j) {
      const auto& c = all_[j];
      const std::size_t e = person_.data[j].error;
      const double spread = rows_times(widened_, through_, index(j));
      for (std::size_t p = 0; p < n_parameters_of(kinds[e]); ++p)
        slopes[at.error_begin[e] + index(p)] +=
            -2 * c.slope[index(p) + 1] + c.information_slope[index(p) + 1] * spread;
    }
  }

  /// An entry of L acts on x through B u, and on the ln det through B.
  void add_omega(const Eigen::VectorXd& along_x, Eigen::VectorXd& slopes) const {
    const auto& at = model_.layout();
    if (at.n_omega == 0) return;
    const Eigen::MatrixXd widened = 2 * weighted(place_.slopes, information_, widened_);
    for (Eigen::Index k = 0; k < at.n_omega; ++k) {
      const auto [parameter, j, slope] = entry(k);
      slopes[at.omega_begin() + k] =
          slope * (along_x[parameter] * place_.u[j] + widened(parameter, j));
    }
  }

  /// The entry of B that number k of L moves, and how.
  struct Entry {
    Eigen::Index parameter, effect;
    double slope;
  };
  Entry entry(Eigen::Index k) const {
    const auto [i, j] = model_.omega().entries()[detail::place(k)];
    return {index(model_.population().random[detail::place(i)]), j,
            person_.f_random * model_.omega().slope(numbers_.omega, k)};
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
  Eigen::MatrixXd inverse_{}, widened_{}, second_{}, effects_slopes_{};
  Eigen::VectorXd straight_{}, trace_{};
};

}  // namespace mgpk::study::fit::detail
