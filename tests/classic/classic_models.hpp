// Models and records that the tests of the classic models share.
#pragma once

#include <cmath>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/classic/predict.hpp>

namespace mgpk::tests {

using Columns = std::map<std::string, std::vector<double>>;

/// All structures of linear elimination: 1 to 3 compartments and the four ways in.
inline std::vector<classic::Model> linear_models() {
  using classic::Absorption;
  std::vector<classic::Model> models;
  for (std::size_t n = 1; n <= 3; ++n)
    for (const auto absorption :
         {Absorption::none, Absorption::first_order, Absorption::zero_order, Absorption::transit}) {
      classic::Model model;
      model.layout = {absorption, absorption == Absorption::transit ? std::size_t{3} : 0, n};
      auto& p = model.parameters;
      p.cl_L_per_h = 1.1;
      p.v_central_L = 20;
      if (n > 1) p.q_1_L_per_h = 3, p.v_peripheral_1_L = 25;
      if (n > 2) p.q_2_L_per_h = 0.4, p.v_peripheral_2_L = 60;
      if (absorption == Absorption::first_order) p.ka_per_h = 1.5;
      if (absorption == Absorption::zero_order) p.t_zero_order_h = 2.5;
      if (absorption == Absorption::transit) p.k_transit_per_h = 2;
      model.name = std::to_string(n) + " compartments, absorption " +
                   std::to_string(static_cast<int>(absorption));
      models.push_back(model);
    }
  return models;
}

inline record::Record dose(double time_h, double amount, int compartment = 0) {
  record::Record r;
  r.time_h = time_h;
  r.event = record::Event::dose;
  r.amount = amount;
  r.compartment = compartment;
  return r;
}

inline record::Record look(double time_h) {
  record::Record r;
  r.time_h = time_h;
  return r;
}

inline record::Record infusion(double time_h, double amount, double rate, int compartment = 0) {
  record::Record r = dose(time_h, amount, compartment);
  r.rate = rate;
  return r;
}

inline record::Record every(double interval_h, int n_additional, int steady_state,
                            record::Record r) {
  r.interval_h = interval_h;
  r.n_additional = n_additional;
  r.at_steady_state = steady_state;
  return r;
}

struct Predicted {
  classic::Predictions rows;
  classic::PersonOutcome outcome;
  double c(std::size_t row) const { return rows.c_central_amount_per_L[row]; }
};

inline Predicted predicted(const classic::Model& model, std::vector<record::Record> records,
                           const classic::PredictOptions& options = {},
                           const Columns& columns = {}) {
  for (std::size_t i = 0; i < records.size(); ++i) records[i].row = i;
  Predicted p;
  classic::validate(model);
  classic::validate(options, model);
  p.rows.state_names = model.layout.state_names();
  p.rows.resize(records.size());
  p.outcome = classic::predict_person(
      model, records,
      [&](const std::string& name) { return std::span<const double>(columns.at(name)); }, options,
      p.rows);
  return p;
}

inline classic::PredictOptions by_solver(double relative_tolerance = 1e-9) {
  classic::PredictOptions options;
  options.engine = classic::EngineKind::ode;
  options.relative_tolerance = relative_tolerance;
  return options;
}

/// The largest difference of two predictions, against the largest concentration of the first.
inline double difference(const Predicted& a, const Predicted& b) {
  double largest = 0, apart = 0;
  for (std::size_t i = 0; i < a.rows.c_central_amount_per_L.size(); ++i) {
    largest = std::max(largest, std::abs(a.c(i)));
    const double gap = std::abs(a.c(i) - b.c(i));
    apart = std::isnan(gap) ? gap : std::max(apart, gap);
    if (std::isnan(apart)) return apart;
  }
  return apart / largest;
}

}  // namespace mgpk::tests
