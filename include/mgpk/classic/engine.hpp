// Carries one person of a classic model along timelines; how amounts move is left to a mover.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include <mgpk/classic/covariates.hpp>
#include <mgpk/classic/model.hpp>
#include <mgpk/classic/predictions.hpp>
#include <mgpk/error.hpp>
#include <mgpk/ode/status.hpp>
#include <mgpk/record/record.hpp>
#include <mgpk/timeline/walk.hpp>

namespace mgpk::classic {

/// How amounts move: exactly, or by the solver. `advance` goes over a part of a stretch; `settle`
/// gives the amounts that a regimen leads to, with the numbers of its record.
template <class Mover>
concept AmountMover =
    requires(Mover& mover, Amounts& x, const Amounts& rates, const Stretch& stretch,
             const Parameters<double>& numbers, const timeline::Regimen& regimen, double h) {
      { mover.advance(x, rates, stretch, h, h) } -> std::same_as<ode::Status>;
      { mover.settle(numbers, regimen, x) } -> std::same_as<ode::Status>;
    };

/// After a failure amounts are NaN, and the walk goes on so that doses are still counted.
template <AmountMover Mover>
class Engine {
 public:
  Engine(const Model& model, const PersonNumbers& numbers, std::span<const record::Record> records,
         Mover mover, Predictions& out)
      : model_(model), numbers_(numbers), records_(records), mover_(std::move(mover)), out_(out) {}

  const ode::Status& status() const { return status_; }

  /// A new stretch of time: what ran before it has ended, doses are counted on.
  void begin() {
    by_compartment_ = {};
    doses_before_ = doses_;
    dose_records_before_ = dose_records_;
  }

  bool advance(double from_h, double to_h, std::size_t towards) {
    if (status_.ok()) keep(mover_.advance(x_, rates(), numbers_.towards(towards), from_h, to_h));
    return true;
  }

  void give(std::size_t compartment, double amount) {
    x_[model_.layout.state_of(compartment)] += amount;
  }

  void set_rate(std::size_t compartment, double rate) { by_compartment_[compartment] = rate; }

  /// Nothing is left of what was given; the concentration is that of the baseline again.
  void reset() {
    if (status_.ok()) x_ = {};
  }

  bool settle(const timeline::Regimen& regimen) {
    if (regimen.adds && !model_.is_linear())
      fail("SS = 2 needs linear elimination: only there steady states add up",
           "saturable" + timeline::detail::at_row(records_[regimen.record]),
           "give SS = 1, or the doses one by one");
    if (!status_.ok()) return true;
    Amounts settled{};
    ode::Status status = mover_.settle(numbers_.at(regimen.record), regimen, settled);
    if (!status.ok()) status.t_h = records_[regimen.record].time_h;
    for (std::size_t i = 0; i < x_.size(); ++i) x_[i] = (regimen.adds ? x_[i] : 0.0) + settled[i];
    keep(std::move(status));
    return true;
  }

  void look(std::size_t record, const timeline::Moment& moment) {
    const record::Record& r = records_[record];
    const Parameters<double> p = numbers_.at(record);
    const double scale = p.scale > 0 ? p.scale : p.v_central_L;
    doses_ = doses_before_ + moment.n_doses;
    dose_records_ = dose_records_before_ + moment.n_dose_records;
    out_.c_central_amount_per_L[r.row] =
        x_[model_.layout.central()] / scale + p.c_baseline_amount_per_L;
    for (std::size_t i = 0; i < out_.amounts.size(); ++i) out_.amounts[i][r.row] = x_[i];
    out_.time_after_dose_h[r.row] = moment.time_after_dose_h;
    out_.n_doses[r.row] = doses_;
    out_.occasion[r.row] = std::isnan(r.occasion) ? dose_records_ : r.occasion;
  }

 private:
  Amounts rates() const {
    Amounts rates{};
    for (std::size_t c = 0; c < model_.layout.n_compartments(); ++c)
      rates[model_.layout.state_of(c)] += by_compartment_[c];
    return rates;
  }

  void keep(ode::Status status) {
    if (status.ok()) return;
    status_ = std::move(status);
    x_.fill(std::numeric_limits<double>::quiet_NaN());
  }

  const Model& model_;
  const PersonNumbers& numbers_;
  std::span<const record::Record> records_;
  Mover mover_;
  Predictions& out_;
  Amounts x_{};
  std::array<double, 4> by_compartment_{};
  int doses_ = 0, dose_records_ = 0, doses_before_ = 0, dose_records_before_ = 0;
  ode::Status status_;
};

}  // namespace mgpk::classic
