// Virtual adults drawn from published distributions, each with their own baseline and run.
#pragma once

#include <Eigen/Core>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <mgpk/compiled.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/people/ensemble.hpp>
#include <mgpk/people/person.hpp>
#include <mgpk/simulate/options.hpp>

namespace mgpk {

namespace people {

/// Runs of a population are solved to a part in a million: far below how people differ.
inline simulation::Options loose_options() {
  simulation::Options options;
  options.relative_tolerance = 1e-6;
  options.absolute_tolerance_mmol = 1e-10;
  return options;
}

struct PopulationOptions {
  std::uint64_t seed = 1;
  Selection selection{};
  std::optional<Schedule> plan{};
  /// With until_h or times_h each person is also run, under the plan where there is one.
  simulation::Options run = loose_options();
  std::vector<std::string> columns{};  ///< of the runs, to be kept
  EnsembleOptions how{};
};

}  // namespace people

/// People by row. `ensemble.numbers` holds their usual day, the urine they collect (with what one
/// collection errs by), and the summary of their run under the plan.
struct Population {
  std::uint64_t seed = 0;
  people::Selection selection{};
  std::optional<Schedule> plan{};
  std::vector<Subject> subjects{};
  std::vector<std::string> drawn_names{};
  Eigen::MatrixXd drawn{};  ///< people by names
  people::Ensemble ensemble{};
};

/// Draws n people and solves them on all cores. Person i is the same whatever n is.
/// @throws InputError for bad options, UnknownNameError for a column that runs do not have; a
/// person
///         who cannot be solved only fails their own row
MGPK_COMPILED Population population(std::size_t n, const people::PopulationOptions& options = {});

}  // namespace mgpk

#if MGPK_DEFINE_COMPILED
#include <mgpk/people/detail/population.hpp>
#endif
