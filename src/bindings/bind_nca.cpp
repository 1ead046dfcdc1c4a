// Non-compartmental analysis: keywords in, plain dictionaries out.
#include <pybind11/stl.h>

#include <cmath>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/nca/fields.hpp>
#include <mgpk/nca/plasma.hpp>
#include <mgpk/nca/urine.hpp>

#include "bindings.hpp"

namespace mgpk::bindings {
namespace {

using namespace mgpk::nca;

template <class Value>
using Words = std::vector<std::pair<const char*, Value>>;

template <class Value>
Value word(const std::string& what, const std::string& given, const Words<Value>& words) {
  for (const auto& [name, value] : words)
    if (given == name) return value;
  fail(what + " must be a known word", '"' + given + '"', "see the documentation of mgpk.nca");
}

AreaRule area_rule(const std::string& name) {
  return word<AreaRule>("rule", name,
                        {{"linear", AreaRule::linear},
                         {"linear_up_log_down", AreaRule::linear_up_log_down},
                         {"linear_log", AreaRule::linear_log},
                         {"log", AreaRule::logarithmic}});
}

MissingRule missing_rule(const std::string& name) {
  return word<MissingRule>("missing", name,
                           {{"refuse", MissingRule::refuse}, {"drop", MissingRule::drop}});
}

BlqRule blq_rule(const py::dict& rules, const char* place) {
  return word<BlqRule>("a rule for samples below the limit", rules[place].cast<std::string>(),
                       {{"keep", BlqRule::keep},
                        {"zero", BlqRule::zero},
                        {"drop", BlqRule::drop},
                        {"half", BlqRule::half}});
}

BaselineOptions baseline_of(const py::dict& given) {
  BaselineOptions options;
  const auto kind = given["kind"].cast<std::string>();
  options.kind = word<BaselineKind>("kind", kind,
                                    {{"none", BaselineKind::none},
                                     {"constant", BaselineKind::constant},
                                     {"profile", BaselineKind::profile},
                                     {"predose", BaselineKind::predose}});
  if (options.kind == BaselineKind::constant) options.constant = given["value"].cast<double>();
  if (options.kind == BaselineKind::profile)
    options.profile = given["value"].cast<std::vector<double>>();
  options.negative =
      word<NegativeRule>("negative", given["negative"].cast<std::string>(),
                         {{"keep", NegativeRule::keep}, {"zero", NegativeRule::zero}});
  return options;
}

TerminalOptions terminal_of(const py::dict& given) {
  TerminalOptions options;
  if (given.contains("times_h")) {
    options.choice = TerminalChoice::given_points;
    options.times_h = given["times_h"].cast<std::vector<double>>();
  } else if (given.contains("window_h")) {
    options.choice = TerminalChoice::window;
    std::tie(options.from_h, options.to_h) = given["window_h"].cast<std::pair<double, double>>();
  } else {
    options.n_points_least = given["n_points_least"].cast<std::size_t>();
    options.r_squared_tolerance = given["r_squared_tolerance"].cast<double>();
    options.least_r_squared_adjusted = given["least_r_squared_adjusted"].cast<double>();
    options.with_peak = given["with_peak"].cast<std::optional<bool>>();
  }
  return options;
}

std::vector<Interval> intervals_of(const py::handle& given) {
  std::vector<Interval> intervals;
  for (const auto& [from_h, to_h] : given.cast<std::vector<std::pair<double, double>>>())
    intervals.push_back({from_h, to_h});
  return intervals;
}

PlasmaInput plasma_input(const py::dict& given) {
  PlasmaInput input;
  input.times_h = given["times_h"].cast<std::vector<double>>();
  input.c_amount_per_L = given["c"].cast<std::vector<double>>();
  input.is_blq = given["is_blq"].cast<std::vector<bool>>();
  input.dose_amount = given["dose"].cast<std::optional<double>>().value_or(unknown);
  input.dose_at_h = given["dose_at_h"].cast<double>();
  input.route = word<Route>("route", given["route"].cast<std::string>(),
                            {{"oral", Route::extravascular},
                             {"extravascular", Route::extravascular},
                             {"iv_bolus", Route::iv_bolus},
                             {"iv_infusion", Route::iv_infusion}});
  input.infusion_h = given["infusion_h"].cast<double>();
  input.rule = area_rule(given["rule"].cast<std::string>());
  input.missing = missing_rule(given["missing"].cast<std::string>());
  const py::dict blq = given["blq"];
  input.blq.lloq_amount_per_L = given["lloq"].cast<std::optional<double>>().value_or(unknown);
  input.blq.before = blq_rule(blq, "before");
  input.blq.between = blq_rule(blq, "between");
  input.blq.after = blq_rule(blq, "after");
  input.baseline = baseline_of(given["baseline"]);
  input.terminal = terminal_of(given["lambda_z"]);
  input.partial = intervals_of(given["partial"]);
  input.tau_h = given["tau_h"].cast<std::optional<double>>().value_or(unknown);
  input.at_steady_state = given["at_steady_state"].cast<bool>();
  input.accumulation = intervals_of(given["accumulation"]);
  return input;
}

UrineInput urine_input(const py::dict& given) {
  UrineInput input;
  input.starts_h = given["starts_h"].cast<std::vector<double>>();
  input.ends_h = given["ends_h"].cast<std::vector<double>>();
  input.amounts = given["amounts"].cast<std::vector<double>>();
  input.dose_amount = given["dose"].cast<std::optional<double>>().value_or(unknown);
  input.dose_at_h = given["dose_at_h"].cast<double>();
  input.rule = area_rule(given["rule"].cast<std::string>());
  input.missing = missing_rule(given["missing"].cast<std::string>());
  input.baseline = baseline_of(given["baseline"]);
  input.terminal = terminal_of(given["lambda_z"]);
  if (!given["plasma"].is_none()) input.plasma = plasma_input(given["plasma"]);
  return input;
}

template <class Result>
py::dict numbers_of(const Result& result) {
  py::dict d;
  for (const auto& field : fields_of<Result>()) d[field.name] = result.*field.number;
  return d;
}

/// What plasma and urine share.
template <class Result>
py::dict told(const Result& result) {
  py::dict d;
  d["numbers"] = numbers_of(result);
  d["lambda_z_times_h"] = result.lambda_z_times_h;
  d["lambda_z_how"] = result.lambda_z_how;
  d["reasons"] = result.reasons;
  d["not_asked"] = result.not_asked;
  d["notes"] = result.notes;
  return d;
}

py::dict run_plasma(const py::dict& given) {
  const PlasmaResult result = analyse_plasma(plasma_input(given));
  py::dict d = told(result);
  py::list parts;
  for (const PartialArea& part : result.partial) {
    py::dict numbers = numbers_of(part);
    numbers["reason"] = part.reason;
    parts.append(numbers);
  }
  d["parts"] = parts;
  return d;
}

py::dict run_urine(const py::dict& given) {
  const UrineResult result = analyse_urine(urine_input(given));
  py::dict d = told(result);
  py::list parts;
  for (const Collection& one : result.collections) parts.append(numbers_of(one));
  d["parts"] = parts;
  return d;
}

}  // namespace

void bind_nca(py::module_& module) {
  module.def("nca_plasma", &run_plasma, py::arg("given"));
  module.def("nca_urine", &run_urine, py::arg("given"));
  module.def(
      "nca_amounts_between",
      [](const std::vector<double>& cumulative) { return amounts_between(cumulative); },
      py::arg("cumulative"));
  module.def(
      "nca_ratio", [](double above, double below) { return below > 0 ? above / below : unknown; },
      py::arg("above"), py::arg("below"));
}

}  // namespace mgpk::bindings
