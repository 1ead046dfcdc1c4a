// What a turn of the map does to small disturbances, known along a few directions.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include <mgpk/ode/ensemble/small_matrix.hpp>
#include <mgpk/ode/lanes/instruction_set.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// The Jacobian J of a map as W Q^T: its images W = J Q of orthonormal directions Q. Whatever is
/// perpendicular to all of them is taken to be forgotten within one turn, which holds for the fast
/// states of a body; with as many directions as there are states it is the whole Jacobian. The
/// method is that of Newton and Picard: Newton on the slow space, plain turns on the rest (Shroff &
/// Keller 1993, SIAM J Numer Anal 30:1099; Lust et al. 1998, SIAM J Sci Comput 19:1188).
class SlowSpace {
 public:
  using Vector = std::vector<double>;

  explicit SlowSpace(std::size_t n) : n_(n) {}

  std::size_t n_directions() const { return directions_.size(); }
  bool is_whole() const { return n_directions() == n_; }
  const Vector& last_image() const { return images_.back(); }
  void clear() {
    directions_.clear();
    images_.clear();
  }

  /// Takes out of v what lies along known directions; gives the length of the rest.
  double keep_unknown(Vector& v) const {
    for (int pass = 0; pass < 2; ++pass)  // twice is enough (Kahan)
      for (const Vector& q : directions_) add(v, -dot(q, v), q);
    return length(v);
  }

  /// The map turns a disturbance s into y. True if that tells something new.
  bool learn(Vector s, Vector y) {
    const double before = length(s);
    for (int pass = 0; pass < 2; ++pass)
      for (std::size_t j = 0; j < n_directions(); ++j) {
        const double share = dot(directions_[j], s);
        add(s, -share, directions_[j]);
        add(y, -share, images_[j]);
      }
    const double after = length(s);
    if (!(after > least_news_ * before)) return false;
    for (double& value : s) value /= after;
    for (double& value : y) value /= after;
    directions_.push_back(std::move(s));
    images_.push_back(std::move(y));
    return true;
  }

  /// Takes in that J takes s to y, by the least change where s is known: Broyden's rule.
  void correct(const Vector& s, const Vector& y) {
    Vector rest = s;
    const double news = is_whole() ? 0.0 : keep_unknown(rest);
    if (news > much_news_ * length(s)) {
      learn(s, y);
      return;
    }
    if (news > least_news_ * length(s)) {
      const double size = length(rest);
      for (double& value : rest) value /= size;
      directions_.push_back(std::move(rest));
      images_.emplace_back(n_, 0.0);
    }
    Vector shares(n_directions());
    double square = 0.0;
    Vector missed = y;
    for (std::size_t j = 0; j < n_directions(); ++j) {
      shares[j] = dot(directions_[j], s);
      square += shares[j] * shares[j];
      add(missed, -shares[j], images_[j]);
    }
    if (!(square > 0.0)) return;
    for (std::size_t j = 0; j < n_directions(); ++j) add(images_[j], shares[j] / square, missed);
  }

  /// Newton's step d from the residual r = map(x) - x: (1 - J) d = r.
  Vector step(const Vector& r) const {
    Vector c(n_directions());
    for (std::size_t j = 0; j < c.size(); ++j) c[j] = dot(directions_[j], r);
    Factors(what_is_lost()).solve(c);
    Vector d = r;
    for (std::size_t j = 0; j < c.size(); ++j) add(d, c[j], images_[j]);
    return d;
  }

  double contraction() const { return spectral_radius(within()); }

  /// How near an eigenvalue is to 1, by inverse iteration: good to its order of magnitude.
  double distance_to_one() const {
    const Factors factors(what_is_lost());
    Vector v(n_directions(), 1.0);
    double growth = 0.0;
    for (int turn = 0; turn < 10; ++turn) {
      const double size = length(v);
      for (double& value : v) value /= size;
      factors.solve(v);
      growth = length(v);
      if (!std::isfinite(growth)) return 0.0;
    }
    return growth > 0.0 ? 1.0 / growth : 1.0;
  }

  static double length(const Vector& v) { return std::sqrt(dot(v, v)); }

 private:
  static constexpr double least_news_ = 1e-8;  ///< share of a disturbance
  static constexpr double much_news_ = 0.1;

  static double dot(const Vector& a, const Vector& b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
  }
  static void add(Vector& to, double factor, const Vector& v) {
    for (std::size_t i = 0; i < v.size(); ++i) to[i] += factor * v[i];
  }

  /// Q^T W: the Jacobian within the space.
  SquareMatrix within() const {
    SquareMatrix h(n_directions());
    for (std::size_t i = 0; i < h.size(); ++i)
      for (std::size_t j = 0; j < h.size(); ++j) h(i, j) = dot(directions_[i], images_[j]);
    return h;
  }
  /// 1 - Q^T W
  SquareMatrix what_is_lost() const {
    SquareMatrix m = within();
    m.scale(-1.0);
    for (std::size_t i = 0; i < m.size(); ++i) m(i, i) += 1.0;
    return m;
  }

  std::size_t n_;
  std::vector<Vector> directions_;
  std::vector<Vector> images_;
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
