// The first turns of a search: from a guess to where Newton's method can begin.
#pragma once

#include <cstddef>

#include <mgpk/ode/ensemble/exploration.hpp>
#include <mgpk/ode/ensemble/periodic_options.hpp>
#include <mgpk/ode/ensemble/search_point.hpp>
#include <mgpk/ode/ensemble/turns.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// Turns that settle the fast states, and then turns from where the secants between the turns so
/// far point to (Anderson's way), until the place is near enough to be worth a Jacobian.
template <class System>
class Approach {
 public:
  static constexpr std::size_t n = System::n_states;

  Approach(const SearchFrame<System>& frame, const State<double, n>& start,
           const EnsemblePeriodicOptions& options)
      : frame_(frame),
        n_left_to_settle_(options.n_settling_turns),
        secants_(frame, options.search.difference_step),
        now_{.x = frame.masked(start), .residual = {}} {}

  /// Where the next turn starts; when all is done, the best place, with its residual.
  const SearchPoint& point() const { return is_done_ ? best_ : now_; }
  bool is_done() const { return is_done_; }

  /// Takes the end of the turn from `point()`. False if that is no state.
  bool take(const Turn<n>& turn) {
    if (!frame_.measure(now_, turn)) return false;
    if (n_left_to_settle_ > 0) {
      --n_left_to_settle_;
      now_.x = frame_.masked(turn.end);
      return true;
    }
    if (++n_turns_ == 1) {
      secants_.begin_with_secants(now_);
    } else {
      secants_.correct(best_, now_);
    }
    const bool worse = now_.size > 2.0 * best_.size;
    if (!worse) best_ = now_;
    is_done_ = worse || best_.size < near_enough_ || n_turns_ == most_turns_;
    if (!is_done_) now_.x = frame_.moved(now_.x, secants_.newton_step(now_.residual));
    return true;
  }

 private:
  static constexpr double near_enough_ = 0.03;  ///< the largest relative residual
  static constexpr std::size_t most_turns_ = 6;

  const SearchFrame<System>& frame_;
  std::size_t n_left_to_settle_;
  std::size_t n_turns_ = 0;
  bool is_done_ = false;
  Exploration<System> secants_;
  SearchPoint now_, best_;
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
