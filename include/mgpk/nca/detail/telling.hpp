// How a result says why a number is missing; shared by plasma and urine.
#pragma once

#include <initializer_list>
#include <string>

#include <mgpk/nca/terminal.hpp>

namespace mgpk::nca::detail {

using Names = std::initializer_list<const char*>;

/// The first reason stands: the later ones only follow from it.
template <class Result>
void cannot(Result& result, Names names, const std::string& why) {
  for (const char* name : names)
    if (!result.not_asked.contains(name)) result.reasons.try_emplace(name, why);
}

template <class Result>
void not_asked(Result& result, Names names, const std::string& why) {
  for (const char* name : names)
    if (!result.reasons.contains(name)) result.not_asked.try_emplace(name, why);
}

inline constexpr Names terminal_names = {
    "lambda_z_per_h",      "half_life_h",     "lambda_z_intercept",
    "lambda_z_r_squared",  "n_lambda_z",      "lambda_z_r_squared_adjusted",
    "lambda_z_span_ratio", "lambda_z_from_h", "lambda_z_to_h"};

template <class Result>
void tell_terminal(Result& result, const Terminal& terminal) {
  if (!terminal.reason.empty()) {
    cannot(result, terminal_names, terminal.reason);
    return;
  }
  result.lambda_z_per_h = terminal.lambda_z_per_h;
  result.half_life_h = terminal.half_life_h;
  result.lambda_z_intercept = terminal.intercept;
  result.lambda_z_r_squared = terminal.r_squared;
  result.lambda_z_r_squared_adjusted = terminal.r_squared_adjusted;
  if (std::isnan(terminal.r_squared_adjusted))
    cannot(result, {"lambda_z_r_squared_adjusted"}, "a line through 2 points has none");
  result.n_lambda_z = static_cast<double>(terminal.times_h.size());
  result.lambda_z_span_ratio = terminal.span_ratio;
  result.lambda_z_from_h = terminal.times_h.front();
  result.lambda_z_to_h = terminal.times_h.back();
  result.lambda_z_times_h = terminal.times_h;
  result.lambda_z_how = terminal.how;
}

}  // namespace mgpk::nca::detail
