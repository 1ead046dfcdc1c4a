// One problem with slopes on its way through a lane, and its tables when it is done.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include <mgpk/simulate/columns.hpp>
#include <mgpk/simulate/detail/along.hpp>
#include <mgpk/simulate/detail/books.hpp>
#include <mgpk/simulate/detail/life.hpp>
#include <mgpk/simulate/detail/sized_body.hpp>
#include <mgpk/simulate/lanes/sloped_feed.hpp>
#include <mgpk/simulate/solve.hpp>

namespace mgpk::simulation::detail {

/// How a problem moves along one direction. Empty parts do not move.
struct ProblemSlope {
  evidence::Values<Sloped> values{};
  body::BodyParameters<Sloped> parameters{};
  std::vector<body::BodyParameters<Sloped>> altered{};  ///< by alteration of the timeline
  std::vector<double> amounts{};                        ///< by event; empty where none moves
  std::vector<double> start{};                          ///< by state
};

/// The slopes of a table, as a row writer fills them.
struct SlopeTable {
  struct Cell {
    double& slope;
    void operator=(const Sloped& number) { slope = number.slope[0]; }
  };
  Eigen::MatrixXd slopes;
  Cell operator()(Eigen::Index row, Eigen::Index column) { return {slopes(row, column)}; }
};

template <std::size_t Sources>
class SlopedLife {
 public:
  using L = body::Layout<Sources>;
  using Numbers = body::Equations<Sources>;
  using State = typename Life<Sources>::State;

  SlopedLife(Problem problem, std::vector<ProblemSlope> slopes) : slopes_(std::move(slopes)) {
    life_.begin(std::move(problem));
    const auto& plain = life_.passenger();
    bool amounts_move = false;
    for (const auto& slope : slopes_) {
      d_body_.push_back(slopes_of(body_along(slope)));
      d_start_.insert(d_start_.end(), slope.start.begin(), slope.start.end());
      circumstances_.emplace_back(life_.problem().timeline, body_along(slope), slope.altered);
      amounts_move = amounts_move || !slope.amounts.empty();
    }
    if (amounts_move) write_stop_slopes();
    rows_.resize(plain.times_h.size() * L::n_states * (1 + slopes_.size()));
    passenger_ = {plain.body, plain.start, plain.stops, plain.times_h,
                  d_body_,    d_start_,    d_stops_,    rows_};
  }

  const lanes::SlopedPassenger<Sources>& passenger() const { return passenger_; }
  const Problem& problem() const { return life_.problem(); }
  double state_slope(std::size_t row, std::size_t state, std::size_t direction) const {
    return rows_[(row * L::n_states + state) * (1 + slopes_.size()) + 1 + direction];
  }

  void change(const ode::Stop& stop, Numbers& body, State& x) { life_.change(stop, body, x); }

  void change_slopes(const ode::Stop& stop, std::size_t direction, Numbers& d_body, State&) {
    if (stop.index == ode::npos) return;
    const auto& event = problem().timeline.given.events[stop.index];
    const auto& amounts = slopes_[direction].amounts;
    if (event.kind == timeline::Kind::set_rate) {
      d_body.iv_mmol_per_h = amounts.empty() ? 0.0 : amounts[stop.index];
    } else {
      auto body = with_slopes(d_body);
      circumstances_[direction].look(event.record, body);
      d_body = slopes_of(body);
    }
  }

  /// After the end: the table of values.
  Solved solved(const ode::MemberStatus& status) {
    const std::size_t n_parts = 1 + slopes_.size();
    const auto plain = life_.passenger().rows;
    for (std::size_t i = 0; i < plain.size(); ++i) plain[i] = rows_[i * n_parts];
    return life_.solved(status);
  }
  /// And the table of its slopes along a direction.
  Eigen::MatrixXd slopes_of_table(std::size_t direction, Eigen::Index n_columns) const {
    const auto& problem = life_.problem();
    const auto& slope = slopes_[direction];
    SlopedNumbers model = body_along(slope);
    const auto n_rows = static_cast<Eigen::Index>(problem.times_h.size());
    SlopeTable table{Eigen::MatrixXd(n_rows, n_columns)};
    SlopedState start;
    for (std::size_t k = 0; k < start.size(); ++k)
      start[k] = with_slope(problem.start[k], slope.start[k]);
    RowWriter<Sources, Sloped, SlopeTable> writer(model, table, start);
    Circumstances<Sources, Sloped> circumstances(problem.timeline, model, slope.altered);
    const auto times_h = passenger_.times_h.first(problem.times_h.size());
    keep_books<Sloped>(problem.timeline.given, times_h, problem.until_h,
                       Steps{*this, direction, writer, circumstances, model});
    return std::move(table.slopes);
  }

 private:
  using SlopedNumbers = body::Equations<Sources, Sloped>;
  using SlopedState = typename SlopedNumbers::template State<Sloped>;

  struct Steps {
    const SlopedLife& life;
    std::size_t direction;
    RowWriter<Sources, Sloped, SlopeTable>& writer;
    Circumstances<Sources, Sloped>& circumstances;
    SlopedNumbers& model;

    Sloped amount(std::size_t k) const {
      const auto& slopes = life.slopes_[direction].amounts;
      return with_slope(life.problem().timeline.given.events[k].amount,
                        slopes.empty() ? 0.0 : slopes[k]);
    }
    void write(std::size_t row, const GivenOn<Sloped>& given) {
      writer.write(row, life.problem().times_h[row], life.row(row, direction), given);
    }
    void look(std::size_t record) { circumstances.look(record, model); }
    void replace(Ledger<Sloped>&) {}  // such plans are refused
  };

  SlopedState row(std::size_t i, std::size_t direction) const {
    const std::size_t n_parts = 1 + slopes_.size();
    const double* numbers = &rows_[i * L::n_states * n_parts];
    SlopedState x;
    for (std::size_t k = 0; k < x.size(); ++k, numbers += n_parts)
      x[k] = with_slope(numbers[0], numbers[1 + direction]);
    return x;
  }

  SlopedNumbers body_along(const ProblemSlope& slope) const {
    return body_for<Sources>(slope.parameters, slope.values, problem().sources);
  }
  static Numbers slopes_of(const SlopedNumbers& body) {
    Numbers slopes;
    ode::take_part<Sloped>(body, 1, slopes);
    return slopes;
  }
  static SlopedNumbers with_slopes(const Numbers& slopes) {
    SlopedNumbers body{};
    ode::set_part<Sloped>(body, 1, slopes);
    return body;
  }

  void write_stop_slopes() {
    const auto events = events_of_stops<Sources>(problem().timeline.given);
    for (const auto& slope : slopes_)
      for (const std::size_t event : events)
        d_stops_.push_back(slope.amounts.empty() || event == ode::npos ? 0.0
                                                                       : slope.amounts[event]);
  }

  std::vector<ProblemSlope> slopes_;
  Life<Sources> life_;
  std::vector<Circumstances<Sources, Sloped>> circumstances_;
  std::vector<Numbers> d_body_;
  std::vector<double> d_start_, d_stops_, rows_;
  lanes::SlopedPassenger<Sources> passenger_{};
};

}  // namespace mgpk::simulation::detail
