// The states of one member that take part in a search, and how far a turn moves them.
#pragma once

#include <algorithm>
#include <bitset>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include <mgpk/ode/concepts.hpp>
#include <mgpk/ode/ensemble/turns.hpp>
#include <mgpk/ode/lanes/instruction_set.hpp>
#include <mgpk/ode/status.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// A place, and what a turn from there changes.
struct SearchPoint {
  std::vector<double> x;
  std::vector<double> residual;
  double size = std::numeric_limits<double>::infinity();  ///< the largest relative residual
  std::size_t worst = 0;                                  ///< where that is
};

/// The status of a search that ends at this point without success.
inline Status no_fixed_point(const SearchPoint& point, const char* advice) {
  Status status{.code = StatusCode::no_fixed_point, .state_index = point.worst};
  status.value = point.size;
  status.advice = advice;
  return status;
}

/// The status of a search that a turn has ended.
template <std::size_t N>
Status status_of(const Turn<N>& turn, const char* advice) {
  const MemberStatus& why = turn.status;
  Status status{.code = why.ok() ? StatusCode::not_finite : why.code,
                .t_h = why.t_h,
                .state_index = why.state_index};
  status.value = why.value;
  status.advice = advice;
  return status;
}

/// Between the whole state of a member and the vector of those that repeat.
template <class System>
class SearchFrame {
 public:
  static constexpr std::size_t n = System::n_states;
  using Vector = std::vector<double>;

  SearchFrame(const State<double, n>& start, const std::bitset<n>& mask, double floor)
      : outside_(start), floor_(floor) {
    for (std::size_t i = 0; i < n; ++i)
      if (mask[i]) indices_.push_back(i);
  }

  std::size_t size() const { return indices_.size(); }
  std::size_t index(std::size_t k) const { return indices_[k]; }
  double scale(double x) const { return std::max(std::abs(x), floor_); }

  State<double, n> state_at(const Vector& x) const {
    State<double, n> state = outside_;
    for (std::size_t k = 0; k < size(); ++k) state[indices_[k]] = x[k];
    return state;
  }
  Vector masked(const State<double, n>& state) const {
    Vector x(size());
    for (std::size_t k = 0; k < size(); ++k) x[k] = state[indices_[k]];
    return x;
  }

  /// x + share d, but no further than to zero where the model has nothing below.
  Vector moved(const Vector& x, const Vector& d, double share = 1.0) const {
    Vector to(size());
    for (std::size_t k = 0; k < size(); ++k) {
      to[k] = x[k] + share * d[k];
      if (is_non_negative_state<System>(indices_[k]) && x[k] >= 0.0) to[k] = std::max(to[k], 0.0);
    }
    return to;
  }

  /// Takes in where a turn from the point has led. False if that is no state.
  bool measure(SearchPoint& point, const Turn<n>& turn) const {
    if (!turn.status.ok()) return false;
    point.residual = masked(turn.end);
    point.size = 0.0;
    point.worst = indices_.empty() ? npos : indices_[0];
    for (std::size_t k = 0; k < size(); ++k) {
      point.residual[k] -= point.x[k];
      if (!std::isfinite(point.residual[k])) return false;
      const double ratio = std::abs(point.residual[k]) / scale(point.x[k]);
      if (!(ratio > point.size)) continue;
      point.size = ratio;
      point.worst = indices_[k];
    }
    return true;
  }

 private:
  State<double, n> outside_;
  double floor_;
  std::vector<std::size_t> indices_;
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
