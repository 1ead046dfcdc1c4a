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
#include <mgpk/simulate/detail/books.hpp>
#include <mgpk/simulate/detail/sized_body.hpp>
#include <mgpk/simulate/lanes/feed.hpp>
#include <mgpk/simulate/solve.hpp>
#include <mgpk/timeline/once.hpp>

namespace mgpk::simulation::detail {

/// Calls `add(stop, event)` for the stops of a timeline. What is given is added by the solver
/// itself; of the others `index` is the event. Traces are forgotten once a day, at no event.
template <std::size_t Sources, class Add>
void each_stop(const timeline::Timeline& timeline, Add&& add) {
  using timeline::Kind;
  constexpr double keep_traces_h = 24.0;
  double forgotten_h = 0.0;
  for (std::size_t k = 0; k < timeline.events.size(); ++k) {
    const auto& event = timeline.events[k];
    if (!changes_body(timeline, event)) continue;
    if (event.t_h >= forgotten_h + keep_traces_h) {
      add(ode::Stop{event.t_h, ode::Change::custom, ode::npos, 0.0}, ode::npos);
      forgotten_h = event.t_h;
    }
    const bool gives = event.kind == Kind::give;
    const bool infuses = event.kind == Kind::set_rate && event.compartment == target::plasma;
    const std::size_t state = state_of_target<Sources>(event.compartment);
    if (gives && state < body::Layout<Sources>::n_states)
      add(ode::Stop{event.t_h, ode::Change::add_to_state, state, event.amount}, k);
    else if (infuses || (!gives && event.kind != Kind::set_rate))
      add(ode::Stop{event.t_h, ode::Change::custom, k, 0.0}, k);
  }
}

template <std::size_t Sources>
void write_stops(const timeline::Timeline& timeline, std::vector<ode::Stop>& stops) {
  stops.clear();
  each_stop<Sources>(timeline, [&](const ode::Stop& stop, std::size_t) { stops.push_back(stop); });
}

/// The event behind each stop; npos where there is none.
template <std::size_t Sources>
std::vector<std::size_t> events_of_stops(const timeline::Timeline& timeline) {
  std::vector<std::size_t> events;
  each_stop<Sources>(timeline,
                     [&](const ode::Stop&, std::size_t event) { events.push_back(event); });
  return events;
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
    solved.statistics.n_rhs = status.n_rhs;
    solved.statistics.method_now = ode::Method::automatic;
    return solved;
  }

 private:
  State row(std::size_t i) const {
    State x;
    std::copy_n(&rows_[i * L::n_states], x.size(), x.begin());
    return x;
  }

  /// What the books ask for, of the rows that are known by now.
  struct Steps {
    Life& life;
    RowWriter<Sources>& writer;
    std::size_t n_replaced = 0;

    double amount(std::size_t k) const { return life.problem_.timeline.given.events[k].amount; }
    void write(std::size_t row, const Given& given) {
      writer.write(row, life.problem_.times_h[row], life.row(row), given);
    }
    void look(std::size_t record) { life.circumstances_->look(record, life.model_); }
    void replace(Ledger<>& ledger) {
      const auto& [old, now] = life.replaced_.at(n_replaced++);
      ledger.template replace<Sources>(old, now);
    }
  };

  void write_rows(Eigen::MatrixXd& table) {
    const auto& timeline = problem_.timeline.given;
    State start;
    std::copy_n(problem_.start.begin(), start.size(), start.begin());
    RowWriter<Sources> writer(model_, table, start);
    circumstances_.emplace(problem_.timeline, model_);
    const auto times_h = std::span(times_h_).first(problem_.times_h.size());
    const auto ledger =
        keep_books<double>(timeline, times_h, problem_.until_h, Steps{*this, writer});
    timeline::require_applied_once(timeline, timeline.events.size(), ledger.arrived());
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
