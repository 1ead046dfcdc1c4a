// How effects are read out of a run.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/effect/parameters.hpp>
#include <mgpk/simulate/detail/effect_days.hpp>
#include <mgpk/simulate/effects.hpp>

namespace mgpk::simulation {

namespace detail {

inline void check_effects(const Run& run) {
  if (run.baseline.n_rows() == 0)
    fail("effects need the baseline run beside the run", "a run without baseline",
         "simulate with with_baseline = true");
}

inline std::vector<std::string> effect_column_names() {
  std::vector<std::string> names{"time_h", "c_plasma_total_rise_mmol_per_L",
                                 "c_plasma_ionized_rise_mmol_per_L", "n_toxicity_bands"};
  for (const auto band : effect::toxicity_band_names)
    names.push_back("n_band_" + std::string(band));
  for (const char* name :
       {"c_csf_total_mmol_per_L", "c_csf_ionized_mmol_per_L", "f_nmda_open", "nmda_open_relative",
        "nmj_release_relative", "f_ryr1_open", "ryr1_release_relative", "c_glycine_mmol_per_L",
        "c_glycine_rise_mmol_per_L"})
    names.emplace_back(name);
  const auto days = effect_day_names();
  names.insert(names.end(), days.begin() + 1, days.end());
  return names;
}

/// Share of NMDA channels open by the law that was asked for.
inline double f_nmda_open(const evidence::Values<double>& values, const EffectOptions& options,
                          double c_ionized_mmol_per_L) {
  const double membrane_mV = options.membrane_mV.value_or(values.membrane_reference_mV);
  const auto by = [&](const auto& law) {
    return effect::f_nmda_open(law, membrane_mV, c_ionized_mmol_per_L);
  };
  switch (options.nmda_law) {
    case NmdaLaw::wang:
      return by(effect::wang_block(values));
    case NmdaLaw::woodhull:
      return by(effect::woodhull_block(values));
    case NmdaLaw::jahr_stevens:
      break;
  }
  return by(effect::jahr_stevens_block(values));
}

/// One column of the run and of its baseline.
struct Beside {
  std::span<const double> with, without;

  Beside(const Run& run, std::string_view name)
      : with(run.trajectory.column(name)), without(run.baseline.column(name)) {}
  double rise(std::size_t row) const { return with[row] - without[row]; }
};

/// Writes one row after the other, carrying CSF along; columns in the order of their names.
class EffectWriter {
 public:
  EffectWriter(const Run& run, const EffectOptions& options)
      : run_(run),
        options_(options),
        values_(body::values_of(run.subject)),
        total_(run, "c_plasma_total_mmol_per_L"),
        ionized_(run, "c_plasma_ionized_mmol_per_L"),
        glycine_(run, "c_glycine_mmol_per_L"),
        table_(effect_column_names(), run.trajectory.n_rows()),
        days_(effect_days(run)) {}

  Trajectory write() {
    const auto times = run_.trajectory.column("time_h");
    csf_rise_ = csf_rise_at_start();
    for (std::size_t row = 0; row < times.size(); ++row) {
      if (row > 0)
        csf_rise_ = effect::c_csf_rise_mmol_per_L(effect::csf_parameters(values_), csf_rise_,
                                                  total_.rise(row - 1), total_.rise(row),
                                                  times[row] - times[row - 1]);
      row_ = static_cast<Eigen::Index>(row);
      column_ = 0;
      put(times[row]);
      write_plasma(row);
      write_nerve_and_muscle(row);
      write_glycine(row);
      write_day(times[row]);
    }
    return std::move(table_);
  }

 private:
  void put(double value) { table_.values()(row_, column_++) = value; }

  /// CSF had its time where the run starts from what lasted long before, and none where not.
  double csf_rise_at_start() const {
    const bool lasted = !run_.taken_before.empty() || !run_.history.empty();
    return lasted ? values_.f_csf_gain * total_.rise(0) : 0.0;
  }

  void write_plasma(std::size_t row) {
    const double c = total_.with[row];
    put(total_.rise(row));
    put(ionized_.rise(row));
    const auto bands = effect::toxicity_bands(effect::toxicity_ladder(values_), c);
    double n_bands = 0;
    for (const bool in : bands) n_bands += in ? 1 : 0;
    put(std::isnan(c) ? c : n_bands);
    for (const bool in : bands) put(std::isnan(c) ? c : in ? 1.0 : 0.0);
  }

  void write_nerve_and_muscle(std::size_t row) {
    const double c_csf = effect::c_csf_ionized_mmol_per_L(
        values_.c_csf_ionized_reference_mmol_per_L, values_.f_csf_ionized, csf_rise_);
    put(values_.c_csf_total_reference_mmol_per_L + csf_rise_);
    put(c_csf);
    const double f_open = f_nmda_open(values_, options_, c_csf);
    put(f_open);
    put(f_open / f_nmda_open(values_, options_, values_.c_csf_ionized_reference_mmol_per_L));
    const double calcium = options_.c_calcium_ionized_mmol_per_L.value_or(
        values_.c_calcium_ionized_reference_mmol_per_L);
    using Ions = effect::IonizedPair<double>;
    put(effect::nmj_release_relative(effect::release_parameters(values_),
                                     Ions{calcium, ionized_.with[row]},
                                     Ions{calcium, ionized_.without[row]}));
    // Nothing in a run moves the free magnesium of muscle: a constant, and NaN with a failed run.
    const double nothing = 0.0 * csf_rise_;
    put(effect::f_ryr1_open(effect::ryr1_in_situ(values_), values_.c_muscle_free_mmol_per_L) +
        nothing);
    put(1.0 + nothing);
  }

  void write_glycine(std::size_t row) {
    put(glycine_.with[row]);
    put(glycine_.rise(row));
  }

  /// Of the last whole day that has ended by now.
  void write_day(double t_h) {
    const auto n_ended = static_cast<Eigen::Index>(whole_days(t_h));
    for (Eigen::Index column = 1; column < days_.values().cols(); ++column)
      put(n_ended == 0 ? unknown : days_.values()(n_ended - 1, column));
  }

  const Run& run_;
  const EffectOptions& options_;
  evidence::Values<double> values_;
  Beside total_, ionized_, glycine_;
  Trajectory table_;
  Trajectory days_;
  double csf_rise_ = 0;
  Eigen::Index row_ = 0;
  Eigen::Index column_ = 0;
};

}  // namespace detail

MGPK_COMPILED Trajectory effects_of(const Run& run, const EffectOptions& options) {
  validate(options);
  detail::check_effects(run);
  return detail::EffectWriter(run, options).write();
}

MGPK_COMPILED Trajectory effect_days_of(const Run& run) {
  detail::check_effects(run);
  return detail::effect_days(run);
}

}  // namespace mgpk::simulation
