// The search for one member's periodic state, cut at its turns: it asks for turns of the map, is
// handed their ends, and goes on. What it does depends on these ends only.
#pragma once

#include <bitset>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include <mgpk/ode/concepts.hpp>
#include <mgpk/ode/ensemble/approach.hpp>
#include <mgpk/ode/ensemble/exploration.hpp>
#include <mgpk/ode/ensemble/periodic_options.hpp>
#include <mgpk/ode/ensemble/search_point.hpp>
#include <mgpk/ode/ensemble/turns.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// Some rough turns, the last of them from where secants point to; the Jacobian along what a turn
/// does not forget, by rough turns; Newton on the rough map as far as that leads; and Newton on the
/// sharp one until the residual holds. Each step first asks, by a rough turn, what becomes of the
/// residual if that is unknown, and corrects the Jacobian by what it did. Where that stalls the
/// whole Jacobian is taken, and if that does not help either, there is no fixed point to be found.
template <class System>
class MemberSearch {
 public:
  static constexpr std::size_t n = System::n_states;
  using Vector = std::vector<double>;

  MemberSearch(std::size_t member, const State<double, n>& start, const std::bitset<n>& mask,
               const EnsemblePeriodicOptions& options)
      : member_(member),
        options_(options),
        frame_(start, mask, options.search.floor),
        jacobian_(frame_, options.search.difference_step),
        approach_(frame_, start, options),
        now_(approach_.point()) {}
  MemberSearch(MemberSearch&&) = delete;  // the Jacobian looks at the frame

  std::size_t member() const { return member_; }
  bool is_done() const { return phase_ == Phase::done; }
  const PeriodicMember<n>& found() const { return found_; }

  /// Appends the turns that are needed next.
  void ask(std::vector<Turn<n>>& turns) const {
    if (phase_ == Phase::exploring) {
      for (const Vector& x : jacobian_.asked()) ask_for(x, turns);
    } else {
      ask_for(phase_ == Phase::nearing || phase_ == Phase::landing ? trial_ : now_.x, turns);
    }
  }

  /// Takes the ends of the turns that it asked for, in their order.
  void take(std::span<const Turn<n>> turns) {
    for (const auto& turn : turns) {
      (turn.is_sharp ? found_.n_sharp_turns : found_.n_rough_turns) += 1;
      cost_[turn.is_sharp] = turn.n_attempts();
    }
    switch (phase_) {
      case Phase::approaching:
        return approach(turns[0]);
      case Phase::basing:
        return base(turns[0]);
      case Phase::exploring:
        return explore(turns);
      case Phase::nearing:
        return near(turns[0]);
      case Phase::measuring:
        if (!frame_.measure(now_, turns[0])) return end(status_of(turns[0], Advice::bad_start));
        return decide();
      case Phase::landing:
        return land(turns[0]);
      case Phase::done:
        return;
    }
  }

  /// Ends the search where it stands.
  void interrupt() { end({.code = StatusCode::interrupted}); }

 private:
  using Advice = mgpk::ode::detail::PeriodicAdvice;

  enum class Phase {
    approaching,  ///< rough turns that lead nearer
    basing,       ///< a rough turn from where the map will be differentiated
    exploring,    ///< rough turns from nearby
    nearing,      ///< a rough turn from where Newton leads
    measuring,    ///< a sharp turn
    landing,      ///< a sharp turn from where Newton leads
    done
  };
  enum class Goal { near, land, conclude };  ///< what a Jacobian is for

  static constexpr double slow_ = 0.3;  ///< a step that leaves more of the residual has stalled
  static constexpr std::size_t most_rough_jacobians_ = 4;

  bool is_sharp() const { return phase_ == Phase::measuring || phase_ == Phase::landing; }
  /// The rough map is off by some multiple of its tolerance; below that, only the sharp one tells.
  bool is_near() const { return now_.size <= 10.0 * options_.rough.relative_tolerance; }

  void ask_for(const Vector& x, std::vector<Turn<n>>& turns) const {
    turns.push_back({.member = member_,
                     .is_sharp = is_sharp(),
                     .cost = cost_[is_sharp()],
                     .start = frame_.state_at(x)});
  }

  void approach(const Turn<n>& turn) {
    if (!approach_.take(turn)) return end(status_of(turn, Advice::bad_start));
    now_ = approach_.point();
    if (approach_.is_done()) differentiate(now_);
  }

  void base(const Turn<n>& turn) {
    SearchPoint anchor = now_;
    if (!frame_.measure(anchor, turn))
      return end(status_of(turn, n_jacobians_ == 0 ? Advice::bad_start : Advice::bad_difference));
    differentiate(anchor, goal_ == Goal::land);
  }

  void differentiate(const SearchPoint& anchor, bool whole = false) {
    ++n_jacobians_;
    jacobian_.begin(anchor, whole);
    is_new_ = true;
    phase_ = Phase::exploring;
  }

  void explore(std::span<const Turn<n>> turns) {
    for (std::size_t k = 0; k < turns.size(); ++k)
      if (!jacobian_.learn(k, turns[k])) return end(status_of(turns[k], Advice::bad_difference));
    if (is_new_) {
      if (jacobian_.look_further()) return;
      found_.contraction = jacobian_.contraction();
      if (goal_ == Goal::conclude) return conclude();
      if (!jacobian_.is_solvable()) return end(no_fixed_point(now_, Advice::no_return));
      is_fresh_ = true;
      is_new_ = false;
    }
    step();
  }

  /// A Newton step, once it is known what becomes of the residual.
  void prepare_step() {
    phase_ = Phase::exploring;
    if (!jacobian_.look_along(now_.residual)) step();
  }

  void step() {
    length_ = 1.0;
    goal_ == Goal::near ? go_near() : try_to_land();
  }

  /// The next step on the rough map, or, near its end, a step that no rough turn could judge.
  void go_near() {
    trial_ = frame_.moved(now_.x, jacobian_.newton_step(now_.residual));
    phase_ = is_near() ? Phase::measuring : Phase::nearing;
    if (is_near()) now_.x = trial_;
  }

  void near(const Turn<n>& turn) {
    const double before = now_.size;
    improve(turn);
    const bool slow = now_.size > slow_ * before;
    if (!slow && !is_near()) return prepare_step();
    const bool lost = slow && !is_near() && !is_fresh_;
    if ((lost || jacobian_.is_far(now_.x)) && n_jacobians_ < most_rough_jacobians_)
      return differentiate(now_);
    if (is_near()) return prepare_step();
    phase_ = Phase::measuring;
  }

  /// Goes where the turn came from, if its residual is smaller.
  bool improve(const Turn<n>& turn) {
    SearchPoint next{.x = trial_, .residual = {}};
    if (!frame_.measure(next, turn) || !(next.size < now_.size)) return false;
    jacobian_.correct(now_, next);
    now_ = std::move(next);
    is_fresh_ = false;
    return true;
  }

  /// The sharp residual is known here: enough, a new Jacobian, or another step?
  void decide() {
    if (now_.size <= options_.search.tolerance) {
      if (!jacobian_.is_far(now_.x)) return conclude();
      goal_ = Goal::conclude;
      phase_ = Phase::basing;
      return;
    }
    if (found_.n_iterations++ == options_.search.max_iterations)
      return end(no_fixed_point(now_, Advice::too_far));
    is_fresh_ = false;
    goal_ = Goal::land;
    if (!stalled_) return prepare_step();
    stalled_ = false;
    phase_ = Phase::basing;
  }

  void try_to_land() {
    trial_ = frame_.moved(now_.x, jacobian_.newton_step(now_.residual), length_);
    phase_ = Phase::landing;
  }

  void land(const Turn<n>& turn) {
    const double before = now_.size;
    if (improve(turn)) {
      stalled_ = now_.size > slow_ * before;
      return decide();
    }
    length_ *= 0.5;
    if (length_ > 0.005) return try_to_land();
    if (is_fresh_) return end(no_fixed_point(now_, Advice::stalled));
    stalled_ = true;
    decide();
  }

  void conclude() {
    end(found_.contraction < 1.0 ? Status{} : no_fixed_point(now_, Advice::no_return));
  }

  void end(Status&& status) {
    found_.status = std::move(status);
    found_.state = frame_.state_at(now_.x);
    found_.residual = now_.size;
    phase_ = Phase::done;
  }

  std::size_t member_;
  const EnsemblePeriodicOptions& options_;
  SearchFrame<System> frame_;
  Exploration<System> jacobian_;
  Approach<System> approach_;
  SearchPoint now_;
  Vector trial_;
  Phase phase_ = Phase::approaching;
  Goal goal_ = Goal::near;
  double length_ = 1.0;    ///< share of a Newton step that is tried
  bool is_new_ = false;    ///< the Jacobian is being taken
  bool is_fresh_ = false;  ///< it is of this very place
  bool stalled_ = false;   ///< a new one is needed
  std::size_t n_jacobians_ = 0;
  std::size_t cost_[2] = {0, 0};  ///< steps of the last turn, rough and sharp
  PeriodicMember<n> found_;
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
