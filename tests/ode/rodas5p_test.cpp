// The table of Rodas5P fulfils what is said of it: order, embedded order, interpolant, L-stability.
#include <doctest/doctest.h>

#include <Eigen/Dense>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include <mgpk/ode/pairs/rodas5p.hpp>

namespace {

using mgpk::ode::Rodas5P;
using Vector = Eigen::VectorXd;
using Matrix = Eigen::MatrixXd;
constexpr auto n = static_cast<Eigen::Index>(Rodas5P::n_stages);

Vector vector_of(const Rodas5P::Row& row) { return Eigen::Map<const Vector>(row.data(), n); }
Matrix matrix_of(const std::array<Rodas5P::Row, Rodas5P::n_stages>& rows) {
  Matrix matrix(n, n);
  for (Eigen::Index i = 0; i < n; ++i) matrix.row(i) = vector_of(rows[static_cast<std::size_t>(i)]);
  return matrix;
}

/// The method in its first variables (Hairer & Wanner II, IV.7.4): alpha, beta = alpha + Gamma.
struct Method {
  Matrix gamma = (Matrix::Identity(n, n) / Rodas5P::gamma - matrix_of(Rodas5P::k)).inverse();
  Matrix alpha = matrix_of(Rodas5P::a) * gamma;
  Matrix beta = alpha + gamma;
  Vector fine() const {
    Vector weights = vector_of(Rodas5P::a.back());
    weights[n - 1] += 1.0;
    return gamma.transpose() * weights;
  }
  Vector coarse() const { return gamma.transpose() * vector_of(Rodas5P::a.back()); }
  Vector dense(double theta) const {
    Vector weights = vector_of(Rodas5P::a.back());
    weights[n - 1] += 1.0;
    double power = 1.0 - theta;
    for (const auto& row : Rodas5P::dense) {
      weights += power * vector_of(row);
      power *= theta;
    }
    return theta * (gamma.transpose() * weights);
  }
};

/// A rooted tree: one condition of order.
struct Tree {
  std::vector<Tree> branches;
  int size() const {
    int sum = 1;
    for (const Tree& branch : branches) sum += branch.size();
    return sum;
  }
  double density() const {
    double product = size();
    for (const Tree& branch : branches) product *= branch.density();
    return product;
  }
};

/// All trees of a size: a root with branches whose sizes fall, equal ones in the order of the list.
void grow(const std::vector<std::vector<Tree>>& smaller, int left, std::size_t size,
          std::size_t place, Tree& tree, std::vector<Tree>& all) {
  if (left == 0) all.push_back(tree);
  for (std::size_t s = size; s > 0; --s)
    for (std::size_t p = s == size ? place : 0; p < smaller[s].size(); ++p)
      if (static_cast<int>(s) <= left) {
        tree.branches.push_back(smaller[s][p]);
        grow(smaller, left - static_cast<int>(s), s, p, tree, all);
        tree.branches.pop_back();
      }
}
std::vector<std::vector<Tree>> trees_up_to(std::size_t most) {
  std::vector<std::vector<Tree>> trees{{}, {Tree{}}};
  for (std::size_t size = 2; size <= most; ++size) {
    std::vector<Tree> all;
    Tree root;
    grow(trees, static_cast<int>(size) - 1, size - 1, 0, root, all);
    trees.push_back(all);
  }
  return trees;
}

/// A vertex with one branch sees it through beta, one with several through alpha (IV.7.15).
Vector weight_of(const Tree& tree, const Method& method) {
  if (tree.branches.empty()) return Vector::Ones(n);
  if (tree.branches.size() == 1) return method.beta * weight_of(tree.branches[0], method);
  Vector product = Vector::Ones(n);
  for (const Tree& branch : tree.branches)
    product = product.cwiseProduct(method.alpha * weight_of(branch, method));
  return product;
}

double worst_condition(const Method& method, const Vector& weights, const std::vector<Tree>& trees,
                       double theta = 1.0) {
  double worst = 0.0;
  for (const Tree& tree : trees) {
    const double wanted = std::pow(theta, tree.size()) / tree.density();
    worst = std::max(worst, std::abs(weights.dot(weight_of(tree, method)) - wanted));
  }
  return worst;
}

}  // namespace

TEST_CASE("the table fulfils all 17 conditions of order 5, its embedded method those of order 4") {
  const Method method;
  const auto trees = trees_up_to(6);
  CHECK(trees[5].size() == 9);
  CHECK(trees[6].size() == 20);
  for (std::size_t order = 1; order <= 5; ++order)
    CHECK(worst_condition(method, method.fine(), trees[order]) < 1e-13);
  CHECK(worst_condition(method, method.fine(), trees[6]) > 1e-3);
  for (std::size_t order = 1; order <= 4; ++order)
    CHECK(worst_condition(method, method.coarse(), trees[order]) < 1e-13);
  CHECK(worst_condition(method, method.coarse(), trees[5]) > 1e-3);
}

TEST_CASE("the interpolant has order 4 and meets both ends") {
  const Method method;
  const auto trees = trees_up_to(4);
  for (const double theta : {0.1, 0.3, 0.5, 0.8, 1.0})
    for (std::size_t order = 1; order <= 4; ++order)
      CHECK(worst_condition(method, method.dense(theta), trees[order], theta) < 1e-13);
  CHECK(method.dense(0.0).norm() == 0.0);
  CHECK((method.dense(1.0) - method.fine()).norm() < 1e-13);
}

TEST_CASE("the sums of the rows are the times and the weights of the slope in time") {
  const Method method;
  CHECK((method.alpha.rowwise().sum() - vector_of(Rodas5P::c)).norm() < 1e-13);
  CHECK((method.gamma.rowwise().sum() - vector_of(Rodas5P::d)).norm() < 1e-13);
}

TEST_CASE("infinitely fast modes are gone after one step, in the method as in its companion") {
  const Method method;
  const auto left_over = [&](const Vector& weights, double z) {
    const Matrix matrix = Matrix::Identity(n, n) - z * method.beta;
    return 1.0 + z * weights.dot(matrix.partialPivLu().solve(Vector::Ones(n)));
  };
  for (const double z : {-1e-3, -0.1, -1.0, -10.0, -1e3, -1e6}) {
    CHECK(std::abs(left_over(method.fine(), z)) < 1.0);
    CHECK(std::abs(left_over(method.coarse(), z)) < 1.0);
  }
  CHECK(std::abs(left_over(method.fine(), -1e9)) < 1e-6);
  CHECK(std::abs(left_over(method.coarse(), -1e9)) < 1e-6);
}
