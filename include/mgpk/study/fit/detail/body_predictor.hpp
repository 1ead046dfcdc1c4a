// How what was measured is read off runs, and their slopes.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <exception>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/simulate/baselines.hpp>
#include <mgpk/simulate/slopes.hpp>
#include <mgpk/study/fit/body_predictor.hpp>

namespace mgpk::study::fit {

namespace detail {

/// The rows of a run that the observables of a person need.
inline std::vector<double> times_of(const BodyPerson& person) {
  if (person.observables.empty())
    fail("each person of a fit needs something measured", "nothing", "leave the person out");
  std::vector<double> times_h;
  for (const auto& observable : person.observables) {
    simulation::check_times({observable.t_h});
    times_h.push_back(observable.t_h);
    if (!observable.since_h) continue;
    simulation::check_times({*observable.since_h});
    require(*observable.since_h < observable.t_h,
            "since_h must lie before the time of " + observable.column, *observable.since_h,
            "give the start of the collection");
    times_h.push_back(*observable.since_h);
  }
  std::sort(times_h.begin(), times_h.end());
  times_h.erase(std::unique(times_h.begin(), times_h.end()), times_h.end());
  if (times_h.back() == 0.0)
    fail("a fit needs a value after the start", "values at 0 h only", "give later ones");
  return times_h;
}

/// The place of a column, and of a time in the rows.
inline Eigen::Index column_of(const simulation::Trajectory& table, const std::string& name) {
  return (table.column(name).data() - table.values().data()) / table.values().rows();
}
inline Eigen::Index row_of(const std::vector<double>& times_h, double t_h) {
  return std::lower_bound(times_h.begin(), times_h.end(), t_h) - times_h.begin();
}

/// Reads a table, or the slopes of one, as the observables say.
template <class Read>
Eigen::VectorXd read(const BodyPerson& person, const std::vector<double>& times_h, Read&& at) {
  Eigen::VectorXd f(static_cast<Eigen::Index>(person.observables.size()));
  for (Eigen::Index k = 0; k < f.size(); ++k) {
    const auto& observable = person.observables[static_cast<std::size_t>(k)];
    f[k] = at(row_of(times_h, observable.t_h), observable.column);
    if (observable.since_h) f[k] -= at(row_of(times_h, *observable.since_h), observable.column);
  }
  return f;
}

inline Prediction prediction_of(const SlopedRun& sloped, const BodyPerson& person,
                                const std::vector<double>& times_h) {
  const auto& table = sloped.run.trajectory;
  const auto of = [&](const Eigen::MatrixXd& numbers) {
    return read(person, times_h, [&](Eigen::Index row, const std::string& name) {
      return numbers(row, column_of(table, name));
    });
  };
  Prediction prediction;
  prediction.f = of(table.values());
  prediction.slopes.resize(prediction.f.size(), static_cast<Eigen::Index>(sloped.slopes.size()));
  for (std::size_t d = 0; d < sloped.slopes.size(); ++d)
    prediction.slopes.col(static_cast<Eigen::Index>(d)) = of(sloped.slopes[d]);
  return prediction;
}

/// The run of a person whose own parameters are those of a request.
inline RunJob job_of(const BodyPerson& person, const std::vector<double>& times_h,
                     const std::vector<simulation::Direction>& directions,
                     const Eigen::VectorXd& phi) {
  RunJob job{person.subject, person.plan, {}, {}};
  job.options.times_h = times_h;
  job.options.with_baseline = false;
  job.options.empty_gut_at_start = person.empty_gut_at_start;
  job.options.start_c_plasma_total_mmol_per_L = person.start_c_plasma_total_mmol_per_L;
  job.subject.allow_outside_range = true;
  for (std::size_t d = 0; d < directions.size(); ++d)
    simulation::set_along(directions[d], phi[static_cast<Eigen::Index>(d)], job.subject,
                          job.options);
  return job;
}

}  // namespace detail

MGPK_COMPILED BodyPredictor::BodyPredictor(std::vector<BodyPerson> people,
                                           const std::vector<std::string>& parameters,
                                           simulation::ManyOptions how)
    : people_(std::move(people)),
      parameters_(parameters),
      directions_(simulation::directions_of(parameters)),
      how_(std::move(how)) {
  how_.progress = {};
  for (const auto& person : people_) {
    body::validate(person.subject);
    times_h_.push_back(detail::times_of(person));
  }
}

MGPK_COMPILED std::vector<Prediction> BodyPredictor::predict(std::span<const Request> requests,
                                                             Slopes slopes) const {
  std::vector<Prediction> predictions(requests.size());
  std::vector<RunJob> jobs;
  std::vector<std::size_t> who;  // of the requests that have a baseline
  {
    std::vector<RunJob> all;
    std::vector<Subject> subjects;
    for (const auto& request : requests) {
      all.push_back(detail::job_of(people_.at(request.person), times_h_[request.person],
                                   directions_, request.phi));
      subjects.push_back(all.back().subject);
    }
    simulation::Options tolerances;
    tolerances.relative_tolerance = how_.solver.relative_tolerance;
    tolerances.absolute_tolerance_mmol = how_.solver.absolute_tolerance;
    auto baselines = simulation::baselines_of(subjects, tolerances, how_.n_threads);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!baselines[i].baseline) {
        predictions[i] = Prediction::failed(baselines[i].failure);
        continue;
      }
      all[i].baseline = std::move(*baselines[i].baseline);
      jobs.push_back(std::move(all[i]));
      who.push_back(i);
    }
  }
  const auto read = [&](std::size_t k, const SlopedRun& sloped) {
    const std::size_t person = requests[who[k]].person;
    return detail::prediction_of(sloped, people_[person], times_h_[person]);
  };
  if (slopes == Slopes::wanted) {
    const auto outcomes = simulate_with_slopes(jobs, parameters_, how_);
    for (std::size_t k = 0; k < outcomes.size(); ++k)
      predictions[who[k]] =
          outcomes[k].run ? read(k, *outcomes[k].run) : Prediction::failed(outcomes[k].failure);
  } else {
    auto outcomes = simulate_many(jobs, how_);
    for (std::size_t k = 0; k < outcomes.size(); ++k)
      predictions[who[k]] = outcomes[k].run ? read(k, {std::move(*outcomes[k].run), {}})
                                            : Prediction::failed(outcomes[k].failure);
  }
  return predictions;
}

}  // namespace mgpk::study::fit
