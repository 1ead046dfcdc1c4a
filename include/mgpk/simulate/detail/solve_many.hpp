// How problems are brought to the lanes and taken from them, and who works on which.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <mgpk/ode/ensemble/queue.hpp>
#include <mgpk/simulate/detail/one_lane.hpp>
#include <mgpk/simulate/instruction_set.hpp>
#include <mgpk/simulate/solve_many.hpp>

namespace mgpk::simulation {

namespace detail {

/// What all threads of one solve share.
class SharedLanes {
 public:
  SharedLanes(const ManyProblems& problems, const ManyOptions& options)
      : problems_(problems), options_(options) {}

  std::optional<Problem> make(std::size_t i) const {
    auto problem = problems_.make(i);
    if (problem) problem->solver = options_.solver;
    return problem;
  }
  void take(std::size_t i, Solved solved) {
    problems_.take(i, std::move(solved));
    report();
  }
  /// One problem is over, solved or not.
  void report() {
    const std::scoped_lock lock(reporting_);
    ++n_done_;
    if (options_.progress && !stopped_ && !options_.progress(n_done_, problems_.n_sources.size()))
      stopped_ = true;
  }
  bool keep_going() {
    if (!stopped_ && options_.solver.keep_going && !options_.solver.keep_going(0.0))
      stopped_ = true;
    return !stopped_;
  }
  bool stopped() const { return stopped_.load(std::memory_order_relaxed); }

  /// What a thread threw; the others stop, and the caller gets the first of it.
  void fail(std::exception_ptr problem) {
    const std::scoped_lock lock(reporting_);
    if (!failure_) failure_ = std::move(problem);
    stopped_ = true;
  }
  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }
  void count(const ManyStatistics& part) {
    const std::scoped_lock lock(reporting_);
    sum_.n_in_lanes += part.n_in_lanes;
    sum_.n_alone += part.n_alone;
    sum_.n_steps += part.n_steps;
    sum_.n_rejected += part.n_rejected;
    sum_.n_batch_steps += part.n_batch_steps;
  }
  ManyStatistics statistics() const {
    ManyStatistics all = sum_;
    all.stopped = stopped_;
    return all;
  }

 private:
  const ManyProblems& problems_;
  const ManyOptions& options_;
  std::mutex reporting_;
  std::atomic<bool> stopped_{false};
  std::exception_ptr failure_;
  std::size_t n_done_ = 0;
  ManyStatistics sum_;
};

/// One thread's share: it fills the lanes from the queue that all share.
template <std::size_t Sources>
class LaneFeed final : public lanes::Feed<Sources> {
 public:
  using typename lanes::Feed<Sources>::State;

  LaneFeed(SharedLanes& shared, ode::MemberQueue& queue) : shared_(shared), queue_(queue) {}

  void work(const lanes::Kernels& kernels, const ode::Options& solver) {
    statistics_.n_batch_steps = kernels.run<Sources>()(*this, lane_tolerances(solver));
    shared_.count(statistics_);
  }

  std::size_t next() override {
    while (shared_.keep_going()) {
      const std::size_t member = queue_.next();
      if (member == ode::npos) break;
      auto problem = shared_.make(member);
      if (!problem)
        shared_.report();
      else if (!fits_lanes(*problem))
        take_alone(member, *problem);
      else
        return seat(member, std::move(*problem));
    }
    return ode::npos;
  }

  const lanes::Passenger<Sources>& passenger(std::size_t place) const override {
    return seats_[place]->life.passenger();
  }

  void change(std::size_t place, const ode::Stop& stop, body::Equations<Sources>& body,
              State& x) override {
    seats_[place]->life.change(stop, body, x);
  }

  void done(std::size_t place, const ode::MemberStatus& status) override {
    Seat& seat = *seats_[place];
    free_.push_back(place);
    if (status.code == ode::StatusCode::interrupted) return;
    if (!status.ok()) return take_alone(seat.member, seat.life.problem());
    ++statistics_.n_in_lanes;
    statistics_.n_steps += status.n_steps;
    statistics_.n_rejected += status.n_rejected;
    shared_.take(seat.member, seat.life.solved(status));
  }

  bool stopped(double) const override {
    constexpr unsigned steps_between_looks = 64;
    if (++n_looks_ % steps_between_looks == 0) shared_.keep_going();
    return shared_.stopped();
  }

 private:
  struct Seat {
    std::size_t member = 0;
    Life<Sources> life;
  };

  std::size_t seat(std::size_t member, Problem problem) {
    if (free_.empty()) {
      free_.push_back(seats_.size());
      seats_.push_back(std::make_unique<Seat>());
    }
    const std::size_t place = free_.back();
    free_.pop_back();
    seats_[place]->member = member;
    seats_[place]->life.begin(std::move(problem));
    return place;
  }

  void take_alone(std::size_t member, const Problem& problem) {
    ++statistics_.n_alone;
    Solved solved = solve_alone(problem);
    if (solved.status.code != ode::StatusCode::interrupted || !shared_.stopped())
      shared_.take(member, std::move(solved));
  }

  SharedLanes& shared_;
  ode::MemberQueue& queue_;
  std::vector<std::unique_ptr<Seat>> seats_;
  std::vector<std::size_t> free_;
  ManyStatistics statistics_;
  mutable unsigned n_looks_ = 0;
};

template <std::size_t Sources>
void solve_of_size(const ManyProblems& problems, const ManyOptions& options, SharedLanes& shared) {
  std::vector<std::size_t> who;
  for (std::size_t i = 0; i < problems.n_sources.size(); ++i)
    if (problems.n_sources[i] == Sources) who.push_back(i);
  if (who.empty() || shared.stopped()) return;
  const auto& kernels = lanes::kernels_in_use();
  const std::size_t cores = std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
  const std::size_t n_threads =
      std::min(options.n_threads == 0 ? cores : options.n_threads, who.size());
  ode::MemberQueue queue(std::move(who));
  const auto work = [&] {
    try {
      LaneFeed<Sources>(shared, queue).work(kernels, options.solver);
    } catch (...) {
      shared.fail(std::current_exception());
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < n_threads; ++i) others.emplace_back(work);
    work();
  }
  shared.rethrow();
}

}  // namespace detail

MGPK_COMPILED ManyStatistics solve_many(const ManyProblems& problems, const ManyOptions& options) {
  ode::validate(options.solver);
  detail::SharedLanes shared(problems, options);
  detail::solve_of_size<1>(problems, options, shared);
  detail::solve_of_size<2>(problems, options, shared);
  detail::solve_of_size<3>(problems, options, shared);
  detail::solve_of_size<4>(problems, options, shared);
  return shared.statistics();
}

}  // namespace mgpk::simulation
