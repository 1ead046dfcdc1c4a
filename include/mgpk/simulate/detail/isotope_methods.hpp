// How the methods read a traced table: only what a study could sample, and the truth beside it.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mgpk/body/person.hpp>
#include <mgpk/isotope/dilution.hpp>
#include <mgpk/isotope/double_label.hpp>
#include <mgpk/isotope/feces.hpp>
#include <mgpk/simulate/isotope_methods.hpp>
#include <mgpk/timeline/event.hpp>

namespace mgpk {
namespace simulation::detail {

/// One label in the table: columns of it at hours after its first dose.
class Label {
 public:
  Label(const Trace& trace, std::string name) : trace_(trace), name_(std::move(name)) {
    bool found = false;
    for (const auto& dose : trace.plan.doses()) {
      const bool injected = dose.route != dose::Route::oral;
      if (injected != (name_ == iv_tracer) || (!injected && dose.label != name_)) continue;
      given_at_h_ = found ? std::min(given_at_h_, dose.timing.at_h) : dose.timing.at_h;
      found = true;
    }
  }

  double given_at_h() const { return given_at_h_; }
  /// A column such as a_urine_mmol, of this label, at a time of the table.
  double at(std::string_view column, double t_h) const {
    return trace_.trajectory.at(row_of(t_h), column_of(column, name_));
  }
  double f_plasma_at(double t_h) const {
    return trace_.trajectory.at(row_of(t_h), "f_plasma_of_" + name_);
  }
  double given_mmol() const {
    return trace_.trajectory.column(column_of("a_given_mmol", name_)).back();
  }
  double body_at(std::string_view column, double t_h) const {
    return trace_.trajectory.at(row_of(t_h), column);
  }
  bool within(double t_h) const {
    return t_h <= trace_.trajectory.column("time_h").back() + timeline::same_time_h;
  }

 private:
  std::size_t row_of(double t_h) const {
    const auto times_h = trace_.trajectory.column("time_h");
    const auto found =
        std::lower_bound(times_h.begin(), times_h.end(), t_h - timeline::same_time_h);
    if (found == times_h.end() || std::abs(*found - t_h) > timeline::same_time_h)
      fail("a sample must be taken at an output time", text_of(t_h) + " h after the start",
           "give times_h that hold it, or a smaller every_h");
    return static_cast<std::size_t>(found - times_h.begin());
  }

  const Trace& trace_;
  std::string name_;
  double given_at_h_ = 0;
};

inline Label oral_label(const Trace& trace) {
  for (const auto& name : trace.tracers)
    if (name != iv_tracer && name != "food") return {trace, name};
  fail("the methods need a label by mouth", quoted_list(trace.tracers, "and"),
       "follow the label of a dose by mouth");
}

inline Label iv_label(const Trace& trace) {
  for (const auto& name : trace.tracers)
    if (name == iv_tracer) return {trace, name};
  fail("the methods need the label iv", quoted_list(trace.tracers, "and"),
       "give a label into a vein and follow \"iv\"");
}

/// All methods on one table.
class Methods {
 public:
  explicit Methods(const Trace& trace)
      : trace_(trace),
        oral_(oral_label(trace)),
        iv_(iv_label(trace)),
        end_h_(trace.trajectory.column("time_h").back()),
        f_true_(oral_.at("a_absorbed_first_mmol", end_h_) / oral_.given_mmol()) {}

  std::vector<MethodResult> all(const IsotopeSampling& sampling) {
    for (const double to_h : sampling.feces_h) feces(to_h);
    for (const auto& stretch : sampling.urine) urine(stretch);
    for (const double t_h : sampling.plasma_h) plasma(t_h);
    for (const double t_h : sampling.plasma_area_h) plasma_area(t_h);
    if (!sampling.deconvolution_h.empty()) deconvolution(sampling);
    for (const double t_h : sampling.pool_h) pool(t_h);
    return std::move(results_);
  }

 private:
  double clock_h(double after_h) const { return oral_.given_at_h() + after_h; }
  void found(std::string method, double from_h, double to_h, double f_absorbed) {
    results_.push_back({std::move(method), from_h, to_h, f_absorbed, f_true_, "1"});
  }

  void feces(double to_h) {
    const double t_h = clock_h(to_h);
    if (!oral_.within(t_h)) return;
    const double f_in_feces = oral_.at("a_feces_mmol", t_h) / oral_.given_mmol();
    const double f_returned = iv_.at("a_feces_mmol", t_h) / iv_.given_mmol();
    found("feces", 0, to_h, isotope::f_absorbed_apparent(f_in_feces));
    found("feces, corrected", 0, to_h, isotope::f_absorbed_corrected(f_in_feces, f_returned));
  }

  double ratio(double oral, double iv) const {
    return isotope::f_absorbed_double_label(oral, oral_.given_mmol(), iv, iv_.given_mmol());
  }
  void urine(const Stretch& stretch) {
    const double from_h = clock_h(stretch.from_h), to_h = clock_h(stretch.to_h);
    if (!oral_.within(to_h)) return;
    const auto collected = [&](const Label& label) {
      return label.at("a_urine_mmol", to_h) - label.at("a_urine_mmol", from_h);
    };
    found("urine", stretch.from_h, stretch.to_h, ratio(collected(oral_), collected(iv_)));
  }
  void plasma(double after_h) {
    const double t_h = clock_h(after_h);
    if (!oral_.within(t_h)) return;
    found("plasma", after_h, after_h, ratio(oral_.f_plasma_at(t_h), iv_.f_plasma_at(t_h)));
  }
  void plasma_area(double after_h) {
    const double t_h = clock_h(after_h);
    if (!oral_.within(t_h)) return;
    const char* area = "auc_plasma_total_mmol_h_per_L";
    found("plasma area", 0, after_h, ratio(oral_.at(area, t_h), iv_.at(area, t_h)));
  }
  void deconvolution(const IsotopeSampling& sampling) {
    const double last_h = sampling.deconvolution_h.back();
    if (!oral_.within(std::max(clock_h(last_h), iv_.given_at_h() + last_h))) return;
    const auto input = deconvolved_input(trace_, sampling.deconvolution_h, sampling.smoothing);
    found("deconvolution", 0, last_h, input.amount / oral_.given_mmol());
  }
  void pool(double after_h) {
    const double t_h = iv_.given_at_h() + after_h;
    if (!iv_.within(t_h)) return;
    const double weight_kg = body::weight_kg(trace_.subject);
    double truth_mmol = 0;
    for (const char* pool :
         {"a_plasma_mmol", "a_interstitial_mmol", "a_cells_mmol", "a_red_cells_mmol"})
      truth_mmol += iv_.body_at(pool, t_h);
    const double found_mmol = isotope::a_exchangeable_mmol(
        iv_.given_mmol(), iv_.at("a_urine_mmol", t_h) + iv_.at("a_feces_mmol", t_h),
        iv_.f_plasma_at(t_h));
    results_.push_back({"exchangeable pool", after_h, after_h, found_mmol / weight_kg,
                        truth_mmol / weight_kg, "mmol/kg"});
  }

  const Trace& trace_;
  Label oral_, iv_;
  double end_h_, f_true_;
  std::vector<MethodResult> results_;
};

}  // namespace simulation::detail

MGPK_COMPILED std::vector<MethodResult> isotope_methods(const Trace& trace,
                                                        const IsotopeSampling& sampling) {
  return simulation::detail::Methods(trace).all(sampling);
}

MGPK_COMPILED isotope::Input deconvolved_input(const Trace& trace,
                                               const std::vector<double>& sample_at_h,
                                               double smoothing) {
  using namespace simulation::detail;
  const Label oral = oral_label(trace), iv = iv_label(trace);
  const double v_plasma_L = trace.start.parameters.blood.v_plasma_L;
  std::vector<double> curve, per_mmol;
  for (const double after_h : sample_at_h) {
    curve.push_back(oral.at("a_plasma_mmol", oral.given_at_h() + after_h) / v_plasma_L);
    per_mmol.push_back(iv.at("a_plasma_mmol", iv.given_at_h() + after_h) / v_plasma_L /
                       iv.given_mmol());
  }
  return isotope::deconvolve(sample_at_h, curve, {sample_at_h, per_mmol}, smoothing);
}

MGPK_COMPILED isotope::ExponentialFit urine_exponentials(const Trace& trace,
                                                         const std::vector<double>& collected_h,
                                                         int n_terms, UrineCurve curve) {
  const auto iv = simulation::detail::iv_label(trace);
  const auto clock_h = [&](double after_h) { return iv.given_at_h() + after_h; };
  std::vector<double> middles_h, rates_mmol_per_h;
  const auto all_mmol = [&](double from_h, double to_h) {
    return iv.body_at("a_urine_mmol", clock_h(to_h)) - iv.body_at("a_urine_mmol", clock_h(from_h));
  };
  for (std::size_t i = 1; i < collected_h.size(); ++i) {
    const double from_h = collected_h[i - 1], to_h = collected_h[i];
    double rate_mmol_per_h =
        (iv.at("a_urine_mmol", clock_h(to_h)) - iv.at("a_urine_mmol", clock_h(from_h))) /
        (to_h - from_h);
    if (curve == UrineCurve::share) {
      const double mean_mmol_per_h = all_mmol(collected_h.front(), collected_h.back()) /
                                     (collected_h.back() - collected_h.front());
      rate_mmol_per_h *= mean_mmol_per_h * (to_h - from_h) / all_mmol(from_h, to_h);
    }
    middles_h.push_back(0.5 * (from_h + to_h));
    rates_mmol_per_h.push_back(rate_mmol_per_h);
  }
  return isotope::fit_exponentials(middles_h, rates_mmol_per_h, n_terms);
}

MGPK_COMPILED double t_half_body_h(const Trace& trace, double from_h, double to_h) {
  require(to_h > from_h, "a half-time needs a stretch of time, to_h > from_h", to_h,
          "give a later to_h");
  const auto iv = simulation::detail::iv_label(trace);
  const auto left_mmol = [&](double after_h) {
    const double t_h = iv.given_at_h() + after_h;
    double lost_mmol = 0;
    for (const char* way : {"a_urine_mmol", "a_feces_mmol", "a_sweat_mmol"})
      lost_mmol += iv.at(way, t_h);
    return iv.given_mmol() - lost_mmol;
  };
  return std::numbers::ln2 * (to_h - from_h) / std::log(left_mmol(from_h) / left_mmol(to_h));
}

}  // namespace mgpk
