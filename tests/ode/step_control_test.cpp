// Judging a step and choosing the next one, without any method behind.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include <mgpk/ode/step_control.hpp>

#include "models.hpp"

namespace {

constexpr auto watched = [](std::size_t) { return true; };
constexpr auto may_be_negative = [](std::size_t) { return false; };

using namespace mgpk::ode;

const Options loose{.relative_tolerance = 1e-2, .absolute_tolerance = 1e-4};
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

Verdict refused_for(double error) { return {false, error, StatusCode::step_too_small, 0, 0.0}; }

}  // namespace

TEST_CASE("the worst state decides, measured by its own tolerance") {
  const Trial<2> good{{1.0, 0.001}, {5e-3, 5e-5}};
  const Verdict accepted = judge<2>({1.0, 0.001}, good, watched, loose);
  CHECK(accepted.accepted);
  CHECK(accepted.error == doctest::Approx(5e-3 / (1e-4 + 1e-2)));
  const Trial<2> bad{{1.0, 0.001}, {5e-3, 5e-4}};
  const Verdict refused = judge<2>({1.0, 0.001}, bad, watched, loose);
  CHECK_FALSE(refused.accepted);
  CHECK(refused.reason == StatusCode::step_too_small);
  CHECK(refused.state_index == 1);
}

TEST_CASE("nothing that is not finite passes, wherever it stands") {
  for (const double broken : {not_a_number, infinite, -infinite}) {
    const Verdict in_state =
        judge<2>({1.0, 1.0}, {{1.0, broken}, {0.0, 0.0}}, may_be_negative, loose);
    CHECK_FALSE(in_state.accepted);
    CHECK(in_state.reason == StatusCode::not_finite);
    CHECK(in_state.state_index == 1);
    const Verdict in_error =
        judge<2>({1.0, 1.0}, {{1.0, 1.0}, {broken, 0.0}}, may_be_negative, loose);
    CHECK_FALSE(in_error.accepted);
    CHECK(in_error.state_index == 0);
  }
}

TEST_CASE("a state may fall a tolerance below zero, no further, and only where declared") {
  const Trial<1> within{{-0.9e-4}, {0.0}};
  const Trial<1> below{{-1.1e-4}, {0.0}};
  CHECK(judge<1>({0.0}, within, watched, loose).accepted);
  CHECK(judge<1>({0.0}, below, watched, loose).reason == StatusCode::negative_state);
  CHECK(judge<1>({0.0}, below, watched, loose).value == -1.1e-4);
  CHECK(judge<1>({0.0}, below, may_be_negative, loose).accepted);
}

TEST_CASE("the controller grows after small errors, shrinks after large ones, within bounds") {
  StepController controller(5.0);
  CHECK(controller.after_accept(1.0, 0.0) == doctest::Approx(8.0));
  CHECK(controller.after_accept(1.0, 1.0) < 1.0);
  CHECK(controller.after_reject(1.0, refused_for(2.0)) < 0.9);
  CHECK(controller.after_reject(1.0, refused_for(infinite)) == doctest::Approx(0.2));
  CHECK(controller.after_reject(
            1.0, {false, not_a_number, StatusCode::not_finite, 0, not_a_number}) == 0.25);
}

TEST_CASE("a sliver of a step before a stop does not become the next proposal") {
  const StepController controller(5.0);
  CHECK(controller.after_cut_step(1e-9, 1e-12, 0.5) == 0.5);
  // A cut step long enough to feel an error is a measurement like any other.
  CHECK(controller.after_cut_step(0.4, 0.99, 0.5) < 0.4);
}

TEST_CASE("the first step: cautious for a decay, tiny and finite where nothing is known") {
  const Options options;
  const models::Decay decay{.k_per_h = 2.0};
  const double h = initial_step_h(decay, 0.0, {1.0}, {-2.0}, 5.0, options);
  CHECK(h > 1e-4);
  CHECK(h < 0.1);
  const double at_rest = initial_step_h(decay, 0.0, {0.0}, {0.0}, 5.0, options);
  CHECK(at_rest > 0.0);
  CHECK(std::isfinite(at_rest));
  const double broken = initial_step_h(decay, 0.0, {1.0}, {not_a_number}, 5.0, options);
  CHECK(broken > 0.0);
  CHECK(broken <= minimal_step_h(0.0));
  const Options bounded{.max_step_h = 1e-5};
  CHECK(initial_step_h(decay, 0.0, {1.0}, {-2.0}, 5.0, bounded) == 1e-5);
}
