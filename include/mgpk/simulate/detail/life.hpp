// One problem on its way through a lane: what it brings along, and its rows when it is done.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <mgpk/simulate/columns.hpp>
#include <mgpk/simulate/detail/body_events.hpp>
#include <mgpk/simulate/detail/ledger.hpp>
#include <mgpk/simulate/detail/sized_body.hpp>
#include <mgpk/simulate/lanes/feed.hpp>
#include <mgpk/simulate/solve.hpp>
#include <mgpk/timeline/once.hpp>

namespace mgpk::simulation::detail {

/// The stops of a timeline. What is given is added by the solver itself; of the others `index` is
/// the event. Traces are forgotten once a day.
template <std::size_t Sources>
void write_stops(const timeline::Timeline& timeline, std::vector<ode::Stop>& stops) {
  using timeline::Kind;
  constexpr double keep_traces_h = 24.0;
  double forgotten_h = 0.0;
  stops.clear();
  for (std::size_t k = 0; k < timeline.events.size(); ++k) {
    const auto& event = timeline.events[k];
    if (!changes_body(timeline, event)) continue;
    if (event.t_h >= forgotten_h + keep_traces_h) {
      stops.push_back({event.t_h, ode::Change::custom, ode::npos, 0.0});
      forgotten_h = event.t_h;
    }
    const bool gives = event.kind == Kind::give;
    const bool infuses = event.kind == Kind::set_rate && event.compartment == target::plasma;
    const std::size_t state = state_of_target<Sources>(event.compartment);
    if (gives && state < body::Layout<Sources>::n_states)
      stops.push_back({event.t_h, ode::Change::add_to_state, state, event.amount});
    else if (infuses || (!gives && event.kind != Kind::set_rate))
      stops.push_back({event.t_h, ode::Change::custom, k, 0.0});
  }
}

template <std::size_t Sources>
class Life {
 public:
  using L = body::Layout<Sources>;
  using Numbers = body::Equations<Sources>;
  using State = typename body::Body<Sources>::template State<double>;

  /// Gets ready for a lane.
  void begin(Problem problem) {
    problem_ = std::move(problem);
    model_ = body_for<Sources>(problem_.parameters, problem_.values, problem_.sources);
    circumstances_.emplace(problem_.timeline, model_);
    write_stops<Sources>(problem_.timeline.given, stops_);
    times_h_ = at_stops(problem_.times_h, problem_.timeline.given.events);
    if (times_h_.empty() || times_h_.back() < problem_.until_h)
      times_h_.push_back(problem_.until_h);
    rows_.resize(times_h_.size() * L::n_states);
    replaced_.clear();
    passenger_ = {&model_, problem_.start, stops_, times_h_, rows_};
  }

  const Problem& problem() const { return problem_; }
  const lanes::Passenger<Sources>& passenger() const { return passenger_; }

  /// What the solver does not do by itself at a stop.
  void change(const ode::Stop& stop, Numbers& body, State& x) {
    if (stop.index == ode::npos) return forget_traces(x);
    const auto& event = problem_.timeline.given.events[stop.index];
    if (event.kind == timeline::Kind::set_rate) {
      body.iv_mmol_per_h = event.amount;
    } else if (event.kind == timeline::Kind::look) {
      circumstances_->look(event.record, body);
    } else {
      const State old = x;
      detail::replace<L>(problem_.become, event, x);
      replaced_.push_back({old, x});
    }
  }

  /// After the end: the table, with the books as they stood at each row.
  Solved solved(const ode::MemberStatus& status) {
    Solved solved;
    const auto& times_h = problem_.times_h;
    if (!times_h.empty()) solved.trajectory = {column_names<Sources>(model_), times_h.size()};
    std::copy(times_h.begin(), times_h.end(), solved.trajectory.values().data());
    write_rows(solved.trajectory.values());
    const State end = row(times_h_.size() - 1);
    solved.end.assign(end.begin(), end.end());
    solved.statistics.n_steps = status.n_steps;
    solved.statistics.n_rejected = status.n_rejected;
    solved.statistics.method_now = ode::Method::automatic;
    return solved;
  }

 private:
  State row(std::size_t i) const {
    State x;
    std::copy_n(&rows_[i * L::n_states], x.size(), x.begin());
    return x;
  }

  /// Walks the timeline once more, with the states that are known by now.
  void write_rows(Eigen::MatrixXd& table) {
    const auto& timeline = problem_.timeline.given;
    State start;
    std::copy_n(problem_.start.begin(), start.size(), start.begin());
    RowWriter<Sources> writer(model_, table, start);
    Ledger ledger;
    circumstances_.emplace(problem_.timeline, model_);
    double now_h = 0.0;
    std::size_t next_row = 0, n_replaced = 0;
    const auto go_to = [&](double stop_h, bool with_stop) {
      for (; next_row < problem_.times_h.size(); ++next_row) {
        const double t_h = times_h_[next_row];
        if (!(t_h < stop_h || (with_stop && t_h <= stop_h))) break;
        writer.write(next_row, problem_.times_h[next_row], row(next_row),
                     ledger.after(t_h - now_h));
      }
      ledger.pass(stop_h - now_h);
      now_h = stop_h;
    };
    for (const auto& event : timeline.events) {
      if (!changes_body(timeline, event)) continue;
      go_to(event.t_h, false);
      book(event, ledger, n_replaced);
    }
    go_to(problem_.until_h, true);
    timeline::require_applied_once(timeline, timeline.events.size(), ledger.arrived());
  }

  void book(const timeline::Event& event, Ledger& ledger, std::size_t& n_replaced) {
    using timeline::Kind;
    if (event.kind == Kind::give) {
      ledger.give(event.compartment, event.amount);
    } else if (event.kind == Kind::set_rate) {
      ledger.set_rate(event.compartment, event.amount);
    } else if (event.kind == Kind::look) {
      circumstances_->look(event.record, model_);
    } else {
      const auto& [old, now] = replaced_.at(n_replaced++);
      ledger.template replace<Sources>(old, now);
    }
  }

  Problem problem_;
  body::Body<Sources> model_;
  std::optional<Circumstances<Sources>> circumstances_;
  std::vector<ode::Stop> stops_;
  std::vector<double> times_h_;  ///< of the rows, and the end
  std::vector<double> rows_;
  std::vector<std::pair<State, State>> replaced_;  ///< before and after each reset
  lanes::Passenger<Sources> passenger_{};
};

}  // namespace mgpk::simulation::detail
