// Runs with their exact slopes: how every column moves with any number of the evidence or of the
// person, through the baseline that the run starts from.
#pragma once

#include <Eigen/Core>

#include <optional>
#include <string>
#include <vector>

#include <mgpk/compiled.hpp>
#include <mgpk/simulate/direction.hpp>
#include <mgpk/simulate/simulate_many.hpp>

namespace mgpk {

/// A run and the slopes of its table.
struct SlopedRun {
  Run run;
  /// One for each parameter, shaped like the table: its unit over that of the parameter. The column
  /// of the time is zero.
  std::vector<Eigen::MatrixXd> slopes;
};

/// A run with slopes, or the reason why there is none.
struct SlopedOutcome {
  std::optional<SlopedRun> run;
  std::string failure;  ///< empty when there is a run
};

/// The run of each job as `simulate` gives it, within the tolerance of `how`, and its slopes along
/// `parameters`: keys of data/parameters.csv, or weight_kg, gfr_mL_per_min, albumin_g_per_L,
/// f_acid_secreted, diet_mg_per_d, c_plasma_total_mmol_per_L (measured) and
/// start_c_plasma_total_mmol_per_L. The slopes are those of the numbers that the solve gives, by
/// dual numbers; the baseline moves along, and so does a Tm that met a measured level. A job that
/// is refused, or fails, costs the others nothing. There is no run without the plan beside it.
///
/// Refused are plans with resets or steady states on the way, and rows before a jump.
/// @throws InputError for parameters that are unknown or come twice
MGPK_COMPILED std::vector<SlopedOutcome> simulate_with_slopes(
    const std::vector<RunJob>& jobs, const std::vector<std::string>& parameters,
    const simulation::ManyOptions& how);

}  // namespace mgpk

#if MGPK_DEFINE_COMPILED
#include <mgpk/simulate/detail/slopes.hpp>
#endif
