// The result as a table: named columns with their units, one row per time.
#pragma once

#include <Eigen/Core>

#include <array>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/nearest_name.hpp>
#include <mgpk/units/units.hpp>

namespace mgpk::simulation {

/// Columns stand one after the other in memory, so each can be handed out without a copy.
class Trajectory {
 public:
  Trajectory() = default;
  Trajectory(std::vector<std::string> names, std::size_t n_rows)
      : names_(std::move(names)),
        values_(static_cast<Eigen::Index>(n_rows), static_cast<Eigen::Index>(names_.size())) {
    values_.setConstant(std::numeric_limits<double>::quiet_NaN());
  }

  const std::vector<std::string>& names() const { return names_; }
  std::size_t n_rows() const { return static_cast<std::size_t>(values_.rows()); }
  const Eigen::MatrixXd& values() const { return values_; }
  Eigen::MatrixXd& values() { return values_; }

  bool has(std::string_view name) const { return index_or_size(name) < names_.size(); }

  /// A column; an unknown name throws UnknownNameError and names the nearest ones.
  std::span<const double> column(std::string_view name) const {
    const std::size_t index = index_or_size(name);
    if (index == names_.size())
      fail_unknown_name("column must be one of the run's", name, names_,
                        "the names of all columns are in names()");
    return column(index);
  }
  std::span<const double> column(std::size_t index) const {
    return {values_.data() + index * n_rows(), n_rows()};
  }
  double at(std::size_t row, std::string_view name) const { return column(name)[row]; }

 private:
  std::size_t index_or_size(std::string_view name) const {
    std::size_t i = 0;
    while (i < names_.size() && names_[i] != name) ++i;
    return i;
  }

  std::vector<std::string> names_;
  Eigen::MatrixXd values_;
};

namespace detail {

struct UnitSuffix {
  std::string_view suffix, unit;
};
inline constexpr std::array<UnitSuffix, 12> unit_suffixes{{{"_mmol_h_per_L", "mmol*h/L"},
                                                           {"_mmol_per_d", "mmol/d"},
                                                           {"_mg_per_d", "mg/d"},
                                                           {"_g_per_d", "g/d"},
                                                           {"_mmol_per_L", "mmol/L"},
                                                           {"_mg_per_dL", "mg/dL"},
                                                           {"_mEq_per_L", "mEq/L"},
                                                           {"_mmol_per_h", "mmol/h"},
                                                           {"_mmol", "mmol"},
                                                           {"_mg", "mg"},
                                                           {"_g", "g"},
                                                           {"_h", "h"}}};

}  // namespace detail

/// The unit of a column, read from its name: "mmol/L" of c_plasma_total_mmol_per_L, "1" of a
/// fraction or a number.
inline std::string_view unit_of(std::string_view column) {
  if (column.starts_with("f_")) return "1";  // f_absorbed_<label>: the label may end like a unit
  for (const auto& [suffix, unit] : detail::unit_suffixes)
    if (column.ends_with(suffix)) return unit;
  return "1";
}

/// A column of magnesium in the units of the clinic: c_..._mg_per_dL or c_..._mEq_per_L, computed
/// from the column in mmol/L. Empty when the name asks for no such thing.
inline std::vector<double> in_clinical_unit(const Trajectory& table, std::string_view name) {
  constexpr std::string_view milligram = "_mg_per_dL", equivalent = "_mEq_per_L";
  const bool as_mass = name.ends_with(milligram);
  if (!as_mass && !name.ends_with(equivalent)) return {};
  const auto stem = name.substr(0, name.size() - (as_mass ? milligram : equivalent).size());
  const std::string base = std::string(stem) + "_mmol_per_L";
  if (!table.has(base) || stem.starts_with("c_glycine")) return {};
  std::vector<double> converted;
  for (const double c_mmol_per_L : table.column(base))
    converted.push_back(as_mass ? units::mg_per_dL(c_mmol_per_L) : units::mEq_per_L(c_mmol_per_L));
  return converted;
}

}  // namespace mgpk::simulation
