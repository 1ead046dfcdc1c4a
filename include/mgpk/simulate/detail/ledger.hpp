// The books of a timeline: what has been given so far, and what has arrived where.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <stdexcept>

#include <mgpk/simulate/columns.hpp>
#include <mgpk/simulate/target.hpp>

namespace mgpk::simulation::detail {

template <class Real = double>
class Ledger {
 public:
  void give(std::size_t compartment, const Real& amount) {
    arrived_[compartment] += amount;
    if (target::is_stomach(compartment)) {
      given_.swallowed_mmol[target::source_of(compartment)] += amount;
    } else if (compartment == target::lost) {
      given_.lost_mmol += amount;
    } else if (compartment == target::unavailable) {
      given_.unavailable_mmol += amount;
    } else if (target::holds_magnesium(compartment)) {
      given_.parenteral_mmol += amount;
    }
  }

  void set_rate(std::size_t compartment, const Real& mmol_per_h) {
    if (compartment != target::plasma && compartment != target::unavailable)
      throw std::logic_error("mgpk: only plasma takes an infusion; please report this as a bug");
    (compartment == target::plasma ? iv_mmol_per_h_ : unavailable_mmol_per_h_) = mmol_per_h;
  }

  /// What was given, so much later: the rates last until they are set anew.
  GivenOn<Real> after(double gone_h) const {
    GivenOn<Real> now = given_;
    now.parenteral_mmol += iv_mmol_per_h_ * gone_h;
    now.unavailable_mmol += unavailable_mmol_per_h_ * gone_h;
    return now;
  }

  void pass(double gone_h) {
    given_ = after(gone_h);
    arrived_[target::plasma] += iv_mmol_per_h_ * gone_h;
    arrived_[target::unavailable] += unavailable_mmol_per_h_ * gone_h;
  }

  /// A reset: what it puts in or takes out.
  template <std::size_t Sources, class State>
  void replace(const State& old, const State& now) {
    given_.reset_mmol += magnesium_held_mmol<Sources>(now) - magnesium_held_mmol<Sources>(old);
    for (std::size_t source = 0; source < Sources; ++source)
      if (const Real more = lumen_mmol<Sources>(now, source) - lumen_mmol<Sources>(old, source);
          more > 0.0)
        given_.lumen_reset_mmol[source] += more;
  }

  const GivenOn<Real>& given() const { return given_; }
  std::span<const Real> arrived() const { return arrived_; }

 private:
  GivenOn<Real> given_;
  Real iv_mmol_per_h_{};
  Real unavailable_mmol_per_h_{};
  std::array<Real, target::count> arrived_{};
};

}  // namespace mgpk::simulation::detail
