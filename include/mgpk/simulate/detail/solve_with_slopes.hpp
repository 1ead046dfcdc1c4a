// Many problems with slopes: how they are brought to the lanes, and who works on which.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <mgpk/simulate/detail/lane_tolerances.hpp>
#include <mgpk/simulate/detail/shared_work.hpp>
#include <mgpk/simulate/detail/sloped_life.hpp>
#include <mgpk/simulate/instruction_set.hpp>
#include <mgpk/simulate/solve_many.hpp>

namespace mgpk::simulation::detail {

struct SlopedProblem {
  Problem problem;
  std::vector<ProblemSlope> slopes;
};

/// What came of a problem. What its functions show lives as long as the call that brings it.
struct SlopedSolved {
  Solved solved;
  /// The slopes of a state at one of the problem's times, or at the end, which follows them.
  std::function<double(std::size_t row, std::size_t state, std::size_t direction)> state_slope;
  /// Those of the table of `solved`.
  std::function<Eigen::MatrixXd(std::size_t direction)> table_slopes;
};

/// Problems that are made when their turn comes; called from any thread, once for each.
struct ManySlopedProblems {
  std::vector<std::size_t> n_sources;     ///< by problem; 0 where there is nothing to solve
  std::vector<std::size_t> n_directions;  ///< by problem
  std::function<std::optional<SlopedProblem>(std::size_t)> make;
  std::function<void(std::size_t, const SlopedSolved&)> take;
};

/// Some problems, solved together on one thread. Where they would leave lanes empty, the directions
/// of each are spread over the lanes, as many of them in each as go through a step together.
template <std::size_t Sources>
class SlopedParty final : public lanes::SlopedFeed<Sources> {
 public:
  using typename lanes::SlopedFeed<Sources>::State;

  SlopedParty(const ManySlopedProblems& problems, std::span<const std::size_t> who,
              const ode::Options& solver)
      : problems_(problems), solver_(solver) {
    const bool spread = who.size() < lane_count();
    for (const std::size_t i : who)
      if (auto problem = problems.make(i)) add(i, std::move(*problem), spread);
  }

  void solve() {
    if (!lives_.empty()) lanes::kernels_in_use().sloped<Sources>()(*this, lane_tolerances(solver_));
  }

  std::size_t size() const override { return lives_.size(); }
  std::size_t n_directions() const override { return n_directions_; }
  const lanes::SlopedPassenger<Sources>& passenger(std::size_t i) const override {
    return lives_[i]->passenger();
  }
  void change(std::size_t i, const ode::Stop& stop, body::Equations<Sources>& body,
              State& x) override {
    lives_[i]->change(stop, body, x);
  }
  void change_slopes(std::size_t i, const ode::Stop& stop, std::size_t direction,
                     body::Equations<Sources>& d_body, State& d_x) override {
    lives_[i]->change_slopes(stop, direction, d_body, d_x);
  }
  void done(std::size_t i, const ode::MemberStatus& status) override {
    Member& member = members_[i / n_parts_];
    if (!status.ok()) member.status = status;
    if (--member.n_parts_left == 0) bring(i / n_parts_, status);
  }
  bool stopped() const override { return solver_.keep_going && !solver_.keep_going(0.0); }

 private:
  struct Member {
    std::size_t who;
    std::size_t n_parts_left;
    ode::MemberStatus status{};  ///< of the part that failed last
  };

  void add(std::size_t i, SlopedProblem problem, bool spread) {
    auto& slopes = problem.slopes;
    n_directions_ = spread ? lanes::directions_together : slopes.size();
    n_parts_ = (slopes.size() + n_directions_ - 1) / n_directions_;
    slopes.resize(n_parts_ * n_directions_, slopes.back());  // what is too much is not read
    members_.push_back({i, n_parts_});
    for (std::size_t part = 0; part < n_parts_; ++part) {
      const auto first = slopes.begin() + static_cast<std::ptrdiff_t>(part * n_directions_);
      lives_.push_back(std::make_unique<SlopedLife<Sources>>(
          problem.problem,
          std::vector<ProblemSlope>(first, first + static_cast<std::ptrdiff_t>(n_directions_))));
    }
  }

  void bring(std::size_t m, const ode::MemberStatus& last) {
    const auto& member = members_[m];
    const auto part_of = [this, m](std::size_t direction) -> SlopedLife<Sources>& {
      return *lives_[m * n_parts_ + direction / n_directions_];
    };
    SlopedSolved result{part_of(0).solved(last), {}, {}};
    result.solved.status = status_of(member.status);
    const Eigen::Index n_columns = result.solved.trajectory.values().cols();
    result.state_slope = [&](std::size_t row, std::size_t state, std::size_t direction) {
      return part_of(direction).state_slope(row, state, direction % n_directions_);
    };
    result.table_slopes = [&](std::size_t direction) {
      return part_of(direction).slopes_of_table(direction % n_directions_, n_columns);
    };
    problems_.take(member.who, result);
    for (std::size_t part = 0; part < n_parts_; ++part) lives_[m * n_parts_ + part].reset();
  }

  static ode::Status status_of(const ode::MemberStatus& member) {
    ode::Status status;
    status.code = member.code;
    status.t_h = member.t_h;
    status.state_index = member.state_index;
    status.value = member.value;
    status.advice = "simulate the same person and plan without slopes to see what happens there";
    return status;
  }

  const ManySlopedProblems& problems_;
  const ode::Options& solver_;
  std::size_t n_directions_ = 1, n_parts_ = 1;
  std::vector<Member> members_;
  std::vector<std::unique_ptr<SlopedLife<Sources>>> lives_;  ///< part by part of each member
};

template <std::size_t Sources>
void solve_party(const ManySlopedProblems& problems, std::span<const std::size_t> who,
                 const ode::Options& solver) {
  SlopedParty<Sources>(problems, who, solver).solve();
}

/// Solves all problems in parties of like size, on threads.
inline void solve_with_slopes(const ManySlopedProblems& problems, const ManyOptions& options) {
  ode::validate(options.solver);
  std::map<std::pair<std::size_t, std::size_t>, std::vector<std::size_t>> alike;
  for (std::size_t i = 0; i < problems.n_sources.size(); ++i)
    if (problems.n_sources[i] > 0)
      alike[{problems.n_sources[i], problems.n_directions[i]}].push_back(i);
  struct Party {
    std::size_t n_sources;
    std::span<const std::size_t> who;
  };
  // Few enough for their rows to be no burden, and a full set of lanes, where there are so many.
  const std::size_t most = 2 * lane_count();
  std::vector<Party> parties;
  for (const auto& [size, who] : alike)
    for (std::size_t first = 0; first < who.size(); first += most)
      parties.push_back(
          {size.first, std::span(who).subspan(first, std::min(most, who.size() - first))});
  using Solve =
      void (*)(const ManySlopedProblems&, std::span<const std::size_t>, const ode::Options&);
  constexpr Solve solve[] = {solve_party<1>, solve_party<2>, solve_party<3>, solve_party<4>};
  std::exception_ptr failure;
  std::mutex mutex;
  SharedWork work(parties.size(), options.n_threads, options.progress);
  work.run([&](std::size_t i) {
    try {
      solve[parties[i].n_sources - 1](problems, parties[i].who, options.solver);
    } catch (...) {
      const std::scoped_lock lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  });
  if (failure) std::rethrow_exception(failure);
}

}  // namespace mgpk::simulation::detail
