// From samples on the clock of the data to the curve after the dose that is integrated.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/nca/plasma_input.hpp>

namespace mgpk::nca::detail {

/// The curve from the dose, 0 h, on.
struct Curve {
  std::vector<Point> points;
  std::vector<bool> measured;       ///< parallel: a measurement, no stand-in
  bool starts_with_sample = true;   ///< or with a value that was put in at the dose
  std::optional<std::size_t> last;  ///< of the last positive measurement
  std::size_t peak = 0;
  AreaMethod method;
  Terminal terminal;

  double t_end_h() const { return points.back().t_h; }
  std::size_t first_sample() const { return starts_with_sample ? 0 : 1; }
};

inline void require_increasing(const std::vector<double>& times_h) {
  for (std::size_t i = 0; i < times_h.size(); ++i) {
    require(std::isfinite(times_h[i]), "each time of a sample must be finite", times_h[i],
            "leave out samples without a time");
    if (i > 0 && !(times_h[i] > times_h[i - 1]))
      fail("times of samples must increase",
           text_of(times_h[i]) + " h after " + text_of(times_h[i - 1]) + " h",
           times_h[i] == times_h[i - 1] ? "give one sample per time" : "sort them");
  }
}

inline void validate_samples(const PlasmaInput& input) {
  require(!input.times_h.empty(), "an analysis needs samples", 0,
          "give times_h and c_amount_per_L");
  require(input.c_amount_per_L.size() == input.times_h.size(),
          "concentrations must be as many as times",
          static_cast<double>(input.c_amount_per_L.size()), "give one for each time");
  require(input.is_blq.empty() || input.is_blq.size() == input.times_h.size(),
          "marks of samples below the limit must be as many as times",
          static_cast<double>(input.is_blq.size()), "give one for each time");
  require_increasing(input.times_h);
  validate_baseline(input.baseline, input.times_h.size());
}

inline void check_value(const PlasmaInput& input, std::size_t i) {
  const double c = input.c_amount_per_L[i];
  require(!std::isinf(c), "each concentration must be finite", c, "leave the sample out");
  if (std::isnan(c))
    fail("each concentration must be a number", "NaN at " + text_of(input.times_h[i]) + " h",
         "leave the sample out, mark it as below the limit, or choose missing = drop");
  if (c < 0 && input.baseline.kind == BaselineKind::none)
    fail("a concentration without a baseline must not be negative",
         text_of(c) + " at " + text_of(input.times_h[i]) + " h",
         "give the baseline; for values that are corrected already, a baseline of 0");
}

/// All samples with a number or a mark, on the clock of the dose.
inline std::vector<Observation> read_samples(const PlasmaInput& input,
                                             std::vector<std::string>& notes) {
  std::vector<Observation> samples;
  std::size_t n_missing = 0;
  for (std::size_t i = 0; i < input.times_h.size(); ++i) {
    const bool is_blq = !input.is_blq.empty() && input.is_blq[i];
    const bool missing = std::isnan(input.c_amount_per_L[i]) && !is_blq;
    if (missing && input.missing == MissingRule::drop) {
      ++n_missing;
      continue;
    }
    if (!is_blq) check_value(input, i);
    const double baseline =
        input.baseline.kind == BaselineKind::profile ? input.baseline.profile[i] : 0;
    samples.push_back(
        {input.times_h[i] - input.dose_at_h, input.c_amount_per_L[i], baseline, is_blq, true});
  }
  if (n_missing > 0)
    notes.push_back(std::to_string(n_missing) + " sample(s) without a value dropped");
  return samples;
}

/// The mean of the samples at the dose and before it, BLQ ones by the rule for the beginning.
inline double predose_baseline(const std::vector<Observation>& samples, BlqOptions blq) {
  blq.between = blq.after = blq.before;
  std::vector<Observation> before;
  for (const Observation& sample : samples)
    if (sample.t_h <= 0) before.push_back(sample);
  std::vector<std::string> unused;
  before = apply_blq(std::move(before), blq, unused);
  if (before.empty())
    fail("a baseline from the samples before the dose needs one at or before the dose", "none",
         "give the baseline as a number");
  double sum = 0;
  for (const Observation& sample : before) sum += sample.c_amount_per_L;
  return sum / static_cast<double>(before.size());
}

inline void correct_for_baseline(const PlasmaInput& input, double predose,
                                 std::vector<Observation>& samples,
                                 std::vector<std::string>& notes) {
  const BaselineOptions& options = input.baseline;
  if (options.kind == BaselineKind::none) return;
  std::vector<double> values, baseline;
  for (const Observation& sample : samples) {
    values.push_back(sample.c_amount_per_L);
    baseline.push_back(options.kind == BaselineKind::constant  ? options.constant
                       : options.kind == BaselineKind::predose ? predose
                                                               : sample.c_baseline_amount_per_L);
  }
  notes.push_back(options.kind == BaselineKind::profile
                      ? "a baseline of its own is taken off each sample"
                      : "a baseline of " + text_of(baseline.empty() ? predose : baseline[0]) +
                            " is taken off each sample");
  subtract_baseline(values, baseline, options.negative, notes);
  for (std::size_t i = 0; i < samples.size(); ++i) samples[i].c_amount_per_L = values[i];
}

/// C0 of a bolus: back along the line through the logarithms of the first two samples after it.
inline double back_extrapolated(const std::vector<Observation>& samples, std::size_t first,
                                std::vector<std::string>& notes) {
  const double c1 = samples[first].c_amount_per_L;
  if (first + 1 < samples.size()) {
    const double c2 = samples[first + 1].c_amount_per_L;
    const double t1 = samples[first].t_h, t2 = samples[first + 1].t_h;
    if (c1 > 0 && c2 > 0 && c2 < c1) {
      notes.push_back("C0 extrapolated back through the samples at " + text_of(t1) + " and " +
                      text_of(t2) + " h");
      return c1 * std::exp(-log_ratio(c1, c2) * t1 / (t2 - t1));
    }
  }
  notes.push_back("C0 set to the first sample: the first two do not fall");
  return c1;
}

/// The value put in at the dose where no sample was drawn then.
inline double start_value(const PlasmaInput& input, const std::vector<Observation>& samples,
                          std::size_t first, std::vector<std::string>& notes) {
  if (input.route == Route::iv_bolus) return back_extrapolated(samples, first, notes);
  if (!input.at_steady_state) {
    notes.push_back("no sample at the dose: 0 put in there");
    return 0;
  }
  double lowest = std::numeric_limits<double>::infinity();
  for (const Observation& sample : samples)
    if (sample.t_h <= input.tau_h) lowest = std::min(lowest, sample.c_amount_per_L);
  if (std::isinf(lowest))
    fail("a steady state needs a sample within the dosing interval", "none",
         "give a longer tau_h, or more samples");
  notes.push_back("no sample at the dose: the lowest of the dosing interval put in there");
  return lowest;
}

inline void find_marks(Curve& curve) {
  curve.peak = curve.first_sample();
  for (std::size_t i = curve.first_sample(); i < curve.points.size(); ++i) {
    if (curve.points[i].y > curve.points[curve.peak].y) curve.peak = i;
    if (curve.measured[i] && curve.points[i].y > 0) curve.last = i;
  }
}

/// Puts the start in where needed and finds peak and last measurement.
inline Curve curve_of(const PlasmaInput& input, const std::vector<Observation>& samples,
                      std::vector<std::string>& notes) {
  Curve curve;
  std::size_t first = 0;
  const bool at_dose = samples[0].t_h == 0;
  const bool before_bolus =
      at_dose && input.route == Route::iv_bolus && !(samples[0].c_amount_per_L > 0);
  if (before_bolus && samples.size() > 1) {
    first = 1;
    notes.push_back("the sample at the bolus is not positive: taken as drawn before it");
  }
  if (at_dose && !before_bolus && input.route == Route::iv_bolus)
    notes.push_back("the sample at the bolus is taken as C0: leave it out if drawn before it");
  if (!at_dose || first == 1) {
    curve.points.push_back({0, start_value(input, samples, first, notes)});
    curve.measured.push_back(false);
    curve.starts_with_sample = false;
  }
  for (std::size_t i = first; i < samples.size(); ++i) {
    curve.points.push_back({samples[i].t_h, samples[i].c_amount_per_L});
    curve.measured.push_back(samples[i].measured);
  }
  find_marks(curve);
  curve.method = {input.rule, curve.points[curve.peak].t_h};
  return curve;
}

inline Curve read_curve(const PlasmaInput& input, std::vector<std::string>& notes) {
  const auto all = read_samples(input, notes);
  const double predose =
      input.baseline.kind == BaselineKind::predose ? predose_baseline(all, input.blq) : 0;
  std::vector<Observation> samples;
  for (const Observation& sample : all)
    if (sample.t_h >= 0) samples.push_back(sample);
  if (samples.size() < all.size())
    notes.push_back(std::to_string(all.size() - samples.size()) +
                    " sample(s) before the dose left out");
  samples = apply_blq(std::move(samples), input.blq, notes);
  if (samples.empty())
    fail("an analysis needs samples after the dose", "none", "check dose_at_h and the BLQ rules");
  correct_for_baseline(input, predose, samples, notes);
  Curve curve = curve_of(input, samples, notes);
  std::vector<Point> measured;
  for (std::size_t i = 0; curve.last && i <= *curve.last; ++i)
    if (curve.measured[i]) measured.push_back(curve.points[i]);
  const bool with_peak = input.terminal.with_peak.value_or(input.route == Route::iv_bolus);
  const double infused_h = input.route == Route::iv_infusion ? input.infusion_h : 0;
  curve.terminal =
      fit_terminal(measured, infused_h, curve.points[curve.peak].t_h, with_peak, input.terminal);
  return curve;
}

}  // namespace mgpk::nca::detail
