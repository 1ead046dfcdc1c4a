// The numbers of a classic model, each a fixed value or a column of the data set.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mgpk::classic {

/// A number, or the name of the data set's column that holds it for every record.
struct Quantity {
  double value = std::numeric_limits<double>::quiet_NaN();
  std::string column{};

  Quantity() = default;
  // Implicit, so that a model reads as a list of numbers and column names.
  template <class Number>
    requires std::is_arithmetic_v<Number>
  Quantity(Number x) : value(static_cast<double>(x)) {}
  Quantity(std::string name) : column(std::move(name)) {}
  Quantity(const char* name) : column(name) {}

  bool is_column() const { return !column.empty(); }
  bool is_given() const { return is_column() || !std::isnan(value); }
  bool operator==(const Quantity& other) const {
    return column == other.column &&
           (value == other.value || (std::isnan(value) && std::isnan(other.value)));
  }
};

/// All numbers of a classic model. With `Quantity` as the user gave them; with a scalar as they are
/// at one moment. What a model does not have stays as it is made and is read by nothing.
template <class Value>
struct Parameters {
  Value cl_L_per_h{};         ///< linear elimination
  Value vmax_amount_per_h{};  ///< saturable elimination, beside the linear one or instead of it
  Value km_amount_per_L{};
  Value v_central_L{};
  Value q_1_L_per_h{};
  Value v_peripheral_1_L{};
  Value q_2_L_per_h{};
  Value v_peripheral_2_L{};
  Value ka_per_h{};         ///< out of the depot, or of the last transit compartment
  Value k_transit_per_h{};  ///< out of the depot and of all transit compartments but the last
  Value t_zero_order_h{};
  Value scale{};  ///< what the central amount is divided by; the central volume unless given
  Value c_baseline_amount_per_L{};  ///< added to the concentration; what is above it is what was
                                    ///< given
  bool operator==(const Parameters&) const = default;
};

inline constexpr std::size_t n_parameters = 13;

inline constexpr std::array<std::string_view, n_parameters> parameter_names{
    "cl_L_per_h",
    "vmax_amount_per_h",
    "km_amount_per_L",
    "v_central_L",
    "q_1_L_per_h",
    "v_peripheral_1_L",
    "q_2_L_per_h",
    "v_peripheral_2_L",
    "ka_per_h",
    "k_transit_per_h",
    "t_zero_order_h",
    "scale",
    "c_baseline_amount_per_L"};

/// The members in the order of `parameter_names`.
template <class Value>
inline constexpr std::array<Value Parameters<Value>::*, n_parameters> parameter_members{
    &Parameters<Value>::cl_L_per_h,
    &Parameters<Value>::vmax_amount_per_h,
    &Parameters<Value>::km_amount_per_L,
    &Parameters<Value>::v_central_L,
    &Parameters<Value>::q_1_L_per_h,
    &Parameters<Value>::v_peripheral_1_L,
    &Parameters<Value>::q_2_L_per_h,
    &Parameters<Value>::v_peripheral_2_L,
    &Parameters<Value>::ka_per_h,
    &Parameters<Value>::k_transit_per_h,
    &Parameters<Value>::t_zero_order_h,
    &Parameters<Value>::scale,
    &Parameters<Value>::c_baseline_amount_per_L};

}  // namespace mgpk::classic
