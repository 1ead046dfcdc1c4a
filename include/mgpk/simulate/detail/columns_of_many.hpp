// How the columns of many are solved: a chunk of persons at a time, each table gone once it is
// read.
#pragma once

#include <algorithm>
#include <cstddef>
#include <exception>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/nearest_name.hpp>
#include <mgpk/simulate/baselines.hpp>
#include <mgpk/simulate/columns.hpp>
#include <mgpk/simulate/columns_of_many.hpp>
#include <mgpk/simulate/detail/by_size.hpp>
#include <mgpk/simulate/detail/cycle_problem.hpp>
#include <mgpk/simulate/detail/plan_problem.hpp>
#include <mgpk/simulate/detail/shared_work.hpp>
#include <mgpk/simulate/instruction_set.hpp>
#include <mgpk/simulate/solve_many.hpp>
#include <mgpk/simulate/trajectory.hpp>

namespace mgpk {

namespace simulation::detail {

/// An empty table of a plan, to see which columns there are.
template <std::size_t Sources>
Trajectory empty_table(const std::vector<Source>& sources) {
  body::Body<Sources> model;
  for (std::size_t i = 0; i < Sources; ++i) model.labels[i] = sources[i].name;
  model.labels[Sources] = "endogenous";
  return {column_names<Sources>(model), 1};
}

inline Trajectory empty_table(const std::vector<Source>& sources) {
  return by_size(sources.size(),
                 [&]<std::size_t Sources>() { return empty_table<Sources>(sources); });
}

/// Writes a column into every `stride`-th place; an unknown name throws and names the nearest ones.
inline void read_column(const Trajectory& table, const std::string& name, double* place,
                        std::size_t stride) {
  const auto converted = in_clinical_unit(table, name);
  const std::span<const double> column =
      converted.empty() ? table.column(name) : std::span<const double>(converted);
  for (const double value : column) {
    *place = value;
    place += stride;
  }
}

/// The persons of one chunk: their baselines, then their runs.
class ChunkOfColumns {
 public:
  ChunkOfColumns(const ColumnsOfMany& wanted, std::size_t first, std::size_t last,
                 const std::vector<double>& times_h, std::span<double> values)
      : wanted_(wanted), first_(first), n_(last - first), times_h_(times_h), values_(values) {
    for (std::size_t i = first; i < last; ++i) subjects_.push_back(*wanted.subjects[i]);
    reasons_.assign(n_, "stopped before this run");
  }

  /// False when it was stopped.
  bool solve() {
    auto baselines = baselines_of(subjects_, wanted_.options, wanted_.n_threads);
    ManyProblems problems;
    for (std::size_t k = 0; k < n_; ++k) {
      starts_.push_back(std::move(baselines[k].baseline));
      if (!starts_[k]) reasons_[k] = std::move(baselines[k].failure);
      problems.n_sources.push_back(starts_[k] ? sources_of(plan(k)).size() : 0);
    }
    problems.make = [this](std::size_t k) { return make(k); };
    problems.take = [this](std::size_t k, const Solved& solved) { take(k, solved); };
    ManyOptions how{.solver = wanted_.options.solver(), .n_threads = wanted_.n_threads};
    how.progress = [this](std::size_t done, std::size_t) {
      return !wanted_.progress || wanted_.progress(first_ + done, wanted_.subjects.size());
    };
    return !solve_many(problems, how).stopped;
  }

  void tell(std::vector<FailureOfOne>& failures) {
    for (std::size_t k = 0; k < n_; ++k)
      if (!reasons_[k].empty()) failures.push_back({first_ + k, std::move(reasons_[k])});
  }

 private:
  const Schedule& plan(std::size_t k) const {
    static const Schedule nothing;
    if (wanted_.plans.empty()) return nothing;
    return *wanted_.plans[wanted_.plans.size() == 1 ? 0 : first_ + k];
  }

  std::optional<Problem> make(std::size_t k) {
    try {
      const auto& food = food_only();
      Run run{subjects_[k], plan(k), wanted_.options,        sources_of(plan(k)),
              {},           {},      std::move(*starts_[k]), {},
              {},           {}};
      starts_[k].reset();
      return problem_of(run, run.plan, run.sources, {food, run.start.state}, {}, times_h_);
    } catch (const std::exception& error) {
      reasons_[k] = error.what();
      return std::nullopt;
    }
  }

  void take(std::size_t k, const Solved& solved) {
    reasons_[k] = solved.status.ok() ? "" : solved.status.message();
    if (!solved.status.ok()) return;
    const std::size_t n_columns = wanted_.columns.size();
    double* place = values_.data() + k * times_h_.size() * n_columns;
    for (std::size_t j = 0; j < n_columns; ++j)
      read_column(solved.trajectory, wanted_.columns[j], place + j, n_columns);
  }

  const ColumnsOfMany& wanted_;
  std::size_t first_, n_;
  const std::vector<double>& times_h_;
  std::span<double> values_;  ///< of this chunk
  std::vector<Subject> subjects_;
  std::vector<std::optional<Baseline>> starts_;
  std::vector<std::string> reasons_;  ///< empty where there are numbers
};

/// So many persons share their baselines' search: enough to keep lanes full, few beside a result.
inline constexpr std::size_t persons_of_chunk = 1024;

}  // namespace simulation::detail

MGPK_COMPILED std::size_t n_numbers_of_one(const ColumnsOfMany& wanted) {
  simulation::validate(wanted.options);
  const auto check = [&](const std::vector<simulation::Source>& sources) {
    const auto table = simulation::detail::empty_table(sources);
    double value = 0.0;
    for (const auto& name : wanted.columns) simulation::detail::read_column(table, name, &value, 1);
  };
  std::vector<std::vector<simulation::Source>> seen;
  if (wanted.plans.empty()) check(simulation::detail::food_only());
  for (const Schedule* plan : wanted.plans) {
    auto sources = simulation::sources_of(*plan);
    if (std::find(seen.begin(), seen.end(), sources) != seen.end()) continue;
    check(sources);
    seen.push_back(std::move(sources));
  }
  return simulation::output_times_h(wanted.options).size() * wanted.columns.size();
}

MGPK_COMPILED double working_memory_bytes(const ColumnsOfMany& wanted) {
  const double n_rows = static_cast<double>(simulation::output_times_h(wanted.options).size());
  const double n_threads = static_cast<double>(
      simulation::detail::thread_count(wanted.n_threads, wanted.subjects.size()));
  const double n_lanes = static_cast<double>(simulation::lane_count());
  const double n_chunk =
      static_cast<double>(std::min(simulation::detail::persons_of_chunk, wanted.subjects.size()));
  constexpr double of_person = 2e4, n_states = body::Layout<simulation::max_sources>::n_states;
  // A lane keeps the states of all rows; a table, half as wide again as the states, is made of
  // them.
  return n_chunk * of_person + n_threads * n_rows * sizeof(double) * n_states * (n_lanes + 2.0);
}

MGPK_COMPILED std::vector<FailureOfOne> solve_columns(const ColumnsOfMany& wanted,
                                                      std::span<double> values) {
  const std::size_t n = wanted.subjects.size(), n_plans = wanted.plans.size();
  const std::size_t of_one = n_numbers_of_one(wanted);
  require(n_plans <= 1 || n_plans == n, "plans must be one for all or one for each subject",
          static_cast<double>(n_plans), "give one plan, or as many as there are subjects");
  require(values.size() == n * of_one,
          "values must hold subjects x times x columns numbers, which are " +
              text_of(static_cast<double>(n * of_one)),
          static_cast<double>(values.size()), "give room for them");
  const auto times_h = simulation::output_times_h(wanted.options);
  std::vector<FailureOfOne> failures;
  bool going = true;
  for (std::size_t first = 0; first < n; first += simulation::detail::persons_of_chunk) {
    const std::size_t last = std::min(first + simulation::detail::persons_of_chunk, n);
    const auto part = values.subspan(first * of_one, (last - first) * of_one);
    std::fill(part.begin(), part.end(), std::numeric_limits<double>::quiet_NaN());
    simulation::detail::ChunkOfColumns chunk(wanted, first, last, times_h, part);
    going = going && chunk.solve();
    chunk.tell(failures);
  }
  return failures;
}

}  // namespace mgpk
