// What counts as a model, and what does not.
#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include <mgpk/ode/concepts.hpp>
#include <mgpk/ode/solve.hpp>

#include "models.hpp"

namespace {

using mgpk::ode::OdeSystem;
using mgpk::ode::State;

struct NoStates {
  static constexpr std::size_t n_states = 0;
  template <class Real>
  void derivatives(Real, const State<Real, 0>&, State<Real, 0>&) const {}
};

struct NoCount {
  template <class Real>
  void derivatives(Real, const State<Real, 1>&, State<Real, 1>&) const {}
};

struct OnlyDouble {
  static constexpr std::size_t n_states = 1;
  void derivatives(double, const State<double, 1>&, State<double, 1>&) const {}
};

struct NotConst {
  static constexpr std::size_t n_states = 1;
  template <class Real>
  void derivatives(Real, const State<Real, 1>&, State<Real, 1>&) {}
};

struct WrongOrder {
  static constexpr std::size_t n_states = 1;
  template <class Real>
  void derivatives(const State<Real, 1>&, State<Real, 1>&, Real) const {}
};

static_assert(OdeSystem<models::Decay>);
static_assert(OdeSystem<models::Chain>);
static_assert(OdeSystem<models::Drain>);
static_assert(OdeSystem<models::LongChain<20>>);
static_assert(!OdeSystem<int>);
static_assert(!OdeSystem<NoStates>);
static_assert(!OdeSystem<NoCount>);
static_assert(!OdeSystem<OnlyDouble>);
static_assert(!OdeSystem<NotConst>);
static_assert(!OdeSystem<WrongOrder>);

/// A store that must not fall below zero, and a shift that may.
struct StoreAndShift {
  static constexpr std::size_t n_states = 2;
  static constexpr bool state_is_non_negative(std::size_t i) { return i == 0; }
  template <class Real>
  void derivatives(Real, const State<Real, 2>& x, State<Real, 2>& dxdt) const {
    dxdt = {-x[0], -x[0]};
  }
};

static_assert(mgpk::ode::is_non_negative_state<models::Decay>(0));
static_assert(!mgpk::ode::is_non_negative_state<models::Forced>(0));
static_assert(mgpk::ode::is_non_negative_state<StoreAndShift>(0));
static_assert(!mgpk::ode::is_non_negative_state<StoreAndShift>(1));

}  // namespace

TEST_CASE("a state is named by the model's function, by its array or by its number") {
  CHECK(mgpk::ode::state_name_of(models::Drain{}, 1) == "drained");
  CHECK(mgpk::ode::state_name_of(models::Chain{}, 2) == "tissue");
  CHECK(mgpk::ode::state_name_of(models::Decay{}, 0) == "state 0");
}

TEST_CASE("of a model that says so by state, only those states are watched") {
  const auto good = mgpk::ode::solve(StoreAndShift{}, {1.0, 0.0}, std::vector{0.0, 3.0});
  CHECK(good.status.ok());
  CHECK(good.states.back()[1] == doctest::Approx(std::exp(-3.0) - 1).epsilon(1e-6));
  const auto bad = mgpk::ode::solve(StoreAndShift{}, {-1.0, 0.0}, std::vector{0.0, 3.0});
  CHECK(bad.status.code == mgpk::ode::StatusCode::negative_state);
}
