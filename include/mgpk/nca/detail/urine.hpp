// The definitions of urine.hpp.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/nca/detail/curve.hpp>
#include <mgpk/nca/detail/partial.hpp>
#include <mgpk/nca/detail/plasma.hpp>
#include <mgpk/nca/detail/telling.hpp>
#include <mgpk/nca/urine.hpp>

namespace mgpk::nca {
namespace detail {

inline void validate_collections(const UrineInput& input) {
  const std::size_t n = input.starts_h.size();
  require(n > 0, "an analysis of urine needs collections", 0, "give starts_h, ends_h and amounts");
  require(input.ends_h.size() == n && input.amounts.size() == n,
          "collections need one start, end and amount each",
          static_cast<double>(std::min(input.ends_h.size(), input.amounts.size())),
          "give as many of each");
  for (std::size_t i = 0; i < n; ++i) {
    require(std::isfinite(input.starts_h[i]), "each start of a collection must be finite",
            input.starts_h[i], "give hours");
    require(std::isfinite(input.ends_h[i]) && input.ends_h[i] > input.starts_h[i],
            "a collection must end after it starts", input.ends_h[i], "give a later end");
    require(i == 0 || input.starts_h[i] >= input.ends_h[i - 1],
            "a collection must start when the one before has ended, or later", input.starts_h[i],
            "sort the collections; two cannot overlap");
    require(input.starts_h[i] >= input.dose_at_h, "a collection must start at the dose or after it",
            input.starts_h[i],
            "leave out collections before the dose: their rate can be the baseline");
  }
}

inline void validate(const UrineInput& input) {
  require(std::isfinite(input.dose_at_h), "dose_at_h must be finite", input.dose_at_h,
          "give the time of the dose on the clock of the collections");
  validate_collections(input);
  if (!std::isnan(input.dose_amount))
    require_positive("dose_amount", input.dose_amount, "leave it out where it is not known");
  validate_baseline(input.baseline, input.starts_h.size());
  require(input.baseline.kind != BaselineKind::predose,
          "a baseline of urine must be a rate or one amount per collection", unknown,
          "give the rate of the collection before the dose");
}

inline double baseline_amount(const UrineInput& input, std::size_t i) {
  if (input.baseline.kind == BaselineKind::profile) return input.baseline.profile[i];
  if (input.baseline.kind == BaselineKind::constant)
    return input.baseline.constant * (input.ends_h[i] - input.starts_h[i]);
  return 0;
}

inline bool counts(const UrineInput& input, std::size_t i) {
  const double amount = input.amounts[i];
  if (std::isnan(amount) && input.missing == MissingRule::drop) return false;
  const std::string where = " in the collection from " + text_of(input.starts_h[i]) + " to " +
                            text_of(input.ends_h[i]) + " h";
  if (!std::isfinite(amount))
    fail("each amount must be a number", text_of(amount) + where,
         "leave the collection out, or choose missing = drop");
  if (amount < 0 && input.baseline.kind == BaselineKind::none)
    fail("an amount without a baseline must not be negative", text_of(amount) + where,
         "give the baseline; for amounts that are corrected already, a baseline of 0");
  return true;
}

inline std::vector<Collection> read_collections(const UrineInput& input,
                                                std::vector<std::string>& notes) {
  std::vector<Collection> found;
  std::vector<double> amounts, baseline;
  for (std::size_t i = 0; i < input.amounts.size(); ++i) {
    if (!counts(input, i)) continue;
    Collection one;
    one.from_h = input.starts_h[i] - input.dose_at_h;
    one.to_h = input.ends_h[i] - input.dose_at_h;
    one.midpoint_h = (one.from_h + one.to_h) / 2;
    found.push_back(one);
    amounts.push_back(input.amounts[i]);
    baseline.push_back(baseline_amount(input, i));
  }
  if (found.empty())
    fail("an analysis of urine needs collections", "none has an amount", "give one");
  if (found.size() < input.amounts.size())
    notes.push_back(std::to_string(input.amounts.size() - found.size()) +
                    " collection(s) without an amount dropped");
  if (input.baseline.kind != BaselineKind::none) {
    notes.push_back("the baseline is taken off each collection");
    subtract_baseline(amounts, baseline, input.baseline.negative, notes);
  }
  double sum = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    found[i].ae_amount = amounts[i];
    found[i].rate_amount_per_h = amounts[i] / (found[i].to_h - found[i].from_h);
    found[i].ae_cumulative_amount = sum += amounts[i];
  }
  return found;
}

inline void tell_gaps(UrineResult& r) {
  double end_h = 0;
  for (const Collection& one : r.collections) {
    if (one.from_h > end_h + 1e-9 * std::max(1.0, end_h))
      r.notes.push_back("nothing collected from " + text_of(end_h) + " to " + text_of(one.from_h) +
                        " h: the excreted amount lacks it");
    end_h = one.to_h;
  }
}

/// Rates at midpoints, from the dose, where nothing is excreted yet, on.
inline Curve curve_of_rates(const UrineInput& input, const std::vector<Collection>& collections) {
  Curve curve;
  if (collections[0].midpoint_h > 0) {
    curve.points.push_back({0, 0});
    curve.measured.push_back(false);
    curve.starts_with_sample = false;
  }
  std::vector<Point> rates;
  for (const Collection& one : collections) {
    rates.push_back({one.midpoint_h, one.rate_amount_per_h});
    curve.points.push_back(rates.back());
    curve.measured.push_back(true);
  }
  find_marks(curve);
  curve.method = {input.rule, curve.points[curve.peak].t_h};
  if (curve.last) rates.resize(*curve.last + 1 - curve.first_sample());
  curve.terminal = fit_terminal(rates, 0, curve.points[curve.peak].t_h,
                                input.terminal.with_peak.value_or(false), input.terminal);
  return curve;
}

inline void tell_rates(UrineResult& r, const Curve& curve) {
  r.rate_max_amount_per_h = curve.points[curve.peak].y;
  r.t_rate_max_h = curve.points[curve.peak].t_h;
  Terminal terminal = curve.terminal;
  if (!curve.last) terminal.reason = "no collection has anything in it";
  tell_terminal(r, terminal);
  const Names infinity = {"aurc_inf_observed_amount", "aurc_inf_predicted_amount",
                          "f_aurc_extrapolated_observed"};
  if (!terminal.reason.empty()) cannot(r, infinity, "no lambda_z: " + terminal.reason);
  if (!curve.last) {
    cannot(r, {"tlag_h", "rate_last_amount_per_h", "t_rate_last_h", "aurc_last_amount"},
           terminal.reason);
    return;
  }
  std::size_t first = 0;
  while (!(curve.points[first].y > 0)) ++first;
  r.tlag_h = first > 0 ? curve.points[first - 1].t_h : 0;
  const Point last = curve.points[*curve.last];
  r.rate_last_amount_per_h = last.y;
  r.t_rate_last_h = last.t_h;
  r.aurc_last_amount = moments_of(curve.points, 0, last.t_h, curve.method).zeroth;
  if (!terminal.reason.empty()) return;
  const double lambda = terminal.lambda_z_per_h;
  const double predicted = std::exp(terminal.intercept - lambda * last.t_h);
  r.aurc_inf_observed_amount = r.aurc_last_amount + last.y / lambda;
  r.aurc_inf_predicted_amount = r.aurc_last_amount + predicted / lambda;
  if (r.aurc_inf_observed_amount > 0)
    r.f_aurc_extrapolated_observed = last.y / lambda / r.aurc_inf_observed_amount;
  else
    cannot(r, {"f_aurc_extrapolated_observed"}, "the area is not positive");
}

inline void tell_renal_clearance(UrineResult& r, const UrineInput& input) {
  const Names names = {"auc_amount_h_per_L", "cl_renal_L_per_h"};
  if (!input.plasma) {
    not_asked(r, names, "no plasma was given");
    return;
  }
  PlasmaInput plasma = *input.plasma;
  plasma.dose_at_h = input.dose_at_h;
  validate(plasma);
  std::vector<std::string> notes;
  const Curve curve = read_curve(plasma, notes);
  for (const std::string& note : notes) r.notes.push_back("plasma: " + note);
  double area = 0;
  for (const Collection& one : r.collections) {
    const PartialArea part = partial_area(curve, {one.from_h, one.to_h});
    if (!part.reason.empty()) {
      cannot(r, names, "plasma: " + part.reason);
      return;
    }
    area += part.auc_amount_h_per_L;
  }
  r.auc_amount_h_per_L = area;
  if (area > 0)
    r.cl_renal_L_per_h = r.ae_amount / area;
  else
    cannot(r, {"cl_renal_L_per_h"}, "the area of plasma is not positive");
}

}  // namespace detail

MGPK_COMPILED UrineResult analyse_urine(const UrineInput& input) {
  using namespace detail;
  validate(input);
  UrineResult r;
  r.collections = read_collections(input, r.notes);
  tell_gaps(r);
  r.ae_amount = r.collections.back().ae_cumulative_amount;
  if (std::isnan(input.dose_amount))
    not_asked(r, {"f_excreted"}, "no dose was given");
  else
    r.f_excreted = r.ae_amount / input.dose_amount;
  tell_rates(r, curve_of_rates(input, r.collections));
  tell_renal_clearance(r, input);
  return r;
}

MGPK_COMPILED std::vector<double> amounts_between(std::span<const double> cumulative) {
  std::vector<double> amounts;
  for (std::size_t i = 1; i < cumulative.size(); ++i)
    amounts.push_back(cumulative[i] - cumulative[i - 1]);
  return amounts;
}

}  // namespace mgpk::nca
