#include <mgpk/isotope/response.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace mgpk;

TEST_CASE("the integral of one exponential is exact, between samples too") {
  const std::vector<double> times_h{0, 1, 2.5, 7};
  std::vector<double> values;
  values.reserve(times_h.size());
  for (const double t_h : times_h) values.push_back(3 * std::exp(-0.4 * t_h));
  const isotope::Response response(times_h, values);
  for (const double t_h : {0.0, 0.3, 1.0, 2.0, 6.9, 7.0})
    CHECK(response.integral(t_h) == doctest::Approx(3 / 0.4 * (1 - std::exp(-0.4 * t_h))));
  CHECK(response.integral(-1) == 0);
  CHECK(response.integral(9) == doctest::Approx(response.integral(7) + 2 * values.back()));
}

TEST_CASE("equal samples are a constant") {
  const isotope::Response response({0, 2, 5}, {2, 2, 2});
  CHECK(response.integral(3.5) == 7);
}

TEST_CASE("next to a sample of nothing the curve is straight") {
  const isotope::Response response({0, 2, 6}, {0, 3, 0});
  CHECK(response.integral(1) == doctest::Approx(0.75));
  CHECK(response.integral(6) == doctest::Approx(9));
}

TEST_CASE("samples that tell nothing are refused") {
  CHECK_THROWS_AS(isotope::Response({0}, {1}), InputError);
  CHECK_THROWS_AS(isotope::Response({1, 2}, {1, 1}), InputError);
  CHECK_THROWS_AS(isotope::Response({0, 2}, {1, -0.1}), InputError);
  CHECK_THROWS_AS(isotope::Response({0, 2, 2}, {1, 1, 1}), InputError);
}
