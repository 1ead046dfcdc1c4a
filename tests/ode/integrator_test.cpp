// Exact stops, samples, jumps, and every way in which a solve may fail.
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <mgpk/ode/integrator.hpp>

#include "models.hpp"

namespace {

using namespace mgpk::ode;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr Method all_methods[] = {Method::automatic, Method::dopri5, Method::rosenbrock4};

}  // namespace

TEST_CASE("advance stops exactly, bit for bit, at stops that no step would hit") {
  for (const Method method : all_methods) {
    const models::Decay decay;
    Integrator integrator(decay, State<double, 1>{1.0}, 0.1, {.method = method});
    for (const double stop : {0.1 + 0.2, 1.0 / 3.0, std::nextafter(1.0 / 3.0, 1.0), 7.7, 20.0}) {
      const Status status = integrator.advance(stop);
      CHECK(status.ok());
      CHECK(status.t_h == stop);
      CHECK(integrator.t_h() == stop);
      CHECK(integrator.state()[0] == doctest::Approx(std::exp(-(stop - 0.1))).epsilon(2e-8));
    }
  }
}

TEST_CASE("every sample arrives once, in order, at its own time, with the exact state at ends") {
  for (const Method method : all_methods) {
    const models::Decay decay;
    Integrator integrator(decay, State<double, 1>{1.0}, 0.0, {.method = method});
    std::vector<double> times;
    for (int k = 0; k <= 500; ++k) times.push_back(0.01 * k);
    times.push_back(times.back());  // the same time twice is two samples
    std::size_t expected = 0;
    double last = 0.0;
    const Status status =
        integrator.advance(times.back(), times, [&](std::size_t k, double t_h, const auto& x) {
          CHECK(k == expected++);
          CHECK(t_h == times[k]);
          CHECK(x[0] == doctest::Approx(std::exp(-t_h)).epsilon(1e-8));
          if (k == 0) CHECK(x[0] == 1.0);
          last = x[0];
        });
    CHECK(status.ok());
    CHECK(expected == times.size());
    CHECK(last == integrator.state()[0]);
  }
}

TEST_CASE("an empty span delivers its samples and calls no derivative") {
  const models::Decay decay;
  Integrator integrator(decay, State<double, 1>{1.0}, 3.0);
  int n = 0;
  const std::vector<double> times = {3.0, 3.0};
  CHECK(integrator.advance(3.0, times, [&](std::size_t, double, const auto&) { ++n; }).ok());
  CHECK(n == 2);
  CHECK(integrator.statistics().n_rhs == 0);
}

TEST_CASE("what lies outside the span is refused with the rule") {
  const models::Decay decay;
  Integrator integrator(decay, State<double, 1>{1.0}, 3.0);
  const auto ignore = [](std::size_t, double, const auto&) {};
  CHECK_THROWS_WITH(integrator.advance(2.0),
                    "t_stop_h must be finite and not before the present, 3, but it is 2; give a "
                    "later time in hours");
  CHECK_THROWS_AS(integrator.advance(not_a_number), std::invalid_argument);
  CHECK_THROWS_AS(integrator.advance(infinite), std::invalid_argument);
  CHECK_THROWS_WITH(integrator.advance(5.0, std::vector<double>{4.0, 3.5}, ignore),
                    "sample_times_h[1] must ascend within 3 to 5, but it is 3.5; sort the times "
                    "and keep them inside the span");
  CHECK_THROWS_AS(integrator.advance(5.0, std::vector<double>{2.0}, ignore), std::invalid_argument);
  CHECK_THROWS_AS(integrator.advance(5.0, std::vector<double>{6.0}, ignore), std::invalid_argument);
  CHECK_THROWS_AS(integrator.advance(5.0, std::vector<double>{not_a_number}, ignore),
                  std::invalid_argument);
  CHECK_THROWS_AS((Integrator<models::Decay>(decay, {1.0}, not_a_number)), std::invalid_argument);
}

TEST_CASE("inputs change between spans: infusion on, off, and a bolus") {
  for (const Method method : all_methods) {
    models::Infusion model;
    Integrator integrator(model, State<double, 1>{2.0}, 0.0, {.method = method});
    double exact = 2.0;
    for (int k = 0; k < 20; ++k) {
      model.rate_mmol_per_h = k % 2 == 0 ? 4.0 : 0.0;
      integrator.restart();
      CHECK(integrator.advance(0.7 * (k + 1)).ok());
      exact = model.exact(exact, 0.7);
      CHECK(integrator.state()[0] == doctest::Approx(exact).epsilon(1e-8));
      integrator.set_state({integrator.state()[0] + 1.0});
      exact += 1.0;
    }
  }
}

TEST_CASE("a stop does not destroy the step: many stops cost little more than none") {
  const models::Chain chain;
  const State<double, 4> x0 = {1.0, 0.0, 0.0, 0.0};
  Integrator plain(chain, x0, 0.0);
  CHECK(plain.advance(24.0).ok());
  Integrator stopped(chain, x0, 0.0);
  for (int k = 1; k <= 24; ++k) {
    CHECK(stopped.advance(k + 1e-9).ok());  // a sliver follows every whole hour
    CHECK(stopped.advance(k + 2e-9).ok());
  }
  // Two slivers and at most two shortened steps per hour, but no slow regrowth.
  CHECK(stopped.statistics().n_steps < plain.statistics().n_steps + std::size_t{24} * 5);
  CHECK(stopped.statistics().n_rejected <= plain.statistics().n_rejected + 5);
}

TEST_CASE("derivatives that are not finite end the solve and name the state at fault") {
  for (const Method method : all_methods)
    for (const double start : {0.0, 0.1, 0.123, 0.7, 0.95}) {
      const models::Breaks model;
      Integrator integrator(model, State<double, 3>{start, 0.0, 1.0}, start, {.method = method});
      const Status status = integrator.advance(2.0);
      CHECK(status.code == StatusCode::not_finite);
      CHECK(status.t_h == doctest::Approx(1.0).epsilon(1e-6));
      CHECK(status.state_name == "broken");
      CHECK(integrator.t_h() == status.t_h);
      CHECK(std::isfinite(integrator.state()[1]));
    }
}

TEST_CASE("a start that is not finite, or negative where declared, is named at once") {
  const models::Chain chain;
  Integrator integrator(chain, State<double, 4>{1.0, not_a_number, 0.0, 0.0}, 5.0);
  const Status status = integrator.advance(6.0);
  CHECK(status.code == StatusCode::not_finite);
  CHECK(status.state_name == "plasma");
  CHECK(status.t_h == 5.0);
  integrator.set_state({1.0, 0.0, -1e-6, 0.0});
  CHECK(integrator.advance(6.0).code == StatusCode::negative_state);
  CHECK(integrator.advance(6.0).state_name == "tissue");
  integrator.set_state({1.0, 0.0, 0.0, 0.0});
  CHECK(integrator.advance(6.0).ok());
}

TEST_CASE("a pole is not stepped through") {
  for (const Method method : all_methods)
    for (const double tolerance : {1e-9, 1e-6, 1e-3}) {
      const models::Pole pole;
      Integrator integrator(pole, State<double, 1>{1.0}, 0.0,
                            {.relative_tolerance = tolerance, .method = method});
      const Status status = integrator.advance(2.0);
      CHECK(status.code == StatusCode::step_too_small);
      CHECK(status.state_index == 0);
      CHECK(status.t_h == doctest::Approx(1.0).epsilon(10.0 * tolerance));
      CHECK(integrator.state()[0] > 1e10);
    }
}

TEST_CASE("after a failure a new state can be carried on from the same time") {
  const models::Pole pole;
  Integrator integrator(pole, State<double, 1>{1.0}, 0.0);
  CHECK_FALSE(integrator.advance(2.0).ok());
  const double t0 = integrator.t_h();
  integrator.set_state({0.1});
  CHECK(integrator.advance(3.0).ok());
  CHECK(integrator.state()[0] == doctest::Approx(1.0 / (10.0 - (3.0 - t0))).epsilon(1e-7));
}

TEST_CASE("a loss that empties a state below zero stops the solve and is never clipped") {
  for (const Method method : all_methods) {
    const models::Drain drain;
    Integrator integrator(drain, State<double, 2>{0.0, 1.0}, 0.0, {.method = method});
    const Status status = integrator.advance(5.0);
    CHECK(status.code == StatusCode::negative_state);
    CHECK(status.state_name == "drained");
    CHECK(status.t_h == doctest::Approx(2.0).epsilon(1e-9));
    CHECK(std::abs(integrator.state()[1]) < 1e-10);
    CHECK(status.message().find("drained would become -") != std::string::npos);
  }
}

TEST_CASE("the budget of steps ends a solve, with the time reached") {
  const models::Chain chain;
  for (const Method method : all_methods) {
    Integrator integrator(chain, State<double, 4>{1.0, 0.0, 0.0, 0.0}, 0.0,
                          {.max_steps = 50, .method = method});
    const Status status = integrator.advance(1000.0);
    CHECK(status.code == StatusCode::step_budget_exhausted);
    const Statistics used = integrator.statistics();
    CHECK(used.n_steps + used.n_rejected == 50);
    CHECK(status.t_h == integrator.t_h());
    CHECK(status.t_h > 0.0);
    // Half of the budget without an end: the stiff method got its chance.
    CHECK(used.n_switches == (method == Method::automatic ? 1 : 0));
  }
}

TEST_CASE("keep_going is asked now and then, and its no ends the solve, which can go on later") {
  const models::Chain chain;
  int n_asked = 0;
  bool answer = false;
  Integrator integrator(chain, State<double, 4>{1.0, 0.0, 0.0, 0.0}, 0.0,
                        {.max_step_h = 0.01, .keep_going = [&](double t_h) {
                           ++n_asked;
                           CHECK(t_h > 0.0);
                           return answer;
                         }});
  const Status status = integrator.advance(10.0);
  CHECK(status.code == StatusCode::interrupted);
  CHECK(n_asked == 1);
  CHECK(integrator.t_h() == doctest::Approx(2.55).epsilon(0.05));
  answer = true;
  CHECK(integrator.advance(10.0).ok());
  CHECK(n_asked >= 4);
}

TEST_CASE("the largest step is respected") {
  const models::Decay decay;
  Integrator integrator(decay, State<double, 1>{1.0}, 0.0, {.max_step_h = 0.01});
  CHECK(integrator.advance(1.0).ok());
  CHECK(integrator.statistics().n_steps >= 100);
}

TEST_CASE("a linear invariant is kept to rounding by both methods") {
  for (const Method method : all_methods) {
    const models::Chain chain;
    Integrator integrator(chain, State<double, 4>{1.0, 0.5, 2.0, 0.0}, 0.0, {.method = method});
    for (int day = 1; day <= 30; ++day) {
      CHECK(integrator.advance(24.0 * day).ok());
      const auto& a = integrator.state();
      CHECK(std::abs(a[0] + a[1] + a[2] + a[3] - 3.5) < 1e-12);
    }
  }
}

TEST_CASE("the same request gives the same bits") {
  const models::Forced model;
  const auto run = [&model] {
    Integrator integrator(model, State<double, 2>{1.0, 0.5}, 0.0);
    integrator.advance(10.0).or_throw();
    return integrator.state();
  };
  CHECK(run() == run());
}
