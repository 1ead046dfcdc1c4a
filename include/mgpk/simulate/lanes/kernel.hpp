// The lanes of a body for the instruction set that this translation unit is compiled for.
#pragma once

#include <cstddef>
#include <span>

#include <mgpk/ode/ensemble/batch.hpp>
#include <mgpk/ode/lanes/constant.hpp>
#include <mgpk/ode/lanes/instruction_set.hpp>
#include <mgpk/ode/pairs/dop853.hpp>
#include <mgpk/ode/pairs/tsit5.hpp>
#include <mgpk/simulate/lanes/feed.hpp>
#include <mgpk/simulate/lanes/sloped_kernel.hpp>

namespace mgpk::simulation::lanes {
inline namespace MGPK_INSTRUCTION_SET {

/// One register, not two: a body has states enough to keep it busy, and a step of it in two would
/// not fit into the fastest cache.
inline constexpr std::size_t width = ode::native_lanes;

/// The numbers of a body that fill a lane; all of them are divided by without a division.
template <std::size_t Sources>
struct Numbers : body::Equations<Sources> {
  template <class Real>
  using Rebind = body::Equations<Sources, ode::Constant<Real::width>>;

  Numbers() = default;
  explicit Numbers(const body::Equations<Sources>& body) : body::Equations<Sources>(body) {}
};

template <class Real, std::size_t Sources>
void set_lane(body::Equations<Sources, ode::Constant<Real::width>>& target, std::size_t lane,
              const Numbers<Sources>& source) {
  const body::Equations<Sources>& numbers = source;
  ode::set_lane_of_constants<Real>(target, lane, numbers);
}

/// The passengers of a feed as the members of a batch.
template <std::size_t Sources>
class Seated {
 public:
  using System = Numbers<Sources>;
  using Columns = ode::AllStates<System>;
  using State = typename Feed<Sources>::State;

  explicit Seated(Feed<Sources>& feed) : feed_(feed) {}

  std::size_t size() const { return 0; }  // nobody knows before the feed runs dry
  System system(std::size_t i) const { return System(*feed_.passenger(i).body); }
  State start(std::size_t i) const {
    State x;
    for (std::size_t k = 0; k < x.size(); ++k) x[k] = feed_.passenger(i).start[k];
    return x;
  }
  double start_h(std::size_t) const { return 0.0; }
  std::span<const ode::Stop> stops(std::size_t i) const { return feed_.passenger(i).stops; }
  std::span<const double> times_h(std::size_t i) const { return feed_.passenger(i).times_h; }
  double* rows(std::size_t i) const { return feed_.passenger(i).rows.data(); }
  void change(std::size_t i, const ode::Stop& stop, System& body, State& x) const {
    feed_.change(i, stop, body, x);
  }
  void done(std::size_t i, const ode::MemberStatus& status) const { feed_.done(i, status); }

 private:
  Feed<Sources>& feed_;
};

template <class Pair, std::size_t Sources>
std::size_t run_with(Feed<Sources>& feed, const ode::Options& options, bool lands_on_times) {
  const Seated<Sources> seated(feed);
  ode::Batch<Seated<Sources>, Pair, width, 0> batch(seated, options, {true, lands_on_times});
  batch.run([&] { return feed.next(); }, [&] { return feed.stopped(batch.first_lane_h()); });
  for (const std::size_t place : batch.stiff())
    feed.done(place, {.code = ode::StatusCode::step_too_small});
  return batch.n_steps();
}

/// From here on order 8 is the faster one, measured on fortnights of a dose a day; at 1e-9 twice.
/// Between the ends of its long steps the interpolant would be less exact than the tolerance.
inline constexpr double order_8_relative_tolerance = 1e-6;

template <std::size_t Sources>
std::size_t run(Feed<Sources>& feed, const Tolerances& tolerances) {
  const ode::Options options = options_of(tolerances);
  return tolerances.relative <= order_8_relative_tolerance
             ? run_with<ode::DormandPrince8>(feed, options, true)
             : run_with<ode::Tsit5>(feed, options, false);
}

#define MGPK_TEXT_OF(name) #name
#define MGPK_NAME_OF(name) MGPK_TEXT_OF(name)

inline constexpr Kernels kernels{MGPK_NAME_OF(MGPK_INSTRUCTION_SET),
                                 width,
                                 run<1>,
                                 run<2>,
                                 run<3>,
                                 run<4>,
                                 run_with_slopes<1>,
                                 run_with_slopes<2>,
                                 run_with_slopes<3>,
                                 run_with_slopes<4>};

#undef MGPK_NAME_OF
#undef MGPK_TEXT_OF

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::simulation::lanes
