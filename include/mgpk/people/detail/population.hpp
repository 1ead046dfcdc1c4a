// How the people of a population are drawn, solved and read.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/ode/status.hpp>
#include <mgpk/people/detail/together.hpp>
#include <mgpk/simulate/detail/chunks.hpp>
#include <mgpk/people/person.hpp>
#include <mgpk/people/population.hpp>
#include <mgpk/people/read_outs.hpp>
#include <mgpk/simulate/baseline.hpp>
#include <mgpk/simulate/simulate.hpp>

namespace mgpk {

namespace people::detail {

inline bool has_run(const PopulationOptions& options) {
  return options.run.until_h > 0 || !options.run.times_h.empty();
}

inline Run run_of(const Subject& subject, const PopulationOptions& options,
                  const simulation::Baseline& baseline) {
  return options.plan ? simulate(subject, *options.plan, options.run, baseline)
                      : simulate(subject, options.run, baseline);
}

/// Persons solved: the usual day, the urine collected, the run.
class Solver {
 public:
  explicit Solver(const PopulationOptions& options) : options_(options) {
    options_.run.throw_on_failure = true;
    options_.run.with_baseline = options.plan.has_value();
    if (options.plan) labels_ = labels_of(*options.plan);
  }

  std::vector<std::string> number_names() const {
    auto names = day_names;
    names.emplace_back("urine_collected_mmol_per_d");
    if (options_.plan)
      for (auto& name : plan_names(labels_)) names.push_back(std::move(name));
    return names;
  }

  std::vector<MemberOutcome> solve(const std::vector<Person>& persons) const {
    std::vector<Subject> subjects;
    subjects.reserve(persons.size());
    for (const auto& person : persons) subjects.push_back(person.subject);
    const Schedule nothing, *plan = options_.plan ? &*options_.plan : &nothing;
    Together together(subjects, options_.run, has_run(options_) ? plan : nullptr,
                      options_.how.n_threads);
    return std::move(together).read(
        [&](std::size_t i, const Run& day, const Run* run) { return read(persons[i], day, run); },
        options_.how.n_threads);
  }

  /// Names a column that no run has, before all people are solved for nothing.
  void check_columns(const Person& somebody) const {
    if (!has_run(options_) || options_.columns.empty()) return;
    auto options = options_;
    options.run.until_h = 0;
    options.run.times_h = {0.0, 0.1};
    options.run.with_baseline = false;
    try {
      const auto baseline = simulation::baseline_of(somebody.subject, options.run);
      const Run run = run_of(somebody.subject, options, baseline);
      for (const auto& column : options.columns) run.values(column);
    } catch (const ode::SolveError&) {  // of this person, whose line will say so
    }
  }

 private:
  Outcome read(const Person& person, const Run& day, const Run* run) const {
    Outcome outcome{day_numbers(day), {}};
    outcome.numbers.push_back(collected_mmol_per_d(person, outcome.numbers[2]));
    if (!run) return outcome;
    if (options_.plan)
      for (const double number : plan_numbers(*run, labels_)) outcome.numbers.push_back(number);
    for (const auto& column : options_.columns) outcome.curves.push_back(run->values(column));
    return outcome;
  }

  /// The mean of the collections.
  static double collected_mmol_per_d(const Person& person, double urine_mmol_per_d) {
    double sum = 0;
    for (const double factor : person.urine_collection_factors) sum += factor;
    return urine_mmol_per_d * sum / static_cast<double>(person.urine_collection_factors.size());
  }

  PopulationOptions options_;
  std::vector<std::string> labels_;
};

inline void check(std::size_t n, const PopulationOptions& options) {
  require(n >= 1, "a population needs at least one person", static_cast<double>(n),
          "give how many are to be drawn");
  validate(options.selection);
  ode::validate(options.run.solver());
  if (options.plan && options.plan->empty())
    fail("the plan of a population needs at least one line", "empty",
         "add one, or leave the plan out for the usual day");
  if (has_run(options)) return simulation::validate(options.run);
  if (options.plan)
    fail("a population under a plan needs until_h or times_h", "neither",
         "give the end of the runs in hours");
  if (!options.columns.empty())
    fail("columns are kept of runs, which need until_h or times_h", "neither",
         "give the end of the runs in hours, or leave columns out");
}

}  // namespace people::detail

MGPK_COMPILED Population population(std::size_t n, const people::PopulationOptions& options) {
  people::detail::check(n, options);
  const people::detail::Solver solver(options);
  solver.check_columns(people::draw_person(options.seed, 0, options.selection));
  Population made{options.seed,
                  options.selection,
                  options.plan,
                  std::vector<Subject>(n),
                  people::drawn_names(),
                  {},
                  {}};
  made.drawn.resize(static_cast<Eigen::Index>(n),
                    static_cast<Eigen::Index>(made.drawn_names.size()));
  const auto solve = [&](std::size_t first, std::size_t last) {
    std::vector<people::Person> persons;
    for (std::size_t i = first; i < last; ++i)
      persons.push_back(people::draw_person(options.seed, i, options.selection));
    return solver.solve(persons);
  };
  for (std::size_t i = 0; i < n; ++i) {
    auto person = people::draw_person(options.seed, i, options.selection);
    for (std::size_t j = 0; j < person.drawn.size(); ++j)
      made.drawn(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = person.drawn[j];
    made.subjects[i] = std::move(person.subject);
  }
  const bool runs = people::detail::has_run(options);
  made.ensemble = people::solve_ensemble_in_chunks(
      n, simulation::detail::chunk_of_runs(options.run), solver.number_names(), options.columns,
      runs ? simulation::output_times_h(options.run) : std::vector<double>{}, solve, options.how);
  return made;
}

}  // namespace mgpk
