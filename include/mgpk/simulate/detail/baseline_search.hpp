// The search for the baselines of many persons in lanes; who is not found there is told to the
// caller, who searches alone.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <mgpk/ode/ensemble/queue.hpp>
#include <mgpk/ode/ensemble/search_party.hpp>
#include <mgpk/simulate/baselines.hpp>
#include <mgpk/simulate/detail/diet_days.hpp>
#include <mgpk/simulate/detail/lane_tolerances.hpp>
#include <mgpk/simulate/detail/shared_work.hpp>
#include <mgpk/simulate/instruction_set.hpp>

namespace mgpk::simulation::detail {

/// Turns of the days, solved by the lanes that are in use.
class LaneTurns {
 public:
  using Turn = ode::Turn<DietDays::n_states>;

  LaneTurns(const DietDays& days, const CycleTolerances& tolerances,
            const std::function<bool()>& keep_going)
      : days_(days),
        sharp_(lane_tolerances(tolerances.sharp)),
        rough_(lane_tolerances(tolerances.rough)),
        keep_going_(keep_going) {}

  /// The dearest first: the last to be done are then short.
  std::size_t operator()(std::span<Turn> all, bool sharp) const {
    std::vector<Turn*> turns;
    for (Turn& turn : all)
      if (turn.is_sharp == sharp) turns.push_back(&turn);
    if (turns.empty()) return 0;
    std::stable_sort(turns.begin(), turns.end(),
                     [](const Turn* a, const Turn* b) { return a->cost > b->cost; });
    std::vector<LaneStretch> stretches;
    for (Turn* turn : turns) {
      // What a stopped solve leaves behind is no state.
      turn->status = {.code = ode::StatusCode::interrupted};
      stretches.push_back({{&days_.day(turn->member).body,
                            turn->start,
                            days_.stops(turn->member),
                            {&end_h_, 1},
                            turn->end},
                           &turn->status});
    }
    StretchFeed feed(std::move(stretches), keep_going_);
    return lanes::kernels_in_use().run_1(feed, sharp ? sharp_ : rough_);
  }

 private:
  static constexpr double end_h_ = units::hours_per_day;

  const DietDays& days_;
  lanes::Tolerances sharp_, rough_;
  const std::function<bool()>& keep_going_;
};

/// One person on the way to a baseline.
struct Sought {
  std::size_t place = 0;  ///< among the outcomes
  Cycle cycle{};          ///< their day; Tm may be moved
  DietDay day{};
};

/// Searches for some persons together. Each one's numbers depend on nothing but that person.
class BaselineSearch {
 public:
  BaselineSearch(const Options& options, std::size_t n_threads)
      : options_(options), tolerances_(baseline_tolerances(options)), n_threads_(n_threads) {
    lanes::kernels_in_use();  // refuses a wrong instruction set here, on no other thread
  }

  /// Writes the baselines of those that lanes find; the outcomes of the others are left alone.
  void run(std::vector<Sought> sought, std::vector<BaselineOutcome>& outcomes) {
    for (int round = 0; round <= MeasuredPlasma::most_rounds && !sought.empty(); ++round) {
      auto found = find(sought);
      std::vector<Sought> again;
      std::vector<Baseline> baselines;
      for (std::size_t i = 0; i < sought.size(); ++i) {
        if (!found[i]) continue;
        if (sought[i].cycle.subject.c_plasma_total_mmol_per_L) {
          again.push_back(std::move(sought[i]));
          baselines.push_back(std::move(*found[i]));
        } else {
          outcomes[sought[i].place].baseline = std::move(found[i]);
        }
      }
      sought = move_tm(std::move(again), std::move(baselines), outcomes);
    }
  }

 private:
  bool keep_going() const { return !options_.keep_going || options_.keep_going(0.0); }

  std::vector<std::optional<Baseline>> find(const std::vector<Sought>& sought) {
    std::vector<DietDay> all;
    all.reserve(sought.size());
    for (const auto& one : sought) all.push_back(one.day);
    const DietDays days(std::move(all));
    search(days);
    std::vector<std::optional<Baseline>> found(sought.size());
    for (std::size_t i = 0; i < sought.size(); ++i) {
      const auto& periodic = days.found(i);
      if (!periodic.status.ok()) continue;
      const auto& cycle = sought[i].cycle;
      std::vector<double> state(periodic.state.begin(), periodic.state.end());
      std::fill(state.begin() + body::Layout<1>::first_readout, state.end(), 0.0);
      found[i] = Baseline{
          cycle.parameters,     body::source_parameters(cycle.values, dose::Dissolution::food),
          std::move(state),     periodic.residual,
          periodic.contraction, periodic.n_iterations,
          cycle.subject};
    }
    return found;
  }

  void search(const DietDays& days) {
    ode::EnsemblePeriodicOptions how;
    how.search = tolerances_.search;
    how.sharp = tolerances_.sharp;
    how.rough = tolerances_.rough;
    const WorkProgress silent;
    const std::size_t n_parties = thread_count(n_threads_, days.size());
    SharedWork threads(n_parties, n_threads_, silent);
    how.n_together = std::clamp<std::size_t>(days.size() / n_parties, 1, most_together_);
    ode::MemberQueue queue(ode::everyone(days.size()));
    std::atomic<bool> stopped{false};
    std::exception_ptr failure;
    std::mutex mutex;
    const std::function<bool()> going = [&] {
      if (!stopped && !keep_going()) stopped = true;
      return !stopped;
    };
    threads.run([&](std::size_t) {
      try {
        ode::ensembles::SearchParty party(days, how, LaneTurns(days, tolerances_, going));
        party.run([&] { return queue.next(); }, [&] { return !going(); }, [] {});
      } catch (...) {
        const std::scoped_lock lock(mutex);
        failure = std::current_exception();
        stopped = true;
      }
    });
    if (failure) std::rethrow_exception(failure);
  }

  /// Those whose measured level is met are done; the others get another Tm.
  std::vector<Sought> move_tm(std::vector<Sought> sought, std::vector<Baseline> baselines,
                              std::vector<BaselineOutcome>& outcomes) {
    const auto levels = fasting_levels(sought, baselines);
    std::vector<Sought> again;
    for (std::size_t i = 0; i < sought.size(); ++i) {
      auto& cycle = sought[i].cycle;
      const double target = *cycle.subject.c_plasma_total_mmol_per_L;
      if (!levels[i]) continue;
      if (MeasuredPlasma::is_met(*levels[i], target)) {
        outcomes[sought[i].place].baseline = std::move(baselines[i]);
        continue;
      }
      double& tm_mmol_per_L = cycle.parameters.kidney.tubule.tm_mmol_per_L;
      tm_mmol_per_L = tm_for_plasma_mmol_per_L(
          cycle.parameters, baselines[i].state[body::Layout<1>::tm_shift], *levels[i], target);
      if (!(tm_mmol_per_L > 0)) continue;
      sought[i].day.body.parameters = cycle.parameters;
      again.push_back(std::move(sought[i]));
    }
    return again;
  }

  /// Plasma at the hour at which measured values stand; none where the lanes did not get there.
  std::vector<std::optional<double>> fasting_levels(const std::vector<Sought>& sought,
                                                    const std::vector<Baseline>& baselines) const {
    using L = body::Layout<1>;
    std::vector<std::optional<double>> levels(sought.size());
    std::vector<double> fasting_h, rows(sought.size() * L::n_states);
    std::vector<ode::MemberStatus> statuses(
        sought.size(), ode::MemberStatus{.code = ode::StatusCode::interrupted});
    for (const auto& one : sought) fasting_h.push_back(body::fasting_at_h(one.cycle.subject));
    std::vector<LaneStretch> stretches;
    for (std::size_t i = 0; i < sought.size(); ++i) {
      if (!(fasting_h[i] > 0)) {  // measured where the day begins: nothing to solve
        std::copy(baselines[i].state.begin(), baselines[i].state.end(), &rows[i * L::n_states]);
        statuses[i] = {};
        continue;
      }
      const auto& stops = sought[i].day.stops;
      const auto end = std::find_if(stops.begin(), stops.end(),
                                    [&](const ode::Stop& s) { return s.t_h >= fasting_h[i]; });
      stretches.push_back({{&sought[i].day.body,
                            baselines[i].state,
                            {stops.begin(), end},
                            {&fasting_h[i], 1},
                            {&rows[i * L::n_states], L::n_states}},
                           &statuses[i]});
    }
    const std::function<bool()> going = [this] { return keep_going(); };
    StretchFeed feed(std::move(stretches), going);
    lanes::kernels_in_use().run_1(feed, lane_tolerances(options_.solver()));
    for (std::size_t i = 0; i < sought.size(); ++i)
      if (statuses[i].ok())
        levels[i] = rows[i * L::n_states + L::plasma] / baselines[i].parameters.blood.v_plasma_L;
    return levels;
  }

  static constexpr std::size_t most_together_ = 256;

  const Options& options_;
  CycleTolerances tolerances_;
  std::size_t n_threads_;
};

}  // namespace mgpk::simulation::detail
