// From a state to a row of the table: the states themselves and what is read from them.
#pragma once

#include <Eigen/Core>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/body/body.hpp>
#include <mgpk/gut/stool.hpp>
#include <mgpk/kidney/filtration.hpp>
#include <mgpk/simulate/sources.hpp>

namespace mgpk::simulation {

/// What was given up to a time, by the timeline's own count.
template <class Real>
struct GivenOn {
  std::array<Real, max_sources> swallowed_mmol{};  ///< by source
  Real parenteral_mmol{};                          ///< into plasma and muscle
  Real lost_mmol{};                                ///< in the muscle, never to arrive
  Real unavailable_mmol{};                         ///< 1 - F of the doses, never to arrive
  /// Put in by resets and steady states, less what they took out: in all, and in the lumen where it
  /// came to more than before.
  Real reset_mmol{};
  std::array<Real, max_sources> lumen_reset_mmol{};

  Real total_mmol() const {
    Real sum = parenteral_mmol + lost_mmol + unavailable_mmol;
    for (const Real& mmol : swallowed_mmol) sum += mmol;
    return sum;
  }
};
using Given = GivenOn<double>;

/// `x` may hold more than the body, whose states come first.
template <std::size_t Sources, class State>
typename State::value_type magnesium_held_mmol(const State& x) {
  using L = body::Layout<Sources>;
  typename State::value_type sum{};
  for (std::size_t i = 0; i < L::n_states; ++i)
    if (L::holds_magnesium(i)) sum += x[i];
  return sum;
}

/// What the lumen holds of one source.
template <std::size_t Sources, class State>
typename State::value_type lumen_mmol(const State& x, std::size_t source) {
  using L = body::Layout<Sources>;
  typename State::value_type sum{};
  for (std::size_t segment = 0; segment < gut::n_segments; ++segment)
    sum += x[L::solid(source, segment)] + x[L::dissolved(source, segment)];
  return sum;
}

/// Names of all columns after time_h: the states, then the read-outs.
template <std::size_t Sources>
std::vector<std::string> column_names(const body::Body<Sources>& model) {
  std::vector<std::string> names{"time_h"};
  for (auto& name : body::state_names<Sources>(model.labels)) names.push_back(std::move(name));
  for (const char* name :
       {"c_plasma_total_mmol_per_L", "c_plasma_ultrafilterable_mmol_per_L",
        "c_plasma_ionized_mmol_per_L", "c_interstitial_mmol_per_L", "c_glycine_mmol_per_L",
        "filtered_load_mmol_per_h", "urine_mmol_per_h", "f_excreted_renal", "a_absorbed_mmol",
        "a_feces_dissolved_mmol", "a_feces_solid_mmol", "a_feces_mmol", "stool_water_g",
        "a_given_mmol", "a_lost_im_mmol", "a_unavailable_mmol", "a_reset_mmol",
        "a_ledger_gap_mmol"})
    names.emplace_back(name);
  for (const auto segment : gut::segment_names) {
    names.push_back("a_solid_" + std::string(segment) + "_mmol");
    names.push_back("a_dissolved_" + std::string(segment) + "_mmol");
  }
  for (std::size_t source = 0; source < Sources; ++source)
    names.push_back("f_absorbed_" + model.labels[source]);
  return names;
}

/// Writes rows of the table, column by column in the order of `column_names`. Numbers with slopes
/// want a table that takes them.
template <std::size_t Sources, class Real = double, class Table = Eigen::MatrixXd>
class RowWriter {
 public:
  using Model = body::Equations<Sources, Real>;
  using L = typename Model::L;
  using State = typename Model::template State<Real>;

  RowWriter(const Model& model, Table& table, const State& start)
      : model_(model), table_(table), held_at_start_mmol_(magnesium_held_mmol<Sources>(start)) {
    for (std::size_t source = 0; source < Sources; ++source)
      at_start_mmol_[source] = lumen_mmol<Sources>(start, source);
  }

  void write(std::size_t row, double t_h, const State& x, const GivenOn<Real>& given) {
    row_ = static_cast<Eigen::Index>(row);
    column_ = 0;
    put(Real(t_h));
    for (const Real& value : x) put(value);
    write_blood(t_h, x);
    write_totals(x, given);
    write_segments(x);
    for (std::size_t source = 0; source < Sources; ++source) {
      const Real offered =
          given.swallowed_mmol[source] + at_start_mmol_[source] + given.lumen_reset_mmol[source];
      put(offered > 0.0 ? x[L::absorbed(source)] / offered : Real(0.0));
    }
  }

 private:
  void put(const Real& value) { table_(row_, column_++) = value; }

  void write_blood(double t_h, const State& x) {
    const auto& p = model_.parameters;
    const Real c_total = model_.c_plasma_total_mmol_per_L(x);
    const Real c_uf = model_.c_plasma_uf_mmol_per_L(x);
    put(c_total);
    put(c_uf);
    put(p.blood.f_ionized * c_total);
    put(model_.c_interstitial_mmol_per_L(x));
    put(ligand::c_glycine_mmol_per_L(p.glycine, x[L::glycine_plasma]));
    put(kidney::filtered_load_mmol_per_h(model_.gfr_L_per_h(t_h), c_uf));
    put(model_.urine_mmol_per_h(t_h, x));
    put(kidney::f_excreted_renal(model_.tubule(x), c_uf));
  }

  void write_totals(const State& x, const GivenOn<Real>& given) {
    Real absorbed{}, dissolved{}, solid{};
    for (std::size_t label = 0; label < L::n_labels; ++label) {
      absorbed += x[L::absorbed(label)];
      dissolved += x[L::feces_dissolved(label)];
    }
    for (std::size_t source = 0; source < Sources; ++source) solid += x[L::feces_solid(source)];
    put(absorbed);
    put(dissolved);
    put(solid);
    put(dissolved + solid);
    put(gut::stool_water_g(model_.parameters.gut.stool_water_g_per_mmol, dissolved));
    put(given.total_mmol());
    put(given.lost_mmol);
    put(given.unavailable_mmol);
    put(given.reset_mmol);
    put(magnesium_held_mmol<Sources>(x) + given.lost_mmol + given.unavailable_mmol -
        held_at_start_mmol_ - given.total_mmol() - given.reset_mmol);
  }

  void write_segments(const State& x) {
    for (std::size_t segment = 0; segment < gut::n_segments; ++segment) {
      Real solid{}, dissolved{};
      for (std::size_t source = 0; source < Sources; ++source)
        solid += x[L::solid(source, segment)];
      for (std::size_t label = 0; label < L::n_labels; ++label)
        dissolved += x[L::dissolved(label, segment)];
      put(solid);
      put(dissolved);
    }
  }

  const Model& model_;
  Table& table_;
  Real held_at_start_mmol_;
  /// In the lumen, of the diet's last meals or of a regimen: absorbed in the run like the rest.
  std::array<Real, Sources> at_start_mmol_{};
  Eigen::Index row_ = 0;
  Eigen::Index column_ = 0;
};

}  // namespace mgpk::simulation
