// Searches that are under way together: whoever solves their turns, the searches are the same.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include <mgpk/ode/ensemble/member_search.hpp>
#include <mgpk/ode/ensemble/periodic_options.hpp>
#include <mgpk/ode/ensemble/rebind.hpp>
#include <mgpk/ode/ensemble/turns.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

namespace ensembles {

/// The searches that one thread has under way. Those that are done make room for the next members.
/// `solve(turns, sharp)` solves those of the turns that are sharp, or those that are not, and gives
/// the steps that it took.
template <PeriodicMembers M, class SolveTurns>
class SearchParty {
 public:
  using System = typename M::System;
  static constexpr std::size_t n = System::n_states;

  SearchParty(const M& members, const EnsemblePeriodicOptions& options, SolveTurns solve)
      : members_(members), options_(options), solve_(std::move(solve)) {}

  /// `next()` gives the index of the next member, or npos; `stopped()` is asked between turns.
  template <class Next, class Stopped, class Done>
  void run(Next&& next, Stopped&& stopped, Done&& done) {
    std::size_t member = next();
    for (;;) {
      for (; member != npos && searches_.size() < options_.n_together; member = next())
        searches_.push_back(std::make_unique<MemberSearch<System>>(
            member, members_.start(member), members_.mask(member), options_));
      if (searches_.empty()) return;
      if (stopped()) {
        for (auto& search : searches_) search->interrupt();
      } else {
        turn();
      }
      dismiss(done);
    }
  }

  const EnsemblePeriodicStatistics& statistics() const { return statistics_; }

 private:
  /// One turn, or some, for every search.
  void turn() {
    turns_.clear();
    ends_.clear();
    for (const auto& search : searches_) {
      search->ask(turns_);
      ends_.push_back(turns_.size());
    }
    statistics_.n_sharp_steps += solve_(std::span(turns_), true);
    statistics_.n_rough_steps += solve_(std::span(turns_), false);
    std::size_t first = 0;
    for (std::size_t k = 0; k < searches_.size(); first = ends_[k++])
      searches_[k]->take(std::span<const Turn<n>>(turns_).subspan(first, ends_[k] - first));
  }

  template <class Done>
  void dismiss(Done& done) {
    std::erase_if(searches_, [&](const auto& search) {
      if (!search->is_done()) return false;
      auto found = search->found();
      const std::size_t member = search->member();
      auto& status = found.status;
      if (status.state_index != npos)
        status.state_name = state_name_of(members_.system(member), status.state_index);
      statistics_.n_sharp_turns += found.n_sharp_turns;
      statistics_.n_rough_turns += found.n_rough_turns;
      (status.ok() ? statistics_.n_ok : statistics_.n_failed) += 1;
      members_.done(member, found);
      done();
      return true;
    });
  }

  const M& members_;
  const EnsemblePeriodicOptions& options_;
  SolveTurns solve_;
  std::vector<std::unique_ptr<MemberSearch<System>>> searches_;
  std::vector<Turn<n>> turns_;
  std::vector<std::size_t> ends_;  ///< of each search's turns
  EnsemblePeriodicStatistics statistics_;
};

}  // namespace ensembles

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
