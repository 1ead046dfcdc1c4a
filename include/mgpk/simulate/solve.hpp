// One body with any number of sources, carried along its timeline; compiled once for each size.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include <mgpk/body/parameters.hpp>
#include <mgpk/compiled.hpp>
#include <mgpk/evidence/values.hpp>
#include <mgpk/ode/integrator.hpp>
#include <mgpk/ode/options.hpp>
#include <mgpk/ode/status.hpp>
#include <mgpk/simulate/sources.hpp>
#include <mgpk/simulate/timeline.hpp>
#include <mgpk/simulate/trajectory.hpp>

namespace mgpk::simulation {

/// Replaces the states of a body at a reset or a steady state; read-outs are left alone.
using Become = std::function<void(const timeline::Event& event, std::vector<double>& x)>;

/// All that one solve depends on. States stand in the order of `body::Layout` for these sources.
struct Problem {
  body::BodyParameters<double> parameters{};
  evidence::Values<double> values{};
  std::vector<Source> sources{};
  Timeline timeline{};
  std::vector<double> start{};
  std::vector<double> times_h{};  ///< of the rows; none is allowed
  double until_h = 0;
  ode::Options solver{};
  Become become{};           ///< needed when the timeline holds a reset or a steady state
  bool rows_before = false;  ///< rows at a jump show the state before it
};

struct Solved {
  Trajectory trajectory;
  std::vector<double> end;
  ode::Status status;
  ode::Statistics statistics;
};

/// In a lane of its own, which takes half the time of `solve_alone`; what lanes do not offer, what
/// is stiff and what fails there is solved by that. A failure is in the status; rows that were not
/// reached are NaN.
MGPK_COMPILED Solved solve(const Problem& problem);

/// The same by the solver of one body: dopri5, and rosenbrock4 where it is stiff.
MGPK_COMPILED Solved solve_alone(const Problem& problem);

}  // namespace mgpk::simulation

#if MGPK_DEFINE_COMPILED
#include <mgpk/simulate/detail/solve.hpp>
#endif
