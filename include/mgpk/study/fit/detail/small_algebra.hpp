// Products of small matrices, each form instantiated once: Eigen's own choice among its kernels
// takes seconds to compile per expression, and gains nothing at these sizes.
#pragma once

#include <Eigen/Cholesky>
#include <Eigen/Core>

#include <cmath>

namespace mgpk::study::fit::detail {

// Eigen takes rows as it multiplies, and of a matrix without numbers it would move a null pointer:
// sums of nothing are zero.

inline Eigen::MatrixXd times(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
  if (a.cols() == 0) return Eigen::MatrixXd::Zero(a.rows(), b.cols());
  return a.lazyProduct(b);
}

inline Eigen::VectorXd times(const Eigen::MatrixXd& a, const Eigen::VectorXd& b) {
  if (a.cols() == 0) return Eigen::VectorXd::Zero(a.rows());
  return a.lazyProduct(b);
}

/// a' b.
inline Eigen::MatrixXd transposed_times(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
  if (a.rows() == 0) return Eigen::MatrixXd::Zero(a.cols(), b.cols());
  return a.transpose().lazyProduct(b);
}

inline Eigen::VectorXd transposed_times(const Eigen::MatrixXd& a, const Eigen::VectorXd& b) {
  if (a.rows() == 0) return Eigen::VectorXd::Zero(a.cols());
  return a.transpose().lazyProduct(b);
}

/// Row j of a times row j of b.
inline double rows_times(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b, Eigen::Index j) {
  double sum = 0;
  for (Eigen::Index k = 0; k < a.cols(); ++k) sum += a(j, k) * b(j, k);
  return sum;
}

/// Row j of a times b.
inline double row_times(const Eigen::MatrixXd& a, Eigen::Index j, const Eigen::VectorXd& b) {
  double sum = 0;
  for (Eigen::Index k = 0; k < a.cols(); ++k) sum += a(j, k) * b[k];
  return sum;
}

/// a' diag(w) b.
inline Eigen::MatrixXd weighted(const Eigen::MatrixXd& a, const Eigen::VectorXd& w,
                                const Eigen::MatrixXd& b) {
  Eigen::MatrixXd scaled = b;
  for (Eigen::Index k = 0; k < b.cols(); ++k)
    for (Eigen::Index j = 0; j < w.size(); ++j) scaled(j, k) *= w[j];
  return transposed_times(a, scaled);
}

/// a b', of two columns.
inline Eigen::MatrixXd outer(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
  return a.lazyProduct(b.transpose());
}

inline Eigen::MatrixXd identity(Eigen::Index n) { return Eigen::MatrixXd::Identity(n, n); }

/// ln det of what a Cholesky factor stands for.
inline double log_determinant(const Eigen::LLT<Eigen::MatrixXd>& cholesky) {
  double sum = 0;
  for (Eigen::Index i = 0; i < cholesky.matrixLLT().rows(); ++i)
    sum += 2 * std::log(cholesky.matrixLLT()(i, i));
  return sum;
}

/// The symmetric inverse root of a positive definite matrix, by Newton's iteration on it and its
/// inverse at once (Denman and Beavers in the form of Schulz): products alone.
inline Eigen::MatrixXd inverse_root(const Eigen::MatrixXd& a) {
  const double size = a.trace();
  Eigen::MatrixXd root = a / size, inverse = identity(a.rows());
  for (int i = 0; i < 100; ++i) {
    const Eigen::MatrixXd step = 0.5 * (3 * identity(a.rows()) - times(inverse, root));
    root = times(root, step);
    inverse = times(step, inverse);
    if ((step - identity(a.rows())).lpNorm<Eigen::Infinity>() < 1e-14) break;
  }
  return inverse / std::sqrt(size);
}

}  // namespace mgpk::study::fit::detail
