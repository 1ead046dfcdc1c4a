// What a model says in which nothing has an effect: read off the same runs by other observables.
#pragma once

#include <cmath>
#include <deque>
#include <string_view>
#include <vector>

#include <mgpk/evidence/lookup.hpp>
#include <mgpk/study/catalogue.hpp>
#include <mgpk/study/predict.hpp>

namespace mgpk::study::detail {

/// The observables that the null model of a set of studies needs, as studies of their own.
class NullModel {
 public:
  explicit NullModel(const std::vector<const Study*>& studies) : studies_(studies) {
    for (const Study* study : studies) add(*study);
  }

  /// The studies themselves, then what the null model reads.
  std::vector<const Study*> all() const {
    auto all = studies_;
    for (const auto& more : read_) all.push_back(&more);
    return all;
  }

  /// `predictions` belong to `all()`.
  std::vector<double> values(const std::vector<Prediction>& predictions) const {
    std::vector<double> nulls;
    for (std::size_t i = 0; i < studies_.size(); ++i)
      nulls.push_back(value(i, [&](std::size_t k) { return predictions[k].value; }));
    return nulls;
  }

 private:
  static Null rule(const Study& study) { return observable_of(study.observable).null; }
  static bool takes_nothing(const Study& study) { return scenario_of(study.scenario).n_lines == 0; }

  void read(Study study, std::string_view observable, std::string_view scenario, double from_h,
            double to_h) {
    study.observable = observable;
    study.scenario = scenario;
    study.comparator = "";
    study.from_h = from_h;
    study.to_h = to_h;
    read_.push_back(study);
  }

  void add(const Study& study) {
    first_.push_back(studies_.size() + read_.size());
    const double from_h = study.from_h, to_h = study.to_h;
    switch (rule(study)) {
      case Null::plasma:
      case Null::area:
        return read(study, "c_plasma_total_mmol_per_L", study.scenario, 0, 0);
      case Null::excreted:
        if (study.domain == Domain::iv && study.observable == "ae_mmol") {
          read(study, "ae_mmol", study.scenario, from_h, to_h);
          read(study, "f_excreted", study.scenario, from_h, to_h);
        }
        return;
      case Null::adult:
        return read(study, study.observable, "reference_adult", from_h, to_h);
      case Null::urine:
        if (takes_nothing(study))
          return read(study, "a_urine_mmol", "reference_adult", from_h, to_h);
        read(study, "a_urine_mmol", study.scenario, from_h, to_h);
        return read(study, "ae_mmol", study.scenario, from_h, to_h);
      case Null::zero:
      case Null::one:
      case Null::common:
        return;
    }
  }

  template <class Read>
  double value(std::size_t i, Read&& read) const {
    const Study& study = *studies_[i];
    const std::size_t first = first_[i];
    switch (rule(study)) {
      case Null::zero:
        return 0;
      case Null::one:
        return 1;
      case Null::plasma:
        if (takes_nothing(study))
          return share_of_total(study.observable) *
                 evidence::parameter("c_plasma_total_reference_mmol_per_L").value;
        return read(first);
      case Null::area:
        return read(first) * (study.to_h - study.from_h);
      case Null::excreted:
        if (study.domain != Domain::iv) return 0;
        return study.observable == "f_excreted" ? 1 : read(first) / read(first + 1);
      case Null::adult:
        return read(first);
      case Null::urine:
        return takes_nothing(study) ? read(first) : read(first) - read(first + 1);
      case Null::common:
        return common(study.observable);
    }
    return unknown;
  }

  static double share_of_total(std::string_view observable) {
    if (observable == "c_plasma_ionized_mmol_per_L")
      return evidence::parameter("f_ionized_reference").value;
    if (observable == "c_plasma_ultrafilterable_mmol_per_L")
      return evidence::parameter("f_uf_reference").value;
    return 1;
  }

  /// What observables share one common number: shares absorbed do, whatever the method.
  static std::string_view kind_of(std::string_view observable) {
    const bool whole_gut =
        observable.starts_with("f_") && observable.find("_in_") == observable.npos;
    return whole_gut ? "f_absorbed" : observable;
  }

  /// The best single number there is for all studies of this kind: their own geometric mean.
  double common(std::string_view observable) const {
    double sum = 0, weights = 0;
    for (const Study* study : studies_) {
      if (kind_of(study->observable) != kind_of(observable) || rule(*study) != Null::common)
        continue;
      sum += weight(*study) * std::log(study->observed);
      weights += weight(*study);
    }
    return std::exp(sum / weights);
  }

  std::vector<const Study*> studies_;
  std::deque<Study> read_;          ///< a deque, because their addresses are handed out
  std::vector<std::size_t> first_;  ///< of `all()`, for each study
};

}  // namespace mgpk::study::detail
