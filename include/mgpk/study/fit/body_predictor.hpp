// The whole body as the model of a fit: people, their plans, and what was measured of them.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/compiled.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/simulate/direction.hpp>
#include <mgpk/simulate/options.hpp>
#include <mgpk/simulate/solve_many.hpp>
#include <mgpk/study/fit/predictor.hpp>

namespace mgpk::study::fit {

/// One number that was measured: a column of a run at a time, or what it gained since another one,
/// such as urine collected from 0 to 24 h.
struct Observable {
  std::string column;
  double t_h = 0;
  std::optional<double> since_h{};
};

/// A person under a plan, as a run would have them, and what was measured.
struct BodyPerson {
  Subject subject;
  Schedule plan;
  bool empty_gut_at_start = false;
  std::optional<double> start_c_plasma_total_mmol_per_L{};
  std::vector<Observable> observables;
};

/// Predicts what was measured of people, each from the baseline that goes with their parameters,
/// with exact slopes. The parameters are those of `simulate_with_slopes`. They may leave the range
/// of the evidence: how far, a fit's bounds say.
class BodyPredictor final : public Predictor {
 public:
  /// Tolerances and threads are those of `how`; its progress is not used.
  /// @throws InputError for people, plans, columns or parameters that are refused
  BodyPredictor(std::vector<BodyPerson> people, const std::vector<std::string>& parameters,
                simulation::ManyOptions how);

  std::size_t n_people() const override { return people_.size(); }
  std::size_t n_parameters() const override { return directions_.size(); }
  std::size_t n_observations(std::size_t person) const override {
    return people_[person].observables.size();
  }
  std::vector<Prediction> predict(std::span<const Request> requests, Slopes slopes) const override;

  const std::vector<BodyPerson>& people() const { return people_; }
  const std::vector<simulation::Direction>& directions() const { return directions_; }

 private:
  std::vector<BodyPerson> people_;
  std::vector<std::string> parameters_;
  std::vector<simulation::Direction> directions_;
  simulation::ManyOptions how_;
  std::vector<std::vector<double>> times_h_;  ///< by person: all that its observables need
};

}  // namespace mgpk::study::fit

#if MGPK_DEFINE_COMPILED
#include <mgpk/study/fit/detail/body_predictor.hpp>
#endif
