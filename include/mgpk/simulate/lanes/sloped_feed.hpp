// What the lanes of a body with slopes ask for: like feed.hpp a door of plain numbers.
#pragma once

#include <cstddef>
#include <span>

#include <mgpk/body/body.hpp>
#include <mgpk/ode/ensemble/members.hpp>
#include <mgpk/simulate/lanes/feed.hpp>

namespace mgpk::simulation::lanes {

/// Slopes that go through a step together; on a body more of them outgrow the nearest cache.
inline constexpr std::size_t directions_together = 4;

/// One life, and how its numbers move along each direction.
template <std::size_t Sources>
struct SlopedPassenger {
  const body::Equations<Sources>* body = nullptr;
  std::span<const double> start{};  ///< all states, at 0 h
  std::span<const ode::Stop> stops{};
  std::span<const double> times_h{};                   ///< of the rows; the last one is the end
  std::span<const body::Equations<Sources>> d_body{};  ///< by direction
  std::span<const double> d_start{};                   ///< [direction][state]
  std::span<const double> d_stops{};  ///< [direction][stop]: amounts; empty where none moves
  std::span<double> rows{};           ///< room for [time][state][1 + direction]
};

/// Lives that are solved together, all with as many directions.
template <std::size_t Sources>
class SlopedFeed {
 public:
  using State = typename Feed<Sources>::State;

  virtual std::size_t size() const = 0;
  virtual std::size_t n_directions() const = 0;
  virtual const SlopedPassenger<Sources>& passenger(std::size_t i) const = 0;
  /// What a stop makes of the numbers, called once for each group of directions.
  virtual void change(std::size_t i, const ode::Stop& stop, body::Equations<Sources>& body,
                      State& x) = 0;
  /// What the same stop makes of their slopes along a direction.
  virtual void change_slopes(std::size_t i, const ode::Stop& stop, std::size_t direction,
                             body::Equations<Sources>& d_body, State& d_x) = 0;
  virtual void done(std::size_t i, const ode::MemberStatus& status) = 0;
  /// Asked now and then; true ends the solve of all.
  virtual bool stopped() const = 0;

 protected:
  ~SlopedFeed() = default;
};

}  // namespace mgpk::simulation::lanes
