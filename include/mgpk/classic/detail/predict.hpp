// How predictions are made: person by person, each on its timelines, by the engine that fits.
#pragma once

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/classic/engine.hpp>
#include <mgpk/classic/movers.hpp>
#include <mgpk/classic/predict.hpp>
#include <mgpk/nearest_name.hpp>
#include <mgpk/timeline/from_records.hpp>

namespace mgpk::classic {

namespace detail {

/// Every column that a model reads.
inline std::set<std::string> columns_of(const Model& model) {
  std::set<std::string> names;
  const auto add = [&](const Quantity& q) {
    if (q.is_column()) names.insert(q.column);
  };
  for (const auto member : parameter_members<Quantity>) add(model.parameters.*member);
  for (const auto& dose : model.doses) {
    add(dose.f_bioavailable);
    add(dose.tlag_h);
    add(dose.duration_h);
    add(dose.rate);
  }
  return names;
}

/// Whether numbers of the flows move on a line between records; doses only look at records.
inline bool flows_move(const Model& model, const CovariateRules& rules) {
  for (std::size_t i = 0; i < n_parameters; ++i) {
    const auto& quantity = model.parameters.*parameter_members<Quantity>[i];
    const auto rule = rules.find(quantity.column);
    const bool flows = parameter_names[i] != "scale" && parameter_names[i] != "t_zero_order_h" &&
                       parameter_names[i] != "c_baseline_amount_per_L";
    if (flows && quantity.is_column() && rule != rules.end() &&
        rule->second == CovariateRule::linear)
      return true;
  }
  return false;
}

inline EngineKind engine_for(const Model& model, const PredictOptions& options) {
  const bool exact = model.is_linear() && !flows_move(model, options.covariates);
  if (options.engine == EngineKind::closed_form && !exact)
    fail("there is a closed form only for linear elimination and numbers that rest between records",
         model.is_linear() ? "a covariate on a line" : "saturable elimination",
         "leave the engine automatic, or choose ode");
  if (options.engine != EngineKind::automatic) return options.engine;
  return exact ? EngineKind::closed_form : EngineKind::ode;
}

/// A dose into a depot of zero order runs out of it over the model's own time.
inline std::vector<record::Record> as_absorbed(const Model& model,
                                               std::span<const record::Record> records) {
  std::vector<record::Record> all(records.begin(), records.end());
  if (model.layout.absorption != Absorption::zero_order) return all;
  for (auto& r : all)
    if (record::gives_dose(r.event) && r.compartment <= 1 && r.rate == 0)
      r.rate = record::modelled_duration;
  return all;
}

/// The largest dose, which tells what amounts matter.
inline double largest_dose(std::span<const record::Record> records) {
  double largest = 0;
  for (const auto& r : records) largest = std::max({largest, r.amount, r.rate});
  return largest > 0 ? largest : 1.0;
}

inline ode::Options solver_options(const PredictOptions& options,
                                   std::span<const record::Record> records) {
  ode::Options solver;
  solver.relative_tolerance = options.relative_tolerance;
  solver.absolute_tolerance = options.absolute_tolerance_amount > 0
                                  ? options.absolute_tolerance_amount
                                  : 1e-4 * options.relative_tolerance * largest_dose(records);
  return solver;
}

template <class Mover>
ode::Status walk_person(const Model& model, std::span<const record::Record> records,
                        const PersonNumbers& numbers, const PredictOptions& options, Mover mover,
                        Predictions& out) {
  const auto timelines = timeline::timelines_of(
      records, model.layout.n_compartments(), 0,
      [&](std::size_t compartment, std::size_t record) {
        return numbers.attributes(compartment, record);
      },
      options.limit);
  Engine<Mover> engine(model, numbers, records, std::move(mover), out);
  for (const auto& timeline : timelines) {
    engine.begin();
    timeline::walk(timeline, engine);
  }
  return engine.status();
}

/// Columns that NONMEM would take for attributes of doses: ALAG1, F2, D1, R1, S2, and so on.
inline bool looks_like_attribute(const std::string& name) {
  for (const std::string stem : {"ALAG", "F", "D", "R", "S"})
    if (name == stem ||
        (name.size() == stem.size() + 1 && name.compare(0, stem.size(), stem) == 0 &&
         name.back() >= '0' && name.back() <= '9'))
      return true;
  return false;
}

}  // namespace detail

MGPK_COMPILED void validate(const PredictOptions& options, const Model& model) {
  ode::Options solver;
  solver.relative_tolerance = options.relative_tolerance;
  ode::validate(solver);
  require_not_negative("absolute_tolerance_amount", options.absolute_tolerance_amount,
                       "give an amount that does not matter, or 0 for one that suits the doses");
  const auto columns = detail::columns_of(model);
  for (const auto& [name, rule] : options.covariates)
    if (!columns.contains(name))
      fail("each rule of covariates must name a column that the model reads", '"' + name + '"',
           columns.empty()
               ? "this model reads none"
               : "it reads " + *columns.begin() + (columns.size() > 1 ? " and others" : ""));
}

MGPK_COMPILED PersonOutcome predict_person(const Model& model,
                                           std::span<const record::Record> records,
                                           const ColumnOf& column, const PredictOptions& options,
                                           Predictions& out) {
  PersonOutcome outcome;
  if (records.empty()) return outcome;
  outcome.first_row = records.front().row;
  outcome.n_rows = records.size();
  outcome.engine = detail::engine_for(model, options);
  const auto given = detail::as_absorbed(model, records);
  const PersonNumbers numbers(model, given, column, options.covariates);
  const Layout& at = model.layout;
  const ode::Options solver = detail::solver_options(options, given);
  if (outcome.engine == EngineKind::closed_form)
    outcome.status = detail::walk_person(model, given, numbers, options, ExactMover(at), out);
  else if (at.n_states() <= 4)
    outcome.status =
        detail::walk_person(model, given, numbers, options, SolverMover<4>(at, solver), out);
  else
    outcome.status = detail::walk_person(model, given, numbers, options,
                                         SolverMover<most_states>(at, solver), out);
  return outcome;
}

MGPK_COMPILED Predictions predict(const Model& model, const record::DataSet& data,
                                  const PredictOptions& options) {
  validate(model);
  validate(options, model);
  const auto columns = detail::columns_of(model);
  for (const auto& name : columns)
    if (!data.has_column(name))
      fail_unknown_name("each column that the model reads must stand in the data set", name,
                        data.column_names(), "give a number instead, or add the column");
  Predictions out;
  out.state_names = model.layout.state_names();
  out.resize(data.n_rows());
  for (const auto& name : data.column_names())
    if (detail::looks_like_attribute(name) && !columns.contains(name))
      out.unused_columns.push_back(name);
  for (const auto& person : data.people()) {
    const auto column = [&](const std::string& name) {
      return data.numbers(name).subspan(person.first_row, person.n_rows);
    };
    const auto records = data.records(person, model.layout.compartment_names());
    auto outcome = predict_person(model, records, column, options, out);
    outcome.id = person.id;
    if (!outcome.status.ok()) outcome.status.advice += " (ID " + person.id + ")";
    if (options.raise_on_failure) outcome.status.or_throw();
    out.people.push_back(std::move(outcome));
  }
  return out;
}

}  // namespace mgpk::classic
