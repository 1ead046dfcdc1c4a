// Slopes of predictions: four runs of the catalogue per parameter, shared among threads.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <string>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/evidence/lookup.hpp>
#include <mgpk/simulate/detail/shared_work.hpp>
#include <mgpk/study/sensitivity.hpp>

namespace mgpk::study {
namespace detail {

/// A run of all studies with one parameter moved, or with none.
struct Task {
  Overrides overrides;
  std::vector<Prediction> predictions{};
  std::exception_ptr refused{};
};

inline void run_tasks(std::vector<Task>& tasks, const std::vector<const Study*>& studies,
                      std::size_t n_threads) {
  const simulation::detail::WorkProgress quiet;
  simulation::detail::SharedWork(tasks.size(), n_threads, quiet).run([&](std::size_t i) {
    try {
      tasks[i].predictions = predict(studies, tasks[i].overrides, slopes_options);
    } catch (...) {  // leaving a thread with an exception would end the program
      tasks[i].refused = std::current_exception();
    }
  });
  for (const auto& task : tasks)
    if (task.refused) std::rethrow_exception(task.refused);
}

/// The moves of one parameter, in steps.
inline constexpr std::array moves{-1.0, -0.5, 0.5, 1.0};

inline double step_of(const std::string& key, double value) {
  const auto& row = evidence::parameter(key);
  if (!(row.high > row.low))
    fail("a sensitivity needs a parameter that has a range", key, "leave it out");
  return sensitivity_step * (value != 0 ? std::abs(value) : row.high - row.low);
}

inline double value_of(const Overrides& at, const std::string& key) {
  const auto found = at.find(key);
  return found == at.end() ? evidence::parameter(key).value : found->second;
}

}  // namespace detail

MGPK_COMPILED Sensitivities sensitivities(const std::vector<const Study*>& studies,
                                          const std::vector<std::string>& parameters,
                                          const Overrides& at, std::size_t n_threads) {
  std::vector<detail::Task> tasks{{at}};
  std::vector<double> steps;
  for (const auto& key : parameters) {
    steps.push_back(detail::step_of(key, detail::value_of(at, key)));
    for (const double move : detail::moves) {
      tasks.push_back({at});
      tasks.back().overrides[key] = detail::value_of(at, key) + move * steps.back();
    }
  }
  detail::run_tasks(tasks, studies, n_threads);
  const auto rows = static_cast<Eigen::Index>(studies.size());
  const auto columns = static_cast<Eigen::Index>(parameters.size());
  Sensitivities s{tasks.front().predictions, Eigen::MatrixXd(rows, columns),
                  Eigen::MatrixXd(rows, columns)};
  for (Eigen::Index j = 0; j < columns; ++j) {
    const auto first = 1 + detail::moves.size() * static_cast<std::size_t>(j);
    const double h = steps[static_cast<std::size_t>(j)];
    for (Eigen::Index i = 0; i < rows; ++i) {
      const auto at_move = [&](std::size_t move) {
        return tasks[first + move].predictions[static_cast<std::size_t>(i)].value;
      };
      for (std::size_t move = 0; move < detail::moves.size(); ++move) {
        const auto& moved = tasks[first + move].predictions[static_cast<std::size_t>(i)];
        auto& reason = s.predictions[static_cast<std::size_t>(i)].failure;
        if (reason.empty() && !moved.failure.empty())
          reason = "with " + parameters[static_cast<std::size_t>(j)] + " moved: " + moved.failure;
      }
      const double wide = (at_move(3) - at_move(0)) / (2 * h);
      const double narrow = (at_move(2) - at_move(1)) / h;
      s.slopes(i, j) = narrow + (narrow - wide) / 3;
      s.errors(i, j) = std::abs(narrow - wide) / 3;
    }
  }
  return s;
}

}  // namespace mgpk::study
