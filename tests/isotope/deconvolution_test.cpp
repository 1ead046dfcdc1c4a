#include <mgpk/isotope/deconvolution.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace mgpk;

namespace {

using Times = std::vector<double>;
const Times times_h{0, 0.5, 1, 2, 3, 4, 6, 8, 12, 24};

/// 0.3 per amount given, and gone at 0.8 per h.
isotope::Response response(const Times& at_h = times_h) {
  std::vector<double> values;
  values.reserve(at_h.size());
  for (const double t_h : at_h) values.push_back(0.3 * std::exp(-0.8 * t_h));
  return {at_h, values};
}

/// First-order absorption at 0.5 per h of `amount`.
std::vector<double> curve(double amount, const Times& at_h = times_h) {
  std::vector<double> values;
  values.reserve(at_h.size());
  for (const double t_h : at_h)
    values.push_back(amount * 0.3 * 0.5 / (0.8 - 0.5) *
                     (std::exp(-0.5 * t_h) - std::exp(-0.8 * t_h)));
  return values;
}

}  // namespace

TEST_CASE("an input in steps is found exactly") {
  const auto g = response();
  std::vector<double> values;
  values.reserve(times_h.size());
  for (const double t_h : times_h)  // 2 per h from 1 h to 4 h
    values.push_back(2 * (g.integral(t_h - 1) - g.integral(t_h - 4)));
  const auto input = isotope::deconvolve(times_h, values, g);
  CHECK(input.amount == doctest::Approx(6).epsilon(1e-12));
  CHECK(input.rates_per_h[1] == doctest::Approx(0).epsilon(1e-12));
  CHECK(input.rates_per_h[3] == doctest::Approx(2).epsilon(1e-12));
  CHECK(input.amount_until(2.5) == doctest::Approx(3).epsilon(1e-12));
}

TEST_CASE("absorption that fades is found up to the width of the steps") {
  const auto coarse = isotope::deconvolve(times_h, curve(5), response());
  CHECK(coarse.amount == doctest::Approx(5).epsilon(0.05));
  CHECK(coarse.amount_until(2) == doctest::Approx(5 * (1 - std::exp(-1.0))).epsilon(0.02));
  Times often_h;
  for (int i = 0; i <= 96; ++i) often_h.push_back(i / 4.0);
  const auto fine = isotope::deconvolve(often_h, curve(5, often_h), response(often_h));
  CHECK(fine.amount == doctest::Approx(5).epsilon(0.005));
}

TEST_CASE("smoothing calms what errors shake, and keeps the amount") {
  auto shaken = curve(5);
  for (std::size_t i = 0; i < shaken.size(); ++i) shaken[i] *= i % 2 == 0 ? 1.2 : 0.8;
  const auto roughness = [](const isotope::Input& input) {
    double sum = 0;
    for (std::size_t i = 1; i < input.rates_per_h.size(); ++i)
      sum += std::abs(input.rates_per_h[i] - input.rates_per_h[i - 1]);
    return sum;
  };
  const auto rough = isotope::deconvolve(times_h, shaken, response());
  const auto smooth = isotope::deconvolve(times_h, shaken, response(), 0.3);
  CHECK(roughness(smooth) < 0.7 * roughness(rough));
  CHECK(smooth.amount == doctest::Approx(rough.amount).epsilon(0.1));
}

TEST_CASE("a curve without samples and a negative smoothing are refused") {
  CHECK_THROWS_AS(isotope::deconvolve(std::vector{0.0}, std::vector{1.0}, response()), InputError);
  CHECK_THROWS_AS(isotope::deconvolve(times_h, curve(1), response(), -1), InputError);
}
