// What the lanes of a body ask for: a door of plain numbers, the same on both sides of it.
//
// Behind it stands code for one instruction set, before it code for all machines. Nothing that both
// sides would compile may go through: the linker keeps one copy, and it might be the wrong one.
#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <span>

#include <mgpk/body/body.hpp>
#include <mgpk/ode/ensemble/members.hpp>

namespace mgpk::simulation::lanes {

/// One life to be solved, as long as it sits in a lane.
template <std::size_t Sources>
struct Passenger {
  const body::Equations<Sources>* body = nullptr;
  std::span<const double> start{};  ///< all states, at 0 h
  std::span<const ode::Stop> stops{};
  std::span<const double> times_h{};  ///< of the rows; the last one is the end
  std::span<double> rows{};           ///< room for all states at all times
};

/// Who comes next, what happens to them at their stops, and where they go.
template <std::size_t Sources>
class Feed {
 public:
  using State = std::array<double, body::Layout<Sources>::n_states>;

  /// The place of the next passenger, or npos when there is none.
  virtual std::size_t next() = 0;
  virtual const Passenger<Sources>& passenger(std::size_t place) const = 0;
  virtual void change(std::size_t place, const ode::Stop& stop, body::Equations<Sources>& body,
                      State& x) = 0;
  /// The passenger leaves: at the end of its rows, or, where the status is not ok, on the way.
  virtual void done(std::size_t place, const ode::MemberStatus& status) = 0;
  /// Asked at every step; true ends the solve of all that are under way. `t_h` is where the life in
  /// the first lane stands.
  virtual bool stopped(double t_h) const = 0;

 protected:
  ~Feed() = default;
};

struct Tolerances {
  double relative = 0.0;
  double absolute_mmol = 0.0;
  double max_step_h = std::numeric_limits<double>::infinity();
  std::size_t max_steps = 0;
};

template <std::size_t Sources>
class SlopedFeed;

/// The code of one instruction set, by the number of sources. It gives the number of its steps,
/// each of all lanes at once.
struct Kernels {
  template <std::size_t Sources>
  using Run = std::size_t (*)(Feed<Sources>& feed, const Tolerances& tolerances);
  template <std::size_t Sources>
  using RunSloped = std::size_t (*)(SlopedFeed<Sources>& feed, const Tolerances& tolerances);

  const char* instruction_set = "";
  std::size_t width = 0;  ///< lives that are solved at once
  Run<1> run_1 = nullptr;
  Run<2> run_2 = nullptr;
  Run<3> run_3 = nullptr;
  Run<4> run_4 = nullptr;
  RunSloped<1> sloped_1 = nullptr;
  RunSloped<2> sloped_2 = nullptr;
  RunSloped<3> sloped_3 = nullptr;
  RunSloped<4> sloped_4 = nullptr;

  template <std::size_t Sources>
  Run<Sources> run() const {
    if constexpr (Sources == 1) return run_1;
    if constexpr (Sources == 2) return run_2;
    if constexpr (Sources == 3) return run_3;
    if constexpr (Sources == 4) return run_4;
  }
  template <std::size_t Sources>
  RunSloped<Sources> sloped() const {
    if constexpr (Sources == 1) return sloped_1;
    if constexpr (Sources == 2) return sloped_2;
    if constexpr (Sources == 3) return sloped_3;
    if constexpr (Sources == 4) return sloped_4;
  }
};

}  // namespace mgpk::simulation::lanes
