// Failure as data: the messages keep the grammar rule, value, advice; throwing is a choice.
#include <doctest/doctest.h>

#include <limits>

#include <mgpk/ode/status.hpp>

using mgpk::ode::Status;
using mgpk::ode::StatusCode;

TEST_CASE("a fresh status is fine and does not throw") {
  const Status status;
  CHECK(status.ok());
  CHECK(status.state_index == mgpk::ode::npos);
  CHECK_NOTHROW(status.or_throw());
}

TEST_CASE("each failure says the rule, the value, the time and what to do") {
  const Status negative{StatusCode::negative_state, 2.5, 1, "plasma", "check the loss", -3e-5};
  CHECK(negative.message() ==
        "states must not be negative, but plasma would become -3e-05 at t = 2.5 h; check the loss");
  const Status broken{StatusCode::not_finite,
                      1.0,
                      0,
                      "gut",
                      "check the law",
                      std::numeric_limits<double>::quiet_NaN()};
  CHECK(broken.message() ==
        "states and derivatives must be finite, but that of gut is nan at t = 1 h; check the law");
  const Status budget{StatusCode::step_budget_exhausted, 4.0, mgpk::ode::npos, {}, "raise it", 50};
  CHECK(budget.message() ==
        "a solve must end within its budget of steps, but all 50 are used at t = 4 h; raise it");
  const Status small{StatusCode::step_too_small, 1.0, 0, "gut", "look for a pole", 1e-16};
  CHECK(small.message() ==
        "steps must be long enough to advance the time, but the error of gut asks for 1e-16 h at "
        "t = 1 h; look for a pole");
  const Status stopped{StatusCode::interrupted, 3.0, mgpk::ode::npos, {}, "call again", 0};
  CHECK(stopped.message() ==
        "a solve must be allowed to run on, but keep_going returned false at t = 3 h; call again");
}

TEST_CASE("or_throw carries the status along") {
  const Status status{StatusCode::negative_state, 2.5, 1, "plasma", "check the loss", -3e-5};
  try {
    status.or_throw();
    FAIL("must throw");
  } catch (const mgpk::ode::SolveError& error) {
    CHECK(error.status().code == StatusCode::negative_state);
    CHECK(std::string(error.what()) == status.message());
  }
}
