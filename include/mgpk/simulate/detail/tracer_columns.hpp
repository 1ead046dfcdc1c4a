// From a traced state to a row: the columns of the body, then those of each tracer.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <mgpk/body/traced.hpp>
#include <mgpk/simulate/columns.hpp>
#include <mgpk/simulate/tracers.hpp>

namespace mgpk::simulation::detail {

template <std::size_t Sources>
std::vector<std::string> traced_column_names(const body::Traced<Sources, most_tracers>& model,
                                             std::size_t n_tracers) {
  using T = typename body::Traced<Sources, most_tracers>::T;
  auto names = column_names<Sources>(model.body);
  for (std::size_t tracer = 0; tracer < n_tracers; ++tracer) {
    const std::string& name = model.tracers[tracer];
    for (std::size_t k = 0; k < T::n_passengers; ++k)
      names.push_back(column_of(model.body.state_name(T::carrier(k)), name));
    names.push_back("f_plasma_of_" + name);
    names.push_back("urine_of_" + name + "_mmol_per_h");
    for (const char* amount : {"a_given_mmol", "a_absorbed_first_mmol", "a_absorbed_mmol",
                               "a_feces_mmol", "a_exchangeable_mmol", "a_ledger_gap_mmol"})
      names.push_back(column_of(amount, name));
  }
  return names;
}

/// Writes the part of a row that belongs to the tracers.
template <std::size_t Sources>
class TracerWriter {
 public:
  using Model = body::Traced<Sources, most_tracers>;
  using L = typename Model::L;
  using T = typename Model::T;
  using State = typename Model::template State<double>;

  TracerWriter(const Model& model, std::size_t n_tracers, Eigen::MatrixXd& table)
      : model_(model),
        n_tracers_(n_tracers),
        table_(table),
        first_column_(static_cast<Eigen::Index>(column_names<Sources>(model.body).size())) {}

  void write(std::size_t row, double t_h, const State& x, const Given& given) {
    row_ = static_cast<Eigen::Index>(row);
    column_ = first_column_;
    const double urine_mmol_per_h = model_.body.urine_mmol_per_h(t_h, x);
    for (std::size_t tracer = 0; tracer < n_tracers_; ++tracer) {
      const auto of = [&](std::size_t state) { return x[T::passenger(tracer, state)]; };
      for (std::size_t k = 0; k < T::n_passengers; ++k) put(of(T::carrier(k)));
      const double enrichment = x[L::plasma] > 0 ? of(L::plasma) / x[L::plasma] : 0.0;
      put(enrichment);
      put(enrichment * urine_mmol_per_h);
      write_amounts(of, given_mmol(tracer, given));
    }
  }

 private:
  void put(double value) { table_(row_, column_++) = value; }

  double given_mmol(std::size_t tracer, const Given& given) const {
    const auto& followed = model_.followed[tracer];
    double sum = followed.into_blood ? given.parenteral_mmol : 0.0;
    for (std::size_t source = 0; source < Sources; ++source)
      if (followed.source[source]) sum += given.swallowed_mmol[source];
    return sum;
  }

  template <class Of>
  void write_amounts(const Of& of, double given_mmol) {
    double first = 0, feces = 0, held = 0;
    for (std::size_t source = 0; source < Sources; ++source) {
      first += of(L::absorbed(source));
      feces += of(L::feces_solid(source));
    }
    for (std::size_t label = 0; label < L::n_labels; ++label)
      feces += of(L::feces_dissolved(label));
    for (std::size_t k = 0; k < T::n_passengers; ++k)
      if (L::holds_magnesium(T::carrier(k))) held += of(T::carrier(k));
    put(given_mmol);
    put(first);
    put(first + of(L::absorbed(L::endogenous)));
    put(feces);
    put(of(L::plasma) + of(L::interstitial) + of(L::cells) + of(L::red_cells));
    put(held - given_mmol);
  }

  const Model& model_;
  std::size_t n_tracers_;
  Eigen::MatrixXd& table_;
  Eigen::Index first_column_;
  Eigen::Index row_ = 0;
  Eigen::Index column_ = 0;
};

}  // namespace mgpk::simulation::detail
