// The body in lanes: many persons at once, each with the derivatives that they have alone.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>

#include <mgpk/body/body.hpp>
#include <mgpk/ode/ensemble/rebind.hpp>
#include <mgpk/ode/ensemble/structure.hpp>
#include <mgpk/ode/lanes/lanes.hpp>

#include "bodies.hpp"

using namespace mgpk;

namespace {

constexpr std::size_t width = 16;
using Real = ode::Lanes<width>;

/// Persons who differ in everything that the equations read.
template <std::size_t Sources>
body::Equations<Sources> somebody(support::Random& random) {
  Subject person;
  person.weight_kg = support::uniform(random, 45, 120);
  person.gfr_mL_per_min = support::uniform(random, 15, 140);
  person.albumin_g_per_L = support::uniform(random, 25, 48);
  person.f_acid_secreted = support::uniform(random, 0.1, 1.5);
  person.parameters["adaptation_gain_relative"] = support::uniform(random, 0, 0.1);
  person.allow_outside_range = true;
  auto model = support::body_of<Sources>(person);
  model.iv_mmol_per_h = support::uniform(random, 0, 4);
  model.gfr_change_L_per_h_per_h = support::uniform(random, -0.01, 0.01);
  model.gfr_from_h = support::uniform(random, 0, 10);
  return model;
}

/// The largest difference of any derivative, relative to the larger of it and the state.
template <std::size_t Sources>
double largest_difference(support::Random& random) {
  constexpr std::size_t n = body::Layout<Sources>::n_states;
  std::array<body::Equations<Sources>, width> alone;
  std::array<std::array<double, n>, width> x;
  body::Equations<Sources, Real> together{};
  std::array<Real, n> x_together, dxdt_together;
  Real t_h = 0.0;
  for (std::size_t lane = 0; lane < width; ++lane) {
    alone[lane] = somebody<Sources>(random);
    x[lane] = support::random_state<Sources>(random);
    ode::set_lane<Real>(together, lane, alone[lane]);
    for (std::size_t i = 0; i < n; ++i) x_together[i].set(lane, x[lane][i]);
    t_h.set(lane, support::uniform(random, 0, 20));
  }
  together.derivatives(t_h, x_together, dxdt_together);
  double largest = 0;
  for (std::size_t lane = 0; lane < width; ++lane) {
    std::array<double, n> dxdt;
    alone[lane].derivatives(t_h[lane], x[lane], dxdt);
    for (std::size_t i = 0; i < n; ++i) {
      const double difference = std::abs(dxdt_together[i][lane] - dxdt[i]);
      // A derivative is what large flows leave: it is as exact as they are, and they go with x.
      largest = std::fmax(largest, difference / std::fmax(std::abs(dxdt[i]), std::abs(x[lane][i])));
    }
  }
  return largest;
}

}  // namespace

TEST_CASE_TEMPLATE("derivatives in lanes are those of each person alone", Sources,
                   std::integral_constant<std::size_t, 1>, std::integral_constant<std::size_t, 2>,
                   std::integral_constant<std::size_t, 3>, std::integral_constant<std::size_t, 4>) {
  support::Random random(6);
  for (int repeat = 0; repeat < 20; ++repeat) {
    const double difference = largest_difference<Sources::value>(random);
    CHECK(difference < 1e-13);
  }
}

TEST_CASE("all that only accumulates is declared a read-out, and nothing depends on it") {
  using Model = body::Equations<2>;
  constexpr std::size_t n = Model::n_states;
  support::Random random(7);
  const auto model = somebody<2>(random);
  auto x = support::random_state<2>(random);
  std::array<double, n> before, after;
  model.derivatives(1.0, x, before);
  REQUIRE(ode::n_readouts_of<Model>() == n - body::Layout<2>::first_readout);
  for (std::size_t i = n - ode::n_readouts_of<Model>(); i < n; ++i) x[i] += 100;
  model.derivatives(1.0, x, after);
  CHECK(before == after);
}
