// Passengers: they change nothing, they add up, they are lost nowhere, and of an empty pool none
// leaves.
#include <mgpk/body/traced.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include <mgpk/ode/concepts.hpp>
#include <mgpk/ode/jacobian.hpp>
#include <mgpk/ode/solve.hpp>

#include "bodies.hpp"

using namespace mgpk;

namespace {

using L = body::Layout<2>;
using Model = body::Traced<2, 2>;
using T = Model::T;
using State = Model::State<double>;
static_assert(ode::OdeSystem<Model>);
static_assert(ode::OdeSystem<body::Traced<3, 2>>);

Model model() {
  Model traced;
  traced.body = support::body_of<2>();
  traced.body.iv_mmol_per_h = 3;
  traced.followed[1].into_blood = true;
  traced.tracers = {"mg26", "iv"};
  return traced;
}

/// A random body, with a random share of every pool labelled for each tracer.
State random_traced(support::Random& random) {
  State x{};
  const auto body = support::random_state<2>(random);
  std::copy(body.begin(), body.end(), x.begin());
  for (std::size_t tracer = 0; tracer < 2; ++tracer)
    for (std::size_t k = 0; k < T::n_passengers; ++k)
      x[T::passenger(tracer, T::carrier(k))] = support::uniform(random, 0, 1) * x[T::carrier(k)];
  return x;
}

State slope(const Model& traced, const State& x) {
  State dxdt;
  traced.derivatives(0.0, x, dxdt);
  return dxdt;
}

}  // namespace

TEST_CASE("every state that magnesium flows into has one passenger per tracer, and no other has") {
  std::array<int, T::n_states> seen{};
  for (std::size_t i = 0; i < L::n_states; ++i) {
    if (L::holds_magnesium(i)) CHECK(T::carries(i));
    if (!T::carries(i)) continue;
    for (std::size_t tracer = 0; tracer < 2; ++tracer) ++seen[T::passenger(tracer, i)];
    CHECK(T::carrier(T::passenger(0, i) - L::n_states) == i);
  }
  for (std::size_t i = 0; i < T::n_states; ++i) CHECK(seen[i] == (i < L::n_states ? 0 : 1));
  for (const auto state : {L::acid, L::meal, L::binder(gut::colon), L::tm_shift, L::glycine_gut})
    CHECK_FALSE(T::carries(state));
}

TEST_CASE("with passengers the body moves as it does alone, to the last bit") {
  support::Random random(401);
  for (int k = 0; k < 100; ++k) {
    const auto x = random_traced(random);
    const auto traced = model();
    body::Body<2>::State<double> alone, alone_slope;
    std::copy_n(x.begin(), alone.size(), alone.begin());
    traced.body.derivatives(0.0, alone, alone_slope);
    const auto with = slope(traced, x);
    for (std::size_t i = 0; i < L::n_states; ++i) CHECK(with[i] == alone_slope[i]);
  }
}

TEST_CASE("a tracer of everything is the total: its share stays one") {
  support::Random random(402);
  auto traced = model();
  for (int k = 0; k < 100; ++k) {
    auto x = random_traced(random);
    for (std::size_t n = 0; n < T::n_passengers; ++n)
      x[T::passenger(1, T::carrier(n))] = x[T::carrier(n)];
    const auto dxdt = slope(traced, x);
    double turnover = 0;
    for (std::size_t i = 0; i < L::n_states; ++i) turnover += std::abs(dxdt[i]);
    for (std::size_t n = 0; n < T::n_passengers; ++n) {
      INFO(traced.body.state_name(T::carrier(n)));
      CHECK(std::abs(dxdt[T::passenger(1, T::carrier(n))] - dxdt[T::carrier(n)]) <
            1e-13 * turnover);
    }
  }
}

TEST_CASE("tracers add up, and none knows of the other") {
  support::Random random(403);
  const auto traced = model();
  const auto x = random_traced(random);
  auto sum = x, other = x;
  for (std::size_t k = 0; k < T::n_passengers; ++k) {
    const std::size_t first = T::passenger(0, T::carrier(k)),
                      second = T::passenger(1, T::carrier(k));
    sum[first] = 0.25 * x[first] + 0.5 * x[second];
    other[second] = support::uniform(random, 0, 1) * x[second];
  }
  const auto a = slope(traced, x), b = slope(traced, sum), c = slope(traced, other);
  for (std::size_t k = 0; k < T::n_passengers; ++k) {
    const std::size_t carrier = T::carrier(k);
    const std::size_t first = T::passenger(0, carrier), second = T::passenger(1, carrier);
    // The second is infused as well, the first is not.
    const double infused = carrier == L::plasma ? traced.body.iv_mmol_per_h : 0.0;
    CHECK(b[first] ==
          doctest::Approx(0.25 * a[first] + 0.5 * (a[second] - infused)).epsilon(1e-12));
    CHECK(c[first] == a[first]);
  }
}

TEST_CASE("no passenger is lost on the way") {
  support::Random random(404);
  const auto traced = model();
  for (int n = 0; n < 100; ++n) {
    const auto dxdt = slope(traced, random_traced(random));
    for (std::size_t tracer = 0; tracer < 2; ++tracer) {
      double sum = 0, turnover = 0;
      for (std::size_t k = 0; k < T::n_passengers; ++k) {
        if (!L::holds_magnesium(T::carrier(k))) continue;
        sum += dxdt[T::passenger(tracer, T::carrier(k))];
        turnover += std::abs(dxdt[T::passenger(tracer, T::carrier(k))]);
      }
      const double infused = tracer == 1 ? traced.body.iv_mmol_per_h : 0.0;
      CHECK(std::abs(sum - infused) < 1e-13 * turnover);
    }
  }
}

TEST_CASE("of an empty pool nobody leaves, and no pool of passengers falls below zero") {
  support::Random random(405);
  auto traced = model();
  traced.body.iv_mmol_per_h = 0;
  for (const double value : slope(traced, State{})) CHECK(std::isfinite(value));
  for (int n = 0; n < 100; ++n) {
    auto x = random_traced(random);
    for (std::size_t k = 0; k < T::n_passengers; ++k) {
      const std::size_t carrier = T::carrier(k);
      const double which = support::uniform(random, 0, 1);
      if (which < 0.3) x[carrier] = 0;
      if (which < 0.6) x[T::passenger(0, carrier)] = x[T::passenger(1, carrier)] = 0;
    }
    const auto dxdt = slope(traced, x);
    for (std::size_t i = 0; i < T::n_states; ++i) {
      CHECK(std::isfinite(dxdt[i]));
      if (i >= L::n_states && x[i] == 0) CHECK(dxdt[i] >= 0);
    }
  }
}

TEST_CASE("what flows both ways is carried both ways, where the net flow is none") {
  auto traced = model();
  traced.body.iv_mmol_per_h = 0;
  const auto& p = traced.body.parameters;
  State x{};
  x[L::plasma] = 0.85 * p.blood.v_plasma_L;
  x[L::interstitial] = 0.85 * p.tissue.v_interstitial_L;
  x[T::passenger(0, L::plasma)] = 0.1 * x[L::plasma];
  const auto dxdt = slope(traced, x);
  const double across = 0.1 * p.tissue.q_L_per_h * 0.85;
  // From the interstitium alone all of it goes on into cells, of which nothing comes back.
  CHECK(dxdt[T::passenger(0, L::interstitial)] == doctest::Approx(across).epsilon(1e-12));
  CHECK(dxdt[T::passenger(0, L::cells)] == 0);
  CHECK(dxdt[T::passenger(0, L::auc_plasma)] == doctest::Approx(0.085).epsilon(1e-12));
}

TEST_CASE("a dose takes the passengers of its label along, and no others") {
  auto traced = model();
  traced.followed[0].source = {false, true};
  State x{};
  traced.arrive(x, L::solid(1, gut::stomach), 2.0);
  traced.arrive(x, L::solid(0, gut::stomach), 5.0);
  traced.arrive(x, L::plasma, 1.0);
  traced.arrive(x, L::im_depot, 0.5);
  CHECK(x[L::solid(0, gut::stomach)] == 5);
  CHECK(x[T::passenger(0, L::solid(0, gut::stomach))] == 0);
  CHECK(x[T::passenger(0, L::solid(1, gut::stomach))] == 2);
  CHECK(x[T::passenger(1, L::solid(1, gut::stomach))] == 0);
  CHECK(x[T::passenger(0, L::plasma)] == 0);
  CHECK(x[T::passenger(1, L::plasma)] == 1);
  CHECK(x[T::passenger(1, L::im_depot)] == 0.5);
}

TEST_CASE("the Jacobian of a traced body is the one that differences show") {
  support::Random random(406);
  const auto traced = model();
  const auto x = random_traced(random);
  ode::JacobianMatrix<T::n_states> exact;
  State by_time;
  ode::jacobian(traced, 0.0, x, exact, by_time);
  for (std::size_t j = 0; j < T::n_states; ++j) {
    const double step = 1e-6 * std::max(1.0, x[j]);
    auto up = x, down = x;
    up[j] += step;
    down[j] -= step;
    const auto above = slope(traced, up), below = slope(traced, down);
    for (std::size_t i = 0; i < T::n_states; ++i) {
      const double central = (above[i] - below[i]) / (up[j] - down[j]);
      const double by_dual = exact(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
      INFO(traced.state_name(i) << " by " << traced.state_name(j));
      // The second slope of a share grows as its pool shrinks.
      CHECK(std::abs(by_dual - central) <= 1e-4 * std::max(1.0, std::abs(central)));
    }
  }
}

TEST_CASE("between two pools in balance a label mixes as the closed form says") {
  auto traced = model();
  auto& p = traced.body.parameters;
  traced.body.iv_mmol_per_h = 0;
  // Nothing leaves the blood but into the interstitium and back.
  p.kidney.gfr_L_per_h = p.cl_sweat_L_per_h = p.gut.cl_secretion_L_per_h = 0;
  p.tissue.cells.turnover_mmol_per_h = p.tissue.red_cells.turnover_mmol_per_h = 0;
  p.tissue.slow.cl_in_L_per_h = 0;
  const double v1_L = p.blood.v_plasma_L, v2_L = p.tissue.v_interstitial_L;
  State x{};
  x[L::plasma] = 0.85 * v1_L;
  x[L::interstitial] = 0.85 * v2_L;
  x[T::passenger(0, L::plasma)] = 0.5;
  const std::array<double, 4> times_h{0, 0.2, 1, 6};
  const auto solution = ode::solve(traced, x, times_h);
  REQUIRE(solution.status.ok());
  for (std::size_t k = 0; k < times_h.size(); ++k) {
    const double mixed = v1_L / (v1_L + v2_L);
    const double k_per_h = p.tissue.q_L_per_h * (1 / v1_L + 1 / v2_L);
    const double left = 0.5 * (mixed + (1 - mixed) * std::exp(-k_per_h * times_h[k]));
    CHECK(solution.states[k][T::passenger(0, L::plasma)] == doctest::Approx(left).epsilon(1e-8));
    CHECK(solution.states[k][L::plasma] == doctest::Approx(0.85 * v1_L).epsilon(1e-12));
  }
}
