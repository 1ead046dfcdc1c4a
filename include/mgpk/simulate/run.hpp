// What a simulation gives back: the table, the ledger's words, and how it was come by.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/ode/integrator.hpp>
#include <mgpk/ode/status.hpp>
#include <mgpk/simulate/baseline.hpp>
#include <mgpk/simulate/history.hpp>
#include <mgpk/simulate/options.hpp>
#include <mgpk/simulate/sources.hpp>
#include <mgpk/simulate/trajectory.hpp>

namespace mgpk {

/// The words that every output carries.
inline constexpr std::string_view disclaimer =
    "mgpk is research software. Its simulations are uncertain, are not validated for any "
    "individual "
    "and are not medical advice; they must not be used to choose, change or monitor a magnesium "
    "dose, least of all in kidney disease, pregnancy, childhood or during intravenous treatment.";

/// One simulated person under one plan, and the same person without it.
struct Run {
  Subject subject;
  Schedule plan;
  simulation::Options options;
  std::vector<simulation::Source> sources;
  simulation::Trajectory trajectory;
  simulation::Trajectory baseline;  ///< same times, no plan; empty when not asked for
  simulation::Baseline start;       ///< the periodic state the run started from
  ode::Status status;
  ode::Statistics statistics;
  std::vector<std::string> assumptions;  ///< what was not said and therefore assumed
  Schedule taken_before{};               ///< the regimen at whose steady state the run started
  simulation::History history{};         ///< or what the person did before; empty: nothing

  /// A column of the run; clinical units (…_mg_per_dL, …_mEq_per_L) are computed.
  std::vector<double> values(std::string_view column) const {
    if (auto converted = simulation::in_clinical_unit(trajectory, column); !converted.empty())
      return converted;
    const auto found = trajectory.column(column);
    return {found.begin(), found.end()};
  }

  /// True (one-way) fraction of each thing swallowed that has crossed the gut wall by the end, as a
  /// label would show it. By label; the salts of a mix also stand there by themselves.
  std::map<std::string, double> f_absorbed() const;
};

inline std::map<std::string, double> Run::f_absorbed() const {
  std::map<std::string, double> fractions, absorbed, swallowed;
  const std::size_t last = trajectory.n_rows() - 1;
  for (const auto& source : sources) {
    const double f = trajectory.at(last, "f_absorbed_" + source.name);
    const double a = trajectory.at(last, "a_absorbed_" + source.name + "_mmol");
    fractions[source.name] = f;
    fractions.emplace(source.label, f);  // of a mix of which nothing is absorbed yet
    absorbed[source.label] += a;
    swallowed[source.label] += f > 0 ? a / f : 0.0;
  }
  for (const auto& [label, mmol] : absorbed)
    if (swallowed[label] > 0) fractions[label] = mmol / swallowed[label];
  return fractions;
}

}  // namespace mgpk
