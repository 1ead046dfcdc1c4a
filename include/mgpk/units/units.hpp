// Strong types for doses, and the conversions of magnesium: the only place that knows them.
#pragma once

#include <concepts>
#include <variant>

namespace mgpk::units {

/// 1 mmol of magnesium is 24.305 mg.
inline constexpr double molar_mass_magnesium_g_per_mol = 24.305;
inline constexpr double valence_magnesium = 2;
inline constexpr double hours_per_day = 24;

/// Milligrams of magnesium itself: the figure that a label calls "elemental".
struct ElementalMass {
  double mg = 0;
  friend bool operator==(const ElementalMass&, const ElementalMass&) = default;
};

/// Milligrams of the whole salt, its water included; what it holds depends on salt and hydrate.
struct SaltMass {
  double mg = 0;
  friend bool operator==(const SaltMass&, const SaltMass&) = default;
};

struct Amount {
  double mmol = 0;
  friend bool operator==(const Amount&, const Amount&) = default;
};

struct Equivalents {
  double mEq = 0;
  friend bool operator==(const Equivalents&, const Equivalents&) = default;
};

/// A dose as a user may state it. Salt mass turns into mmol in dose/salts.hpp.
using DoseAmount = std::variant<ElementalMass, SaltMass, Amount, Equivalents>;

constexpr ElementalMass elemental_mg(double mg) { return {mg}; }
constexpr SaltMass salt_mg(double mg) { return {mg}; }
constexpr Amount mmol(double value) { return {value}; }
constexpr Equivalents mEq(double value) { return {value}; }

constexpr Amount to_amount(Amount amount) { return amount; }
constexpr Amount to_amount(ElementalMass mass) {
  return {mass.mg / molar_mass_magnesium_g_per_mol};
}
constexpr Amount to_amount(Equivalents equivalents) {
  return {equivalents.mEq / valence_magnesium};
}
constexpr ElementalMass to_elemental_mass(Amount amount) {
  return {amount.mmol * molar_mass_magnesium_g_per_mol};
}
constexpr Equivalents to_equivalents(Amount amount) { return {amount.mmol * valence_magnesium}; }

/// A number with fractions. An integer is refused: its conversion would be cut to whole units.
template <class Real>
concept Fractional = !std::integral<Real> && requires(Real x) { Real(1.0) * x; };

template <Fractional Real>
constexpr Real mg_per_dL(Real c_mmol_per_L) {
  return c_mmol_per_L * Real(molar_mass_magnesium_g_per_mol / 10);
}

template <Fractional Real>
constexpr Real mEq_per_L(Real c_mmol_per_L) {
  return c_mmol_per_L * Real(valence_magnesium);
}

template <Fractional Real>
constexpr Real mmol_per_L_from_mg_per_dL(Real c_mg_per_dL) {
  return c_mg_per_dL / Real(molar_mass_magnesium_g_per_mol / 10);
}

template <Fractional Real>
constexpr Real mmol_per_L_from_mEq_per_L(Real c_mEq_per_L) {
  return c_mEq_per_L / Real(valence_magnesium);
}

/// 1 mL/min is 60 mL/h.
template <Fractional Real>
constexpr Real L_per_h_from_mL_per_min(Real flow_mL_per_min) {
  return flow_mL_per_min * Real(60) / Real(1000);
}

template <Fractional Real>
constexpr Real mL_per_min_from_L_per_h(Real flow_L_per_h) {
  return flow_L_per_h * Real(1000) / Real(60);
}

/// An intake of magnesium as a diet states it, in the units of the model.
template <Fractional Real>
constexpr Real mmol_per_h_from_mg_per_d(Real intake_mg_per_d) {
  return intake_mg_per_d / Real(molar_mass_magnesium_g_per_mol) / Real(hours_per_day);
}

}  // namespace mgpk::units

namespace mgpk {

using units::Amount;
using units::DoseAmount;
using units::ElementalMass;
using units::Equivalents;
using units::SaltMass;

using units::elemental_mg;
using units::mEq;
using units::mmol;
using units::salt_mg;

using units::to_amount;
using units::to_elemental_mass;
using units::to_equivalents;

using units::L_per_h_from_mL_per_min;
using units::mEq_per_L;
using units::mg_per_dL;
using units::mL_per_min_from_L_per_h;
using units::mmol_per_h_from_mg_per_d;
using units::mmol_per_L_from_mEq_per_L;
using units::mmol_per_L_from_mg_per_dL;

}  // namespace mgpk
