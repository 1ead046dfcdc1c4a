// What named changes make of the numbers of a body: factors that multiply, amounts that add up.
#pragma once

#include <cmath>
#include <string_view>

#include <mgpk/evidence/modifiers.hpp>

namespace mgpk::body {

/// What is left of each number that can be changed, where 1 is untouched; and what is added.
template <class Real>
struct Changes {
  Real f_of_gfr = Real(1.0);
  Real f_of_albumin = Real(1.0);
  Real f_of_tm = Real(1.0);
  Real f_of_tm_pt = Real(1.0);
  Real f_of_tm_tal = Real(1.0);
  Real f_of_tm_dct = Real(1.0);
  Real f_of_uptake_saturable = Real(1.0);
  Real f_of_uptake_linear = Real(1.0);
  Real f_of_acid_secreted = Real(1.0);
  Real f_of_ileum_length = Real(1.0);
  Real added_sweat_mmol_per_h{};  ///< at the reference plasma level
  bool operator==(const Changes&) const = default;
};

/// The member that a target stands for.
template <class Real>
Real& member_of(Changes<Real>& changes, evidence::Target target) {
  using evidence::Target;
  switch (target) {
    case Target::gfr:
      return changes.f_of_gfr;
    case Target::albumin:
      return changes.f_of_albumin;
    case Target::tm:
      return changes.f_of_tm;
    case Target::tm_pt:
      return changes.f_of_tm_pt;
    case Target::tm_tal:
      return changes.f_of_tm_tal;
    case Target::tm_dct:
      return changes.f_of_tm_dct;
    case Target::uptake_saturable:
      return changes.f_of_uptake_saturable;
    case Target::uptake_linear:
      return changes.f_of_uptake_linear;
    case Target::acid_secreted:
      return changes.f_of_acid_secreted;
    case Target::ileum_length:
      return changes.f_of_ileum_length;
    case Target::sweat:
      break;
  }
  return changes.added_sweat_mmol_per_h;
}

/// One modifier more. A strength of 1 is the size of the table: a factor acts as its power, an
/// amount as its multiple; a strength of 0 changes nothing.
inline void apply(Changes<double>& changes, std::string_view modifier, double strength,
                  evidence::Applies when) {
  evidence::for_each_row(modifier, when, [&](const evidence::Modifier& row) {
    double& number = member_of(changes, row.target);
    if (row.how == evidence::How::times)
      number *= std::pow(row.value, strength);
    else
      number += strength * row.value;
  });
}

/// Two sets of changes at once.
template <class Real>
Changes<Real> times(Changes<Real> a, const Changes<Real>& b) {
  a.f_of_gfr *= b.f_of_gfr;
  a.f_of_albumin *= b.f_of_albumin;
  a.f_of_tm *= b.f_of_tm;
  a.f_of_tm_pt *= b.f_of_tm_pt;
  a.f_of_tm_tal *= b.f_of_tm_tal;
  a.f_of_tm_dct *= b.f_of_tm_dct;
  a.f_of_uptake_saturable *= b.f_of_uptake_saturable;
  a.f_of_uptake_linear *= b.f_of_uptake_linear;
  a.f_of_acid_secreted *= b.f_of_acid_secreted;
  a.f_of_ileum_length *= b.f_of_ileum_length;
  a.added_sweat_mmol_per_h += b.added_sweat_mmol_per_h;
  return a;
}

}  // namespace mgpk::body
