// Many runs side by side: curves at the same times, numbers by the same names, failures listed.
#pragma once

#include <Eigen/Core>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/compiled.hpp>
#include <mgpk/error.hpp>
#include <mgpk/nearest_name.hpp>
#include <mgpk/people/quantiles.hpp>

namespace mgpk::people {

/// One row per member. A member that failed has NaN in its row and the reason in `failures`.
struct Ensemble {
  std::vector<std::string> number_names;
  Eigen::MatrixXd numbers;  ///< members by names
  std::vector<std::string> curve_names;
  std::vector<double> times_h;
  std::vector<Eigen::MatrixXd> curves;  ///< by curve name; members by times
  std::vector<std::string> failures;    ///< empty where a member succeeded

  std::size_t n_members() const { return failures.size(); }

  std::size_t n_failed() const {
    std::size_t n = 0;
    for (const auto& failure : failures)
      if (!failure.empty()) ++n;
    return n;
  }

  /// Quantiles of each column: shares by columns.
  static Eigen::MatrixXd bands(const Eigen::MatrixXd& members, const std::vector<double>& shares) {
    Eigen::MatrixXd found(static_cast<Eigen::Index>(shares.size()), members.cols());
    for (Eigen::Index j = 0; j < members.cols(); ++j) {
      const auto column =
          quantiles({members.col(j).data(), static_cast<std::size_t>(members.rows())}, shares);
      for (std::size_t i = 0; i < column.size(); ++i)
        found(static_cast<Eigen::Index>(i), j) = column[i];
    }
    return found;
  }

  const Eigen::MatrixXd& curve(std::string_view name) const {
    for (std::size_t i = 0; i < curve_names.size(); ++i)
      if (curve_names[i] == name) return curves[i];
    fail_unknown_name("column must be one that was kept", name, curve_names,
                      "name it in columns when you draw");
  }
};

/// What one member's solve gives: numbers, then each curve's values.
struct Outcome {
  std::vector<double> numbers;
  std::vector<std::vector<double>> curves;
};

/// How the members of an ensemble share the machine.
struct EnsembleOptions {
  std::size_t n_threads = 0;  ///< 0: as many as the machine has cores
  /// Called after members were done, from one thread at a time; false stops.
  std::function<bool(std::size_t done, std::size_t total)> progress{};
};

/// More numbers than this do not fit in memory.
inline constexpr double most_kept_outputs = 2e8;

/// Solves all members. Each depends on nothing but its number, so the bits are the same on any
/// number of threads. What a member throws fails its own row only.
MGPK_COMPILED Ensemble solve_ensemble(std::size_t n_members, std::vector<std::string> number_names,
                                      std::vector<std::string> curve_names,
                                      std::vector<double> times_h,
                                      const std::function<Outcome(std::size_t)>& solve,
                                      const EnsembleOptions& how);

/// What came of one member: its outcome, or the reason why it has none.
struct MemberOutcome {
  Outcome outcome;
  std::string failure;  ///< empty when the member succeeded
};

/// The same where members are solved together, at most `n_chunk` at a time: `solve(first, last)`
/// gives what came of the members from first on and before last. They are reported in their order.
MGPK_COMPILED Ensemble solve_ensemble_in_chunks(
    std::size_t n_members, std::size_t n_chunk, std::vector<std::string> number_names,
    std::vector<std::string> curve_names, std::vector<double> times_h,
    const std::function<std::vector<MemberOutcome>(std::size_t first, std::size_t last)>& solve,
    const EnsembleOptions& how);

}  // namespace mgpk::people

#if MGPK_DEFINE_COMPILED
#include <mgpk/people/detail/ensemble.hpp>
#endif
