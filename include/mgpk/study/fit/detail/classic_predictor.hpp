// How a batch of a classic fit is predicted: exact slopes of one compartment, or differences.
#pragma once

#include <Eigen/Core>

#include <algorithm>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/classic/predict.hpp>
#include <mgpk/error.hpp>
#include <mgpk/simulate/detail/shared_work.hpp>
#include <mgpk/study/fit/detail/classic_person.hpp>

namespace mgpk::study::fit {

struct ClassicPredictor::Parts {
  classic::Model model;
  std::vector<std::string> names;
  record::DataSet data;
  ClassicOptions options;
  std::vector<detail::ClassicPerson> people{};
  bool exact = false;

  bool owns(const std::string& name) const {
    return std::find(names.begin(), names.end(), name) != names.end();
  }

  void add_people(const std::vector<std::size_t>& rows) {
    std::size_t next = 0;
    for (const auto& group : data.people()) {
      detail::ClassicPerson person{group.id, group.first_row, group.n_rows, {}, {}};
      for (; next < rows.size() && rows[next] < group.first_row + group.n_rows; ++next)
        person.observed.push_back(rows[next] - group.first_row);
      if (person.observed.empty()) continue;
      person.records = data.records(group, model.layout.compartment_names());
      for (std::size_t i = 0; i < person.records.size(); ++i) person.records[i].row = i;
      people.push_back(std::move(person));
    }
    require(next == rows.size(), "rows to predict must rise and stand in the data set",
            static_cast<double>(rows.size()), "take them from observations()");
  }

  bool has_infusions() const {
    for (const auto& person : people)
      for (const auto& r : person.records)
        if (record::gives_dose(r.event) && r.rate != 0) return true;
    return false;
  }

  bool can_be_exact() const {
    const auto& at = model.layout;
    const bool simple =
        at.n_disposition == 1 && (at.absorption == classic::Absorption::none ||
                                  at.absorption == classic::Absorption::first_order);
    const bool closed = options.predict.engine != classic::EngineKind::ode && model.is_linear() &&
                        !detail::reads_columns(model);
    const bool moves_doses = owns(lag_name) || owns(availability_name);
    return options.exact_slopes && simple && closed && !(moves_doses && has_infusions());
  }

  classic::Model model_at(const Eigen::VectorXd& phi) const {
    classic::Model own = model;
    for (std::size_t k = 0; k < names.size(); ++k)
      detail::quantity_of(own, names[k]) = classic::Quantity(phi[static_cast<Eigen::Index>(k)]);
    return own;
  }

  /// Predictions by the engine of `classic::predict`, without slopes.
  Prediction plain(const detail::ClassicPerson& person, const Eigen::VectorXd& phi) const {
    const classic::Model own = model_at(phi);
    classic::Predictions out;
    out.state_names = own.layout.state_names();
    out.resize(person.records.size());
    const auto column = [&](const std::string& name) {
      return data.numbers(name).subspan(person.first_row, person.n_rows);
    };
    const auto outcome = classic::predict_person(own, person.records, column, options.predict, out);
    if (!outcome.status.ok()) return Prediction::failed(outcome.status.message());
    Prediction prediction;
    prediction.f.resize(static_cast<Eigen::Index>(person.observed.size()));
    for (std::size_t j = 0; j < person.observed.size(); ++j)
      prediction.f[static_cast<Eigen::Index>(j)] = out.c_central_amount_per_L[person.observed[j]];
    return prediction;
  }

  /// Central differences of two steps, extrapolated; a share of each number.
  Prediction differenced(const detail::ClassicPerson& person, const Eigen::VectorXd& phi) const {
    Prediction prediction = plain(person, phi);
    if (!prediction.ok()) return prediction;
    prediction.slopes.resize(prediction.f.size(), phi.size());
    for (Eigen::Index k = 0; k < phi.size(); ++k) {
      const double step = 2e-3 * (phi[k] != 0 ? std::abs(phi[k]) : 1.0);
      Eigen::VectorXd slope[2];
      for (const int halved : {0, 1}) {
        const double h = halved ? step / 2 : step;
        Eigen::VectorXd high = phi, low = phi;
        high[k] += h;
        low[k] -= h;
        Prediction above = plain(person, high), below = plain(person, low);
        if (!above.ok()) return above;
        if (!below.ok()) return below;
        slope[halved] = (above.f - below.f) / (2 * h);
      }
      prediction.slopes.col(k) = slope[1] + (slope[1] - slope[0]) / 3;
    }
    return prediction;
  }

  template <class Real>
  detail::SlopedNumbers<Real> numbers_at(const Eigen::VectorXd& phi) const {
    detail::SlopedNumbers<Real> numbers;
    const classic::Model own = model_at(phi);
    const auto take = [&](const classic::Quantity& quantity, const std::string& name) {
      Real number(quantity.is_given() ? quantity.value : 0.0);
      if constexpr (!std::is_same_v<Real, double>)
        for (std::size_t k = 0; k < names.size(); ++k)
          if (names[k] == name) number.slope[k] = 1;
      return number;
    };
    for (std::size_t i = 0; i < classic::n_parameters; ++i)
      numbers.p.*classic::parameter_members<Real>[i] =
          take(own.parameters.*classic::parameter_members<classic::Quantity>[i],
               std::string(classic::parameter_names[i]));
    numbers.tlag_h = take(own.doses[0].tlag_h, lag_name);
    numbers.f_bioavailable = take(own.doses[0].f_bioavailable, availability_name);
    numbers.moves_lag = owns(lag_name);
    return numbers;
  }

  template <class Real>
  Prediction closed(const detail::ClassicPerson& person, const Eigen::VectorXd& phi) const {
    const auto numbers = numbers_at<Real>(phi);
    const auto timelines = timeline::timelines_of(
        person.records, model.layout.n_compartments(), 0,
        [&](std::size_t compartment, std::size_t) {
          timeline::DoseAttributes a;
          const auto& dose = model.doses[compartment];
          a.f_bioavailable = dose.f_bioavailable.value;
          a.tlag_h = dose.tlag_h.value;
          if (compartment == 0) {
            a.f_bioavailable = classic::detail::plain(numbers.f_bioavailable);
            a.tlag_h = classic::detail::plain(numbers.tlag_h);
          }
          a.duration_h = dose.duration_h.value;
          a.rate = dose.rate.value;
          return a;
        },
        options.predict.limit);
    std::vector<Real> at_records(person.records.size());
    detail::SlopedWalk<Real> walk(model.layout, numbers);
    for (const auto& timeline : timelines)
      if (!walk.walk(timeline, [&](std::size_t record, const Real& c) { at_records[record] = c; }))
        return Prediction::failed("no steady state exists: nothing leaves");
    return answer_of(person, at_records);
  }

  template <class Real>
  Prediction answer_of(const detail::ClassicPerson& person,
                       const std::vector<Real>& at_records) const {
    Prediction prediction;
    const auto n = static_cast<Eigen::Index>(person.observed.size());
    prediction.f.resize(n);
    if constexpr (!std::is_same_v<Real, double>)
      prediction.slopes.resize(n, static_cast<Eigen::Index>(names.size()));
    for (Eigen::Index j = 0; j < n; ++j) {
      const Real& c = at_records[person.observed[static_cast<std::size_t>(j)]];
      prediction.f[j] = classic::detail::plain(c);
      if constexpr (!std::is_same_v<Real, double>)
        for (std::size_t k = 0; k < names.size(); ++k)
          prediction.slopes(j, static_cast<Eigen::Index>(k)) = c.slope[k];
    }
    return prediction;
  }

  Prediction answer(const Request& request, Slopes slopes) const {
    for (std::size_t k = 0; k < names.size(); ++k) {
      const auto why = detail::refusal(names[k], request.phi[static_cast<Eigen::Index>(k)]);
      if (!why.empty()) return Prediction::failed(why);
    }
    const auto& person = people[request.person];
    const bool wanted = slopes == Slopes::wanted;
    if (exact)
      return wanted ? closed<ode::Dual<detail::classic_width>>(person, request.phi)
                    : closed<double>(person, request.phi);
    return wanted ? differenced(person, request.phi) : plain(person, request.phi);
  }
};

MGPK_COMPILED ClassicPredictor::ClassicPredictor(classic::Model model,
                                                 std::vector<std::string> parameters,
                                                 record::DataSet data,
                                                 const std::vector<std::size_t>& rows,
                                                 ClassicOptions options) {
  classic::validate(model);
  options.predict.raise_on_failure = false;
  classic::validate(options.predict, model);
  for (const auto& name : parameters)
    if (!detail::quantity_of(model, name).is_given() ||
        detail::quantity_of(model, name).is_column())
      fail("each parameter of a fit must be a number of the model", name,
           "give the model a number for it, where the search starts");
  // The rules of records are those of a prediction, which says what breaks them and where.
  auto trial = options.predict;
  classic::predict(model, data, trial);
  Parts parts{std::move(model), std::move(parameters), std::move(data), std::move(options)};
  parts.add_people(rows);
  parts.exact = parts.can_be_exact();
  parts_ = std::make_unique<const Parts>(std::move(parts));
}

MGPK_COMPILED ClassicPredictor::~ClassicPredictor() = default;

MGPK_COMPILED std::size_t ClassicPredictor::n_people() const { return parts_->people.size(); }
MGPK_COMPILED std::size_t ClassicPredictor::n_parameters() const { return parts_->names.size(); }
MGPK_COMPILED std::size_t ClassicPredictor::n_observations(std::size_t person) const {
  return parts_->people[person].observed.size();
}
MGPK_COMPILED bool ClassicPredictor::has_exact_slopes() const { return parts_->exact; }
MGPK_COMPILED std::vector<std::string> ClassicPredictor::ids() const {
  std::vector<std::string> all;
  for (const auto& person : parts_->people) all.push_back(person.id);
  return all;
}

MGPK_COMPILED std::vector<Prediction> ClassicPredictor::predict(std::span<const Request> requests,
                                                                Slopes slopes) const {
  constexpr std::size_t piece = 32;  // a thread costs more than a few of the closed forms
  std::vector<Prediction> all(requests.size());
  const simulation::detail::WorkProgress quiet;
  simulation::detail::SharedWork((requests.size() + piece - 1) / piece, parts_->options.n_threads,
                                 quiet)
      .run([&](std::size_t p) {
        for (std::size_t i = p * piece; i < std::min((p + 1) * piece, requests.size()); ++i) try {
            all[i] = parts_->answer(requests[i], slopes);
          } catch (const std::exception& refused) {  // leaving a thread would end the program
            all[i] = Prediction::failed(refused.what());
          }
      });
  return all;
}

}  // namespace mgpk::study::fit
