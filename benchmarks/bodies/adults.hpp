// Drawn adults with a dose of citrate a day: bodies, and all that happens to them, ready for any
// solver.
//
// Plain numbers: the solvers are compiled for this machine, what draws people is not, and Eigen
// lays out its matrices differently in the two.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include <mgpk/body/body.hpp>
#include <mgpk/ode/ensemble/members.hpp>
#include <mgpk/timeline/event.hpp>

namespace bench::bodies {

inline constexpr std::size_t n_sources = 2;  ///< food and the salt
using Numbers = mgpk::body::Equations<n_sources>;
inline constexpr std::size_t n_states = Numbers::n_states;
using State = std::array<double, n_states>;

struct Adult {
  Numbers body;
  State start;
  std::vector<mgpk::ode::Stop> stops;         ///< what arrives, for lanes
  std::vector<mgpk::timeline::Event> events;  ///< the same, for the twin
};

/// So many adults in their own baseline at 0 h, 300 mg of citrate at 8 h of each day.
std::vector<Adult> draw_adults(std::size_t n, int days);

}  // namespace bench::bodies
