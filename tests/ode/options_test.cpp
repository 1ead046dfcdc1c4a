// Options that no solve can honour are refused with the exact words.
#include <doctest/doctest.h>

#include <limits>

#include <mgpk/ode/options.hpp>

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("the defaults are valid, and so is their widest range") {
  CHECK_NOTHROW(mgpk::ode::validate({}));
  CHECK_NOTHROW(mgpk::ode::validate({.relative_tolerance = 1e-14}));
  CHECK_NOTHROW(mgpk::ode::validate({.max_steps = 1, .max_step_h = 0.1, .first_step_h = 0.01}));
}

TEST_CASE("the relative tolerance must be a small fraction") {
  for (const double bad : {0.0, -1e-9, 0.1, 1e-15, not_a_number, infinite})
    CHECK_THROWS_AS(mgpk::ode::validate({.relative_tolerance = bad}), std::invalid_argument);
  CHECK_THROWS_WITH(mgpk::ode::validate({.relative_tolerance = 0.5}),
                    "relative_tolerance must be at least 1e-14 and below 0.1, but it is 0.5; give "
                    "a fraction such as 1e-9");
}

TEST_CASE("the other options have their own rules") {
  for (const double bad : {0.0, -1.0, not_a_number, infinite})
    CHECK_THROWS_AS(mgpk::ode::validate({.absolute_tolerance = bad}), std::invalid_argument);
  CHECK_THROWS_WITH(mgpk::ode::validate({.absolute_tolerance = -1.0}),
                    "absolute_tolerance must be finite and positive, but it is -1; give an amount "
                    "that does not matter, such as 1e-13");
  CHECK_THROWS_WITH(mgpk::ode::validate({.max_steps = 0}),
                    "max_steps must be at least 1, but it is 0; give a budget such as 10000000");
  for (const double bad : {0.0, -1.0, not_a_number})
    CHECK_THROWS_AS(mgpk::ode::validate({.max_step_h = bad}), std::invalid_argument);
  for (const double bad : {-1.0, not_a_number, infinite})
    CHECK_THROWS_AS(mgpk::ode::validate({.first_step_h = bad}), std::invalid_argument);
  CHECK_THROWS_WITH(mgpk::ode::validate({.first_step_h = -1.0}),
                    "first_step_h must be finite and not negative, but it is -1; give a length in "
                    "hours, or 0 to have it chosen");
}
