#include <mgpk/isotope/exponentials.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace mgpk;

namespace {

double at(const std::vector<isotope::Exponential>& terms, double t_h) {
  double sum = 0;
  for (const auto& term : terms) sum += term.height * std::exp2(-t_h / term.t_half_h);
  return sum;
}

}  // namespace

TEST_CASE("three exponentials of hours and a day are found again") {
  const std::vector<isotope::Exponential> truth{{0.08, 1}, {0.02, 3}, {0.003, 24.5}};
  std::vector<double> times_h, values;
  for (double t_h = 0.25; t_h < 90; t_h += t_h < 12 ? 0.5 : 3) {
    times_h.push_back(t_h);
    values.push_back(at(truth, t_h));
  }
  const auto fit = isotope::fit_exponentials(times_h, values, 3);
  REQUIRE(fit.terms.size() == 3);
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(fit.terms[k].height == doctest::Approx(truth[k].height).epsilon(1e-4));
    CHECK(fit.terms[k].t_half_h == doctest::Approx(truth[k].t_half_h).epsilon(1e-4));
    CHECK(fit.terms[k].area() == doctest::Approx(truth[k].area()).epsilon(1e-4));
  }
  CHECK(fit.residual < 1e-6);
}

TEST_CASE("one exponential through noise is the slope of the logarithm") {
  std::vector<double> times_h, values;
  for (int i = 0; i < 20; ++i) {
    times_h.push_back(i);
    values.push_back(4 * std::exp2(-i / 8.0) * (i % 2 == 0 ? 1.01 : 1 / 1.01));
  }
  const auto fit = isotope::fit_exponentials(times_h, values, 1);
  CHECK(fit.terms[0].t_half_h == doctest::Approx(8).epsilon(0.01));
  CHECK(fit.residual == doctest::Approx(std::log(1.01)).epsilon(0.01));
}

TEST_CASE("the slopes of the fit are those of differences") {
  const std::vector<double> times_h{0.5, 1, 2, 4, 8}, values{5, 4, 3, 2, 1};
  const isotope::detail::LogResiduals residuals(times_h, values, 2);
  Eigen::VectorXd p(4), up(5), down(5);
  p << 1.0, 0.2, -0.5, -2.0;
  Eigen::MatrixXd slopes(5, 4);
  residuals.df(p, slopes);
  for (Eigen::Index j = 0; j < 4; ++j) {
    Eigen::VectorXd moved = p;
    moved(j) += 1e-6;
    residuals(moved, up);
    moved(j) -= 2e-6;
    residuals(moved, down);
    for (Eigen::Index i = 0; i < 5; ++i)
      CHECK(slopes(i, j) == doctest::Approx((up(i) - down(i)) / 2e-6).epsilon(1e-6));
  }
}

TEST_CASE("too few samples and samples of nothing are refused") {
  const std::vector<double> times_h{1, 2, 3, 4}, good{4, 3, 2, 1}, empty{4, 3, 0, 1};
  CHECK_THROWS_AS(isotope::fit_exponentials(times_h, good, 2), InputError);
  CHECK_THROWS_AS(isotope::fit_exponentials(times_h, empty, 1), InputError);
  CHECK_THROWS_AS(isotope::fit_exponentials(times_h, good, 0), InputError);
}
