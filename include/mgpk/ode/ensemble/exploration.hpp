// Finds out what a turn does to small disturbances: asks for turns from near one place.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include <mgpk/ode/ensemble/search_point.hpp>
#include <mgpk/ode/ensemble/slow_space.hpp>
#include <mgpk/ode/ensemble/turns.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// The Jacobian of a map around an anchor, in coordinates relative to each state's own scale there.
/// By differences; turns that carry derivatives could hand in exact images instead.
template <class System>
class Exploration {
 public:
  static constexpr std::size_t n = System::n_states;
  using Vector = SlowSpace::Vector;
  using Frame = SearchFrame<System>;

  Exploration(const Frame& frame, double difference_step)
      : frame_(frame), difference_step_(difference_step), space_(frame.size()) {}

  /// Begins at a place whose residual under the same map is known. `whole`: along every state on
  /// its own, all at once; otherwise along where the residual leads to, one after the other.
  void begin(const SearchPoint& anchor, bool whole) {
    anchor_ = anchor;
    space_ = SlowSpace(frame_.size());
    asked_.clear();
    is_whole_ = whole;
    is_seeded_ = false;
    if (!whole) return ask_about(scaled(anchor.residual));
    for (std::size_t k = 0; k < frame_.size(); ++k) {
      Vector unit(frame_.size(), 0.0);
      unit[k] = 1.0;
      ask_about(unit);
    }
  }

  /// Begins with nothing known but the scale: secants will tell.
  void begin_with_secants(const SearchPoint& anchor) {
    anchor_ = anchor;
    space_ = SlowSpace(frame_.size());
    asked_.clear();
  }

  /// The places from which turns are needed.
  const std::vector<Vector>& asked() const { return asked_; }

  /// Takes in the turn from the k-th of them. False if it led nowhere.
  bool learn(std::size_t k, const Turn<n>& turn) {
    SearchPoint point{.x = asked_[k], .residual = {}};
    if (!frame_.measure(point, turn)) return false;
    Vector s(frame_.size()), image(frame_.size());
    for (std::size_t i = 0; i < s.size(); ++i) {
      s[i] = point.x[i] - anchor_.x[i];
      image[i] = point.residual[i] - anchor_.residual[i] + s[i];
    }
    space_.learn(scaled(s), scaled(image));
    return true;
  }

  /// Goes where the images lead to (Arnoldi's way) and, when that is nowhere new, in a direction
  /// that has a share of everything. False when a turn forgets all that is left.
  bool look_further() {
    asked_.clear();
    if (is_whole_ || space_.is_whole()) return false;
    Vector next(frame_.size(), 0.0);
    if (space_.n_directions() > 0) next = space_.last_image();
    if (!(space_.keep_unknown(next) > forgotten_)) {
      if (is_seeded_) return false;
      is_seeded_ = true;
      for (std::size_t k = 0; k < next.size(); ++k)
        next[k] = 1.0 + 0.37 * static_cast<double>((7 * k) % 5);
      if (!(space_.keep_unknown(next) > forgotten_)) return false;
    }
    ask_about(next);
    return true;
  }

  /// Asks what becomes of a disturbance like this one, unless most of it is known. False if it is.
  bool look_along(const Vector& residual) {
    Vector rest = scaled(residual);
    const double size = SlowSpace::length(rest);
    asked_.clear();
    if (space_.is_whole() || !(space_.keep_unknown(rest) > unknown_ * size)) return false;
    ask_about(rest);
    return true;
  }

  double contraction() const { return space_.contraction(); }
  /// A multiplier of 1 leaves no single fixed point; differences resolve it to well below their
  /// step.
  bool is_solvable() const { return space_.distance_to_one() > 1e-3 * difference_step_; }

  /// The contraction belongs to the place where the map is differentiated.
  bool is_far(const Vector& x) const {
    if (anchor_.x.empty()) return true;
    for (std::size_t k = 0; k < x.size(); ++k)
      if (std::abs(x[k] - anchor_.x[k]) > 0.05 * frame_.scale(x[k])) return true;
    return false;
  }

  Vector newton_step(const Vector& residual) const {
    Vector d = space_.step(scaled(residual));
    for (std::size_t k = 0; k < d.size(); ++k) d[k] *= frame_.scale(anchor_.x[k]);
    return d;
  }

  /// Learns from a step as it went.
  void correct(const SearchPoint& from, const SearchPoint& to) {
    Vector s(from.x.size()), y(from.x.size());
    for (std::size_t k = 0; k < s.size(); ++k) {
      s[k] = to.x[k] - from.x[k];
      y[k] = to.residual[k] - from.residual[k] + s[k];
    }
    space_.correct(scaled(s), scaled(y));
  }

 private:
  static constexpr double forgotten_ = 1e-4;  ///< share of a disturbance that may be left out
  static constexpr double unknown_ = 0.1;     ///< share of a residual that may be

  Vector scaled(const Vector& v) const {
    Vector s(v.size());
    for (std::size_t k = 0; k < v.size(); ++k) s[k] = v[k] / frame_.scale(anchor_.x[k]);
    return s;
  }

  void ask_about(const Vector& s) {
    double largest = 0.0;
    for (const double value : s) largest = std::max(largest, std::abs(value));
    const double factor = largest > 0.0 ? difference_step_ / largest : 0.0;
    Vector d(s.size());
    for (std::size_t k = 0; k < d.size(); ++k) d[k] = factor * s[k] * frame_.scale(anchor_.x[k]);
    asked_.push_back(frame_.moved(anchor_.x, d));
  }

  const Frame& frame_;
  double difference_step_;
  SearchPoint anchor_;
  SlowSpace space_;
  std::vector<Vector> asked_;
  bool is_whole_ = false;
  bool is_seeded_ = false;
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
