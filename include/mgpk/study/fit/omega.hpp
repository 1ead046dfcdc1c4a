// The covariance of the random effects by its triangular root, which makes it one whatever is
// tried.
#pragma once

#include <Eigen/Cholesky>
#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include <mgpk/error.hpp>

namespace mgpk::study::fit {

/// Omega = L L'. Random effects of one block are correlated, those of different blocks are not.
/// Numbers of the search: the entries of L row by row, those on the diagonal as logarithms.
class Omega {
 public:
  using Entry = std::pair<Eigen::Index, Eigen::Index>;

  /// @param blocks  the block of each random effect
  explicit Omega(const std::vector<std::size_t>& blocks = {})
      : size_(static_cast<Eigen::Index>(blocks.size())) {
    for (std::size_t i = 0; i < blocks.size(); ++i)
      for (std::size_t j = 0; j <= i; ++j)
        if (blocks[i] == blocks[j])
          entries_.emplace_back(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
  }

  Eigen::Index size() const { return size_; }
  const std::vector<Entry>& entries() const { return entries_; }
  Eigen::Index n_parameters() const { return static_cast<Eigen::Index>(entries_.size()); }

  Eigen::MatrixXd root(const Eigen::VectorXd& x) const {
    Eigen::MatrixXd l = Eigen::MatrixXd::Zero(size_, size_);
    for (Eigen::Index k = 0; k < n_parameters(); ++k) {
      const auto [i, j] = entries_[static_cast<std::size_t>(k)];
      l(i, j) = i == j ? std::exp(x[k]) : x[k];
    }
    return l;
  }

  /// Slope of the entry of L that number k stands for.
  double slope(const Eigen::VectorXd& x, Eigen::Index k) const {
    const auto [i, j] = entries_[static_cast<std::size_t>(k)];
    return i == j ? std::exp(x[k]) : 1.0;
  }

  /// The numbers of the search for a covariance; what lies between blocks is not read.
  Eigen::VectorXd place(const Eigen::MatrixXd& omega) const {
    Eigen::MatrixXd within = Eigen::MatrixXd::Zero(size_, size_);
    for (const auto& [i, j] : entries_) within(i, j) = within(j, i) = omega(i, j);
    const Eigen::LLT<Eigen::MatrixXd> cholesky(within);
    if (size_ > 0 && (cholesky.info() != Eigen::Success || !within.allFinite()))
      fail("the covariance of the random effects must be positive definite", "another matrix",
           "give positive variances, and covariances that fit them");
    const Eigen::MatrixXd l = cholesky.matrixL();
    Eigen::VectorXd x(n_parameters());
    for (Eigen::Index k = 0; k < n_parameters(); ++k) {
      const auto [i, j] = entries_[static_cast<std::size_t>(k)];
      x[k] = i == j ? std::log(l(i, j)) : l(i, j);
    }
    return x;
  }

 private:
  Eigen::Index size_;
  std::vector<Entry> entries_;
};

}  // namespace mgpk::study::fit
