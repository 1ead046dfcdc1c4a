// What counts as a model, and what does not.
#include <doctest/doctest.h>

#include <mgpk/ode/concepts.hpp>

#include "models.hpp"

namespace {

using mgpk::ode::Dual;
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

static_assert(mgpk::ode::has_non_negative_states<models::Decay>());
static_assert(!mgpk::ode::has_non_negative_states<models::Forced>());

}  // namespace

TEST_CASE("a state is named by the model's function, by its array or by its number") {
  CHECK(mgpk::ode::state_name_of(models::Drain{}, 1) == "drained");
  CHECK(mgpk::ode::state_name_of(models::Chain{}, 2) == "tissue");
  CHECK(mgpk::ode::state_name_of(models::Decay{}, 0) == "state 0");
}
