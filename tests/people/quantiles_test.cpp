// Quantiles against values worked by hand, and refusals.
#include <mgpk/people/quantiles.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace mgpk;
using mgpk::people::quantiles;

TEST_CASE("quantiles lie on straight lines between the sorted values") {
  const std::vector<double> values{4, 1, 3, 2};
  const auto found = quantiles(values, {0, 0.25, 0.5, 0.9, 1});
  CHECK(found[0] == 1);
  CHECK(found[1] == doctest::Approx(1.75));
  CHECK(found[2] == doctest::Approx(2.5));
  CHECK(found[3] == doctest::Approx(3.7));
  CHECK(found[4] == 4);
}

TEST_CASE("members that failed do not count") {
  const std::vector<double> values{std::nan(""), 5, std::nan("")};
  CHECK(quantiles(values, {0.1, 0.9}) == std::vector<double>{5, 5});
  CHECK(std::isnan(quantiles(std::vector<double>{std::nan("")}, {0.5})[0]));
}

TEST_CASE("shares that are none are refused") {
  const std::vector<double> values{1, 2};
  CHECK_THROWS_AS(quantiles(values, {}), InputError);
  CHECK_THROWS_AS(quantiles(values, {97.5}), InputError);
  CHECK_THROWS_WITH_AS(quantiles(values, {0.5, 0.5}),
                       "quantiles must rise strictly, but it is 0.5; sort the shares and give each "
                       "once",
                       InputError);
}
