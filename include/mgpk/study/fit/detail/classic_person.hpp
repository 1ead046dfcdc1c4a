// One person of a classic fit: its numbers, its records, and one compartment carried along them.
#pragma once

#include <Eigen/Core>

#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/classic/one_compartment.hpp>
#include <mgpk/classic/predict.hpp>
#include <mgpk/error.hpp>
#include <mgpk/nearest_name.hpp>
#include <mgpk/study/fit/classic_predictor.hpp>
#include <mgpk/timeline/from_records.hpp>

namespace mgpk::study::fit::detail {

/// The most numbers that a person of one compartment can have of their own.
inline constexpr std::size_t classic_width = 7;

/// Rates beyond this are no rates of a body, and their exponentials would take for ever.
inline constexpr double most_classic_number = 1e8;

inline std::vector<std::string> classic_names() {
  std::vector<std::string> names(classic::parameter_names.begin(), classic::parameter_names.end());
  names.insert(names.end(), {lag_name, availability_name});
  return names;
}

inline classic::Quantity& quantity_of(classic::Model& model, const std::string& name) {
  if (name == lag_name) return model.doses[0].tlag_h;
  if (name == availability_name) return model.doses[0].f_bioavailable;
  for (std::size_t i = 0; i < classic::n_parameters; ++i)
    if (classic::parameter_names[i] == name)
      return model.parameters.*classic::parameter_members<classic::Quantity>[i];
  fail_unknown_name("each parameter of a fit must be one of the model", name, classic_names(),
                    "name a number of the model");
}

/// Whether any number of the model is a column of the data set.
inline bool reads_columns(const classic::Model& model) {
  for (const auto member : classic::parameter_members<classic::Quantity>)
    if ((model.parameters.*member).is_column()) return true;
  for (const auto& dose : model.doses)
    if (dose.f_bioavailable.is_column() || dose.tlag_h.is_column() || dose.duration_h.is_column() ||
        dose.rate.is_column())
      return true;
  return false;
}

/// Why a number cannot be; empty where it can.
inline std::string refusal(const std::string& name, double value) {
  const bool may_be_zero = classic::detail::may_be_zero(name) || name == lag_name;
  if (std::isfinite(value) && std::abs(value) < most_classic_number &&
      (value > 0 || (may_be_zero && value == 0)))
    return {};
  return name + " cannot be " + text_of(value);
}

/// A person's records, numbered from 0, and which of them are predicted.
struct ClassicPerson {
  std::string id{};
  std::size_t first_row = 0, n_rows = 0;
  std::vector<record::Record> records{};
  std::vector<std::size_t> observed{};
};

/// The numbers of one compartment with slopes along the person's own.
template <class Real>
struct SlopedNumbers {
  classic::Parameters<Real> p{};
  Real tlag_h{}, f_bioavailable{1.0};
  bool moves_lag = false;
};

/// Carries one compartment along timelines. Events that a lag has shifted have times with slopes.
template <class Real>
class SlopedWalk {
 public:
  SlopedWalk(const classic::Layout& at, const SlopedNumbers<Real>& numbers)
      : has_depot_(at.has_depot()), numbers_(numbers) {
    body_.k_per_h = numbers.p.cl_L_per_h / numbers.p.v_central_L;
    body_.ka_per_h = numbers.p.ka_per_h;
  }

  /// Calls `look(record, concentration)` at each record. False where there is no steady state.
  template <class Look>
  bool walk(const timeline::Timeline& timeline, Look&& look) {
    Real now_h(timeline.start_h);
    for (const auto& event : timeline.events) {
      const Real then_h = time_of(event);
      if (classic::detail::plain(then_h) > classic::detail::plain(now_h)) {
        body_.advance(x_, rates_, then_h - now_h);
        now_h = then_h;
      }
      if (!apply(timeline, event, look)) return false;
    }
    rates_ = {};
    return true;
  }

 private:
  std::size_t state_of(std::size_t compartment) const { return has_depot_ ? compartment : 1; }

  Real time_of(const timeline::Event& event) const {
    const bool shifted =
        numbers_.moves_lag && event.compartment == 0 && event.kind == timeline::Kind::give;
    return shifted ? Real(event.t_h) + lag_slope() : Real(event.t_h);
  }

  /// Zero, with the slopes of the lag.
  Real lag_slope() const { return numbers_.tlag_h - classic::detail::plain(numbers_.tlag_h); }

  /// An amount after F, with its slopes: `amount` already holds the value of F.
  Real amount_of(std::size_t compartment, double amount) const {
    const double f = classic::detail::plain(numbers_.f_bioavailable);
    if (compartment != 0 || !(f > 0)) return Real(amount);
    return numbers_.f_bioavailable * (amount / f);
  }

  template <class Look>
  bool apply(const timeline::Timeline& timeline, const timeline::Event& event, Look&& look) {
    using timeline::Kind;
    if (event.kind == Kind::give) {
      const std::size_t state = state_of(event.compartment);
      x_[state] = x_[state] + amount_of(event.compartment, event.amount);
    }
    if (event.kind == Kind::set_rate) rates_[state_of(event.compartment)] = event.amount;
    if (event.kind == Kind::reset) x_ = {};
    if (event.kind == Kind::steady_state) return settle(timeline.regimens[event.regimen]);
    if (event.kind == Kind::look) {
      const Real& scale =
          classic::detail::plain(numbers_.p.scale) > 0 ? numbers_.p.scale : numbers_.p.v_central_L;
      look(event.record, Real(x_[1] / scale + numbers_.p.c_baseline_amount_per_L));
    }
    return true;
  }

  bool settle(const timeline::Regimen& regimen) {
    typename classic::OneCompartment<Real>::Pair settled{};
    const std::size_t state = state_of(regimen.compartment);
    if (regimen.is_constant()) {
      if (!(classic::detail::plain(body_.k_per_h) > 0)) return false;
      if (state == 0) settled[0] = regimen.rate / body_.ka_per_h;
      settled[1] = regimen.rate / body_.k_per_h;
    } else {
      auto cycle = classic::cycle_of(regimen);
      cycle.compartment = state;
      Real since_h(regimen.since_last_h);
      if (numbers_.moves_lag && regimen.compartment == 0) since_h = since_h - lag_slope();
      if (!body_.settle(cycle, amount_of(regimen.compartment, cycle.amount), since_h, settled))
        return false;
    }
    for (std::size_t i = 0; i < 2; ++i) x_[i] = (regimen.adds ? x_[i] : Real(0.0)) + settled[i];
    return true;
  }

  bool has_depot_;
  const SlopedNumbers<Real>& numbers_;
  classic::OneCompartment<Real> body_{};
  typename classic::OneCompartment<Real>::Pair x_{};
  typename classic::OneCompartment<Real>::Rates rates_{};
};

}  // namespace mgpk::study::fit::detail
