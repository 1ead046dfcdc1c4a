// Find, read and change parameters by their key.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>

#include <mgpk/error.hpp>
#include <mgpk/evidence/parameter.hpp>
#include <mgpk/evidence/values.hpp>
#include <mgpk/nearest_name.hpp>

namespace mgpk::evidence {

/// All keys, in the order of `parameters`.
inline std::array<std::string_view, parameters.size()> parameter_keys() {
  std::array<std::string_view, parameters.size()> keys;
  for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = parameters[i].key;
  return keys;
}

/// Where the key stands in `parameters` and `value_members`.
inline std::size_t parameter_index(std::string_view key) {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (parameters[i].key == key) return i;
  }
  fail_unknown_name("parameter must be one of the evidence table", key, parameter_keys(),
                    "the keys stand in data/parameters.csv");
}

inline const Parameter& parameter(std::string_view key) { return parameters[parameter_index(key)]; }

template <class Real>
Real get(const Values<Real>& values, std::string_view key) {
  return values.*value_members<Real>[parameter_index(key)];
}

/// The same numbers on another scalar.
template <class Real>
Values<Real> on_scalar(const Values<double>& values) {
  Values<Real> result;
  for (std::size_t i = 0; i < value_members<Real>.size(); ++i)
    result.*value_members<Real>[i] = Real(values.*value_members<double>[i]);
  return result;
}

/// Gives a parameter another value. Outside the range of the evidence only on demand: the model was
/// not tried there.
template <class Real>
void set(Values<Real>& values, std::string_view key, double value,
         bool allow_outside_range = false) {
  const std::size_t index = parameter_index(key);
  const Parameter& row = parameters[index];
  const std::string name(key);
  const std::string unit = row.unit == "1" ? "" : " in " + std::string(row.unit);
  require(std::isfinite(value), name + " must be finite", value, "give a number" + unit);
  if (!allow_outside_range) {
    require_between(
        name, value, row.low, row.high,
        "give a value" + unit + " in the range of the evidence, or set " + "allow_outside_range");
  }
  values.*value_members<Real>[index] = Real(value);
}

}  // namespace mgpk::evidence
