// The state that a day gives back: found where there is one, denied where there is none.
#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include <mgpk/ode/ode.hpp>

namespace {

using namespace mgpk::ode;
using Vector = std::vector<double>;

/// A damped pendulum under a push of period 2π, with a read-out that only grows.
struct Pendulum {
  static constexpr std::size_t n_states = 3;
  template <class Real>
  void derivatives(Real t_h, const State<Real, 3>& x, State<Real, 3>& dxdt) const {
    using std::cos;
    using std::sin;
    dxdt[0] = x[1];
    dxdt[1] = 0.7 * cos(t_h) - 0.4 * x[1] - sin(x[0]);
    dxdt[2] = x[1] * x[1];
  }
};

constexpr double two_pi = 6.283185307179586;

Status turn_pendulum(const Vector& in, Vector& out) {
  const Pendulum pendulum;
  Integrator integrator(pendulum, State<double, 3>{in[0], in[1], in[2]}, 0.0);
  Status status = integrator.advance(two_pi);
  for (std::size_t i = 0; i < 3; ++i) out[i] = integrator.state()[i];
  return status;
}

/// x -> 0.5 x + 0.1 y + 1, y -> 0.2 x + 0.3 y + 2; the fixed point is (0.9, 1.2)/0.33.
bool linear_map(const Vector& in, Vector& out) {
  out[0] = 0.5 * in[0] + 0.1 * in[1] + 1.0;
  out[1] = 0.2 * in[0] + 0.3 * in[1] + 2.0;
  return true;
}

}  // namespace

TEST_CASE("a linear map is solved in one step, with its exact contraction") {
  const Periodic found = find_periodic(linear_map, {10.0, 10.0}, {true, true});
  REQUIRE(found.status.ok());
  CHECK(found.n_iterations <= 2);
  CHECK(found.residual <= 1e-9);
  CHECK(found.state[0] == doctest::Approx(0.9 / 0.33).epsilon(1e-8));
  CHECK(found.state[1] == doctest::Approx(1.2 / 0.33).epsilon(1e-8));
  // The eigenvalues of ((0.5, 0.1), (0.2, 0.3)) are 0.4 ± sqrt(0.03).
  CHECK(found.contraction == doctest::Approx(0.4 + std::sqrt(0.03)).epsilon(1e-6));
}

TEST_CASE("a start at the fixed point costs the contraction only") {
  const Periodic found = find_periodic(linear_map, {0.9 / 0.33, 1.2 / 0.33}, {true, true});
  REQUIRE(found.status.ok());
  CHECK(found.n_iterations == 0);
  CHECK(found.n_maps == 3);
  CHECK(found.contraction == doctest::Approx(0.4 + std::sqrt(0.03)).epsilon(1e-6));
}

TEST_CASE("a forced nonlinear oscillator repeats; its read-out stays outside") {
  const Periodic found = find_periodic(turn_pendulum, {0.0, 0.0, 7.0}, {true, true, false});
  REQUIRE(found.status.ok());
  CHECK(found.residual <= 1e-9);
  CHECK(found.state[2] == 7.0);
  // Liouville: the product of both multipliers is exp(-0.4·2π); for a pair, each is its root.
  CHECK(found.contraction >= std::exp(-0.2 * two_pi) - 1e-4);
  CHECK(found.contraction < 1.0);
  Vector x = found.state;
  Vector next(3);
  for (int day = 0; day < 10; ++day) {
    REQUIRE(turn_pendulum(x, next).ok());
    x = next;
  }
  CHECK(x[0] == doctest::Approx(found.state[0]).epsilon(1e-7));
  CHECK(x[1] == doctest::Approx(found.state[1]).epsilon(1e-7));
  CHECK(x[2] > 8.0);
}

TEST_CASE("slow stores converge as fast as quick ones, whatever the size of the states") {
  // A store that keeps 0.9995 per turn and a trace fed by it, ten orders of magnitude smaller.
  const auto map = [](const Vector& in, Vector& out) {
    out[0] = 0.9995 * in[0] + 0.1;
    out[1] = 0.01 * in[1] + 1e-10 * in[0] * in[0] / (1.0 + in[0]);
    return true;
  };
  const Periodic found = find_periodic(map, {1.0, 0.0}, {true, true}, {.floor = 1e-12});
  REQUIRE(found.status.ok());
  CHECK(found.state[0] == doctest::Approx(200.0).epsilon(1e-6));
  CHECK(found.state[1] == doctest::Approx(1e-10 * 4e4 / 201.0 / 0.99).epsilon(1e-6));
  CHECK(found.contraction == doctest::Approx(0.9995).epsilon(1e-6));
  CHECK(found.n_maps < 20);
}

TEST_CASE("a rough map for the Jacobian changes the road, not the answer") {
  int n_rough = 0;
  const auto rough = [&n_rough](const Vector& in, Vector& out) {
    ++n_rough;
    linear_map(in, out);
    for (double& x : out) x = 1.001 * x + 1e-3;
    return true;
  };
  const Periodic found = find_periodic(linear_map, rough, {10.0, 10.0}, {true, true}, {});
  REQUIRE(found.status.ok());
  CHECK(n_rough >= 3);
  CHECK(found.state[0] == doctest::Approx(0.9 / 0.33).epsilon(1e-8));
  CHECK(found.state[1] == doctest::Approx(1.2 / 0.33).epsilon(1e-8));
  CHECK(found.contraction == doctest::Approx(0.4 + std::sqrt(0.03)).epsilon(1e-2));
}

TEST_CASE("the Jacobian is kept while it serves: few turns for many states") {
  constexpr std::size_t n = 30;
  const auto map = [](const Vector& in, Vector& out) {
    for (std::size_t i = 0; i < n; ++i)
      out[i] = 0.6 * in[i] + 0.1 * in[(i + 1) % n] + 1.0 / (1.0 + 0.05 * in[i]);
    return true;
  };
  const Periodic found = find_periodic(map, Vector(n, 2.8), std::vector<bool>(n, true));
  REQUIRE(found.status.ok());
  CHECK(found.n_maps < n + 12);
}

TEST_CASE("a state that only accumulates has no fixed point, and the search says so") {
  const auto map = [](const Vector& in, Vector& out) {
    out[0] = 0.5 * in[0] + 1.0;
    out[1] = in[1] + in[0];
    return true;
  };
  const Periodic found = find_periodic(map, {1.0, 0.0}, {true, true});
  CHECK(found.status.code == StatusCode::no_fixed_point);
  CHECK(found.status.message().find("contraction of 1 or more") != std::string::npos);
  const Periodic masked = find_periodic(map, {1.0, 0.0}, {true, false});
  CHECK(masked.status.ok());
  CHECK(masked.state[0] == doctest::Approx(2.0));
}

TEST_CASE("a fixed point that repels is found and denied") {
  const auto map = [](const Vector& in, Vector& out) {
    out[0] = 1.5 * in[0] - 1.0;
    return true;
  };
  const Periodic found = find_periodic(map, {5.0}, {true});
  CHECK(found.status.code == StatusCode::no_fixed_point);
  CHECK(found.contraction == doctest::Approx(1.5));
  CHECK(found.state[0] == doctest::Approx(2.0));
}

TEST_CASE("a map without a fixed point ends in words, not in a number") {
  const auto map = [](const Vector& in, Vector& out) {
    out[0] = in[0] + 0.5 + in[0] * in[0] * 0.1;
    return true;
  };
  const Periodic found = find_periodic(map, {3.0}, {true});
  CHECK(found.status.code == StatusCode::no_fixed_point);
  CHECK(found.residual > 0.1);
}

TEST_CASE("a map that fails hands its status on; a step into failure is shortened instead") {
  const auto broken = [](const Vector&, Vector&) {
    return Status{StatusCode::negative_state, 3.0, 0, "plasma", "check the loss", -1.0};
  };
  const Periodic failed = find_periodic(broken, {1.0}, {true});
  CHECK(failed.status.code == StatusCode::negative_state);
  CHECK(failed.status.state_name == "plasma");
  // Newton from 5 aims at -3, where the logarithm of the map fails; half the step hits 1.
  const auto guarded = [](const Vector& in, Vector& out) {
    if (in[0] <= 0.0) return false;
    out[0] = in[0] - 0.5 * std::log(in[0]);
    return true;
  };
  const Periodic found = find_periodic(guarded, {5.0}, {true});
  REQUIRE(found.status.ok());
  CHECK(found.state[0] == doctest::Approx(1.0).epsilon(1e-8));
  // Taken where the map was last differentiated, within 5 % of the solution.
  CHECK(found.contraction == doctest::Approx(0.5).epsilon(0.05));
}

TEST_CASE("requests that make no sense are refused with the rule") {
  CHECK_THROWS_WITH(find_periodic(linear_map, {1.0, 1.0}, {true}),
                    "mask must have one entry per state, 2, but it is 1; say for each state "
                    "whether it repeats");
  CHECK_THROWS_AS(find_periodic(linear_map, {1.0, 1.0}, {false, false}), std::invalid_argument);
  CHECK_THROWS_AS(find_periodic(linear_map, {1.0, 1.0}, {true, true}, {.floor = 0.0}),
                  std::invalid_argument);
  CHECK_THROWS_AS(find_periodic(linear_map, {1.0, 1.0}, {true, true}, {.tolerance = -1.0}),
                  std::invalid_argument);
  CHECK_THROWS_AS(find_periodic(linear_map, {1.0, 1.0}, {true, true}, {.difference_step = 1.0}),
                  std::invalid_argument);
}
