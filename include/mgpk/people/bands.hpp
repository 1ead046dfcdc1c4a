// How far a run may be off because its constants are not known exactly: bands from their ranges.
#pragma once

#include <Eigen/Core>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <mgpk/compiled.hpp>
#include <mgpk/people/ensemble.hpp>
#include <mgpk/people/uncertainty.hpp>
#include <mgpk/simulate/run.hpp>

namespace mgpk {

namespace people {

struct BandsOptions {
  std::uint64_t seed = 1;
  std::vector<std::string> parameters{};  ///< all that are uncertain unless given
  std::vector<std::string> columns{"c_plasma_total_mmol_per_L"};  ///< of the runs, to be kept
  double relative_tolerance = 1e-6;  ///< of the draws: far below how they differ
  double absolute_tolerance_mmol = 1e-10;
  EnsembleOptions how{};
};

}  // namespace people

/// Draws by row: their parameters, curves and numbers (usual day and summary).
struct Bands {
  std::uint64_t seed = 0;
  people::Uncertain uncertain{};
  Eigen::MatrixXd drawn{};  ///< draws by parameters: those drawn, then those that follow
  people::Ensemble ensemble{};
};

/// Runs the same person under the same plan n times, with the constants drawn within their ranges.
/// Draw i is the same whatever n is. Each draw starts from its own baseline, or from its own steady
/// state where the run did.
/// @throws InputError for bad options, UnknownNameError for names that are not known; a draw that
///         cannot be solved only fails its own row
MGPK_COMPILED Bands bands(const Run& run, std::size_t n, const people::BandsOptions& options = {});

}  // namespace mgpk

#if MGPK_DEFINE_COMPILED
#include <mgpk/people/detail/bands.hpp>
#endif
