// The body put together: exact derivatives, nothing made or lost, nothing driven below zero.
#include <mgpk/body/body.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

#include <mgpk/ode/jacobian.hpp>

#include "bodies.hpp"

using namespace mgpk;

namespace {

template <std::size_t Sources>
void check_jacobian(support::Random& random) {
  using L = body::Layout<Sources>;
  auto model = support::body_of<Sources>();
  model.iv_mmol_per_h = 3.0;
  const auto x = support::random_state<Sources>(random);
  ode::JacobianMatrix<L::n_states> exact;
  std::array<double, L::n_states> up_slope, down_slope, by_time;
  ode::jacobian(model, 0.0, x, exact, by_time);
  for (const double slope : by_time) CHECK(slope == 0.0);
  for (std::size_t j = 0; j < L::n_states; ++j) {
    const double step = 1e-6 * std::max(1.0, x[j]);
    auto up = x, down = x;
    up[j] += step;
    down[j] -= step;
    model.derivatives(0.0, up, up_slope);
    model.derivatives(0.0, down, down_slope);
    for (std::size_t i = 0; i < L::n_states; ++i) {
      const double central = (up_slope[i] - down_slope[i]) / (up[j] - down[j]);
      const double by_dual = exact(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
      INFO(model.state_name(i) << " by " << model.state_name(j));
      CHECK(std::abs(by_dual - central) <= 1e-6 * std::max(1.0, std::abs(central)));
    }
  }
}

template <std::size_t Sources>
void check_conservation(support::Random& random) {
  using L = body::Layout<Sources>;
  auto model = support::body_of<Sources>();
  std::array<double, L::n_states> dxdt;
  for (int k = 0; k < 200; ++k) {
    model.iv_mmol_per_h = k % 2 == 0 ? 0.0 : support::uniform(random, 0, 20);
    const auto x = support::random_state<Sources>(random);
    model.derivatives(0.0, x, dxdt);
    double sum = 0, turnover = 0;
    for (std::size_t i = 0; i < L::n_states; ++i) {
      if (!L::holds_magnesium(i)) continue;
      sum += dxdt[i];
      turnover += std::abs(dxdt[i]);
    }
    CHECK(std::abs(sum - model.iv_mmol_per_h) < 1e-14 * turnover);
  }
}

/// On the boundary, where some states are empty, none of those may fall.
template <std::size_t Sources>
void check_boundary(support::Random& random) {
  using L = body::Layout<Sources>;
  const auto model = support::body_of<Sources>();
  std::array<double, L::n_states> dxdt;
  for (int k = 0; k < 300; ++k) {
    auto x = support::random_state<Sources>(random);
    for (auto& value : x)
      if (support::uniform(random, 0, 1) < 0.4) value = 0;
    model.derivatives(0.0, x, dxdt);
    for (std::size_t i = 0; i < L::n_states; ++i) {
      INFO(model.state_name(i));
      CHECK(std::isfinite(dxdt[i]));
      if (x[i] == 0) CHECK(dxdt[i] >= 0);
    }
  }
}

}  // namespace

TEST_CASE("the Jacobian by dual numbers is the one that differences show") {
  support::Random random(101);
  check_jacobian<1>(random);
  check_jacobian<2>(random);
  check_jacobian<3>(random);
  check_jacobian<4>(random);
}

TEST_CASE("all flows of magnesium add up to the infusion, in every state") {
  support::Random random(102);
  check_conservation<1>(random);
  check_conservation<2>(random);
  check_conservation<3>(random);
  check_conservation<4>(random);
}

TEST_CASE("no flow leaves an empty state") {
  support::Random random(103);
  check_boundary<1>(random);
  check_boundary<2>(random);
  check_boundary<3>(random);
  check_boundary<4>(random);
}

TEST_CASE("an empty body stays empty but for the acid of its stomach") {
  using L = body::Layout<2>;
  const auto model = support::body_of<2>();
  const double basal_mmol_per_h = model.parameters.gut.acid.basal_mmol_per_h;
  std::array<double, L::n_states> x{}, dxdt;
  model.derivatives(0.0, x, dxdt);
  for (std::size_t i = 0; i < L::n_states; ++i)
    CHECK(dxdt[i] == (i == L::acid ? basal_mmol_per_h : 0.0));
}

TEST_CASE("two millimoles of acid go with each millimole of a basic salt") {
  using L = body::Layout<2>;
  const auto model = support::body_of<2>();
  std::array<double, L::n_states> x{}, without, with;
  x[L::acid] = 4.0;
  model.derivatives(0.0, x, without);
  x[L::solid(1, gut::stomach)] = 10.0;
  model.derivatives(0.0, x, with);
  const double dissolved = with[L::dissolved(1, gut::stomach)];
  CHECK(dissolved == doctest::Approx(model.sources[1].dissolution.acid_per_h * 10.0 * 4.0 /
                                     (4.0 + model.parameters.gut.acid.half_mmol))
                         .epsilon(1e-14));
  CHECK(without[L::acid] - with[L::acid] == doctest::Approx(2 * dissolved).epsilon(1e-13));
}

TEST_CASE("labels share one flux by what each holds that is open to uptake") {
  using L = body::Layout<2>;
  const auto model = support::body_of<2>();
  std::array<double, L::n_states> x{}, dxdt;
  x[L::dissolved(0, gut::jejunum)] = 2.0;
  x[L::dissolved(1, gut::jejunum)] = 1.0;
  x[L::dissolved(2, gut::jejunum)] = 0.5;
  model.derivatives(0.0, x, dxdt);
  const double food = 2.0 * model.sources[0].f_available, all = food + 1.0 + 0.5;
  const double flux = gut::uptake_mmol_per_h(model.parameters.gut.uptake[gut::jejunum], all);
  CHECK(food < 2.0);
  CHECK(dxdt[L::absorbed(0)] == doctest::Approx(flux * food / all).epsilon(1e-14));
  CHECK(dxdt[L::absorbed(1)] == doctest::Approx(flux * 1.0 / all).epsilon(1e-14));
  CHECK(dxdt[L::absorbed(2)] == doctest::Approx(flux * 0.5 / all).epsilon(1e-14));
}

TEST_CASE("magnesium that is not in the gut of a source does not know its source") {
  using L = body::Layout<3>;
  const auto model = support::body_of<3>();
  support::Random random(104);
  auto x = support::random_state<3>(random);
  std::array<double, L::n_states> dxdt, swapped;
  model.derivatives(0.0, x, dxdt);
  // What is dissolved of one salt is booked as the other: nothing but the labels may change.
  for (std::size_t segment = 0; segment < gut::n_segments; ++segment)
    std::swap(x[L::dissolved(1, segment)], x[L::dissolved(2, segment)]);
  model.derivatives(0.0, x, swapped);
  for (const std::size_t i : {L::plasma, L::interstitial, L::cells, L::slow, L::urine, L::sweat})
    CHECK(swapped[i] == doctest::Approx(dxdt[i]).epsilon(1e-13));
}
