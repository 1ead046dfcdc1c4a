// What an isotope study would find, method by method, beside the truth of the simulated body.
#pragma once

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <mgpk/compiled.hpp>
#include <mgpk/isotope/deconvolution.hpp>
#include <mgpk/isotope/exponentials.hpp>
#include <mgpk/simulate/isotopes.hpp>

namespace mgpk {

/// Hours after the first dose of the label by mouth; for the pool, after the injected one.
struct Stretch {
  double from_h = 0;
  double to_h = 0;
  bool operator==(const Stretch&) const = default;
};

/// Which samples are taken. Times at which the table has no row are refused; those beyond its end
/// are left out.
struct IsotopeSampling {
  std::vector<double> feces_h{120, 168, 288};
  std::vector<Stretch> urine{{0, 24}, {24, 48}, {48, 72}, {72, 144}};
  std::vector<double> plasma_h{24, 72};
  std::vector<double> plasma_area_h{24, 72};  ///< areas from 0 h on
  std::vector<double> deconvolution_h{0, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 24, 48, 72};
  double smoothing = 0;
  std::vector<double> pool_h{24, 48, 72, 144};
  bool operator==(const IsotopeSampling&) const = default;
};

/// One estimate and the truth that it is after.
struct MethodResult {
  std::string method;  ///< "feces", "urine", "plasma", ...
  double from_h = 0;
  double to_h = 0;
  double estimate = 0;
  double truth = 0;
  std::string unit;  ///< "1" of a fraction absorbed, "mmol/kg" of a pool
  double bias() const { return estimate - truth; }
};

/// All methods on one study with a label by mouth and one into the blood. The truth of absorption
/// is the share of the label by mouth that crossed the gut wall for the first time by the end of
/// the table; that of a pool is the magnesium of plasma, interstitium, cells and red cells.
///
///   feces                      f_absorbed_apparent
///   feces, corrected           with the injected label that was found in stool
///   urine, plasma, plasma area f_absorbed_double_label
///   deconvolution              of plasma; all that has come in by the last sample
///   exchangeable pool          of the injected label; urine and stool collected, sweat not
/// @throws InputError when a label is missing, or the table has no row at a time
MGPK_COMPILED std::vector<MethodResult> isotope_methods(const Trace& trace,
                                                        const IsotopeSampling& sampling = {});

/// The label by mouth coming into the blood, as deconvolution of plasma shows it; rates in mmol/h.
MGPK_COMPILED isotope::Input deconvolved_input(const Trace& trace,
                                               const std::vector<double>& sample_at_h,
                                               double smoothing = 0);

/// What exponentials are put through, both in mmol/h: the label in urine as it is collected, which
/// swings with meals and loads as all urine does; or its share of the magnesium of each collection,
/// times the mean rate of all of them.
enum class UrineCurve { rate, share };

/// Exponentials of the injected label in urine, as amounts collected from each time to the next (h
/// after its dose) and set at the middle of their time: heights in mmol/h.
MGPK_COMPILED isotope::ExponentialFit urine_exponentials(const Trace& trace,
                                                         const std::vector<double>& collected_h,
                                                         int n_terms,
                                                         UrineCurve curve = UrineCurve::share);

/// Half-time of the injected label in the whole body between two times after its dose, h.
MGPK_COMPILED double t_half_body_h(const Trace& trace, double from_h, double to_h);

}  // namespace mgpk

#if MGPK_DEFINE_COMPILED
#include <mgpk/simulate/detail/isotope_methods.hpp>
#endif
