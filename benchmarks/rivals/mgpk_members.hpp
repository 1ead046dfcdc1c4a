// The reference problem for mgpk's ensembles: a model that names its structure, and its members.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <mgpk/ode/ensemble/members.hpp>

#include "settings.hpp"

namespace rivals {

namespace ode = mgpk::ode;

/// The same model, which says that its first two states are a linear chain and its last one only
/// accumulates, and lets what it divides by a parameter be multiplied by the inverse.
template <class Par>
struct WithStructure : ReferenceProblem<Par> {
  static constexpr std::size_t n_upstream = 2;
  static constexpr std::size_t n_readouts = 1;
  static constexpr bool takes_inverses = true;
};

class People {
 public:
  using System = WithStructure<double>;
  using Columns = ode::AllStates<System>;

  People(const Setting& setting, std::span<const Subject> subjects, std::span<double> result)
      : subjects_(subjects), result_(result), n_values_(setting.n_values(1)) {
    for (std::size_t dose = 0; dose < setting.n_doses(); ++dose)
      stops_.push_back({.t_h = setting.dose_h(dose), .index = dosed_state, .amount = dose_mmol});
    for (std::size_t row = 0; row < setting.n_outputs(); ++row)
      times_h_.push_back(setting.output_h(row));
  }

  std::size_t size() const { return subjects_.size(); }
  System system(std::size_t i) const { return {subjects_[i]}; }
  auto start(std::size_t) const { return Subject::start(); }
  double start_h(std::size_t) const { return 0.0; }
  std::span<const ode::Stop> stops(std::size_t) const { return stops_; }
  std::span<const double> times_h(std::size_t) const { return times_h_; }
  double* rows(std::size_t i) const { return result_.data() + i * n_values_; }
  void done(std::size_t, const ode::MemberStatus&) const {}

 private:
  std::span<const Subject> subjects_;
  std::span<double> result_;
  std::size_t n_values_;
  std::vector<ode::Stop> stops_;
  std::vector<double> times_h_;
};

}  // namespace rivals
