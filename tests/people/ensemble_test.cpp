// Members side by side: rows in place on any number of threads, failures alone, bands by column.
#include <mgpk/people/ensemble.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <stdexcept>

using namespace mgpk;
using namespace mgpk::people;

namespace {

/// Member i: the number i, and the curve i, 2 i; every seventh fails.
Outcome member(std::size_t i) {
  if (i % 7 == 6) throw std::runtime_error("seventh");
  const auto x = static_cast<double>(i);
  return {{x}, {{x, 2 * x}}};
}

Ensemble twenty(std::size_t n_threads) {
  return solve_ensemble(20, {"x"}, {"curve"}, {0.0, 1.0}, member, {n_threads, {}});
}

}  // namespace

TEST_CASE("each member stands in its row, whatever the threads") {
  for (const std::size_t n_threads : {1U, 3U}) {
    const auto made = twenty(n_threads);
    for (Eigen::Index i = 0; i < 20; ++i) {
      if (i % 7 == 6) {
        CHECK(made.failures[static_cast<std::size_t>(i)] == "seventh");
        CHECK(std::isnan(made.numbers(i, 0)));
        CHECK(std::isnan(made.curves[0](i, 1)));
      } else {
        CHECK(made.numbers(i, 0) == double(i));
        CHECK(made.curve("curve")(i, 1) == 2 * double(i));
      }
    }
    CHECK(made.n_failed() == 2);
  }
}

TEST_CASE("bands are of the members that succeeded") {
  const auto bands = Ensemble::bands(twenty(2).curves[0], {0.0, 0.5, 1.0});
  CHECK(bands(0, 1) == 0);
  CHECK(bands(1, 0) == doctest::Approx(9.5));  // of 0 to 19 without 6 and 13: between 9 and 10
  CHECK(bands(2, 1) == 38);
}

TEST_CASE("no member, or more than memory holds, is refused") {
  CHECK_THROWS_AS(solve_ensemble(0, {"x"}, {}, {}, member, {}), InputError);
  const std::vector<double> times_h(1001);
  CHECK_THROWS_WITH_AS(solve_ensemble(200000, {"x"}, {"curve"}, times_h, member, {}),
                       "at most 200000000 values are kept, but it is 200400000; draw fewer, raise "
                       "every_h, or name fewer columns",
                       InputError);
  CHECK_THROWS_AS(twenty(1).curve("curves"), UnknownNameError);
}
