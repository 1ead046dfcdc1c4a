// The threshold of the kidney: the same smooth law on both sides of its seam, to the last digits.
#include <mgpk/kidney/reabsorption.hpp>

#include <doctest/doctest.h>

#include <cmath>

#include <mgpk/ode/dual.hpp>

using namespace mgpk;

namespace {

const kidney::TubuleParameters<double> tubule{0.59, 8e-4};

/// The quadratic as it is written, with digits to spare.
long double escaped_by_quadratic(long double uf, long double tm, long double d) {
  const long double sum = uf + tm + d;
  const long double reabsorbed = 2 * uf * tm / (sum + std::sqrt(sum * sum - 4 * uf * tm));
  return uf - reabsorbed;
}

double relative_error(double uf) {
  const auto wide = [](double x) { return static_cast<long double>(x); };
  const auto exact =
      escaped_by_quadratic(wide(uf), wide(tubule.tm_mmol_per_L), wide(tubule.splay_mmol_per_L));
  const auto error = wide(kidney::escaped_mmol_per_L(tubule, uf)) / exact - 1;
  return static_cast<double>(std::abs(error));
}

}  // namespace

TEST_CASE("a reference adult's escape, computed by hand") {
  // sqrt(0.005² + 2·8e-4·1.185 + 8e-4²) = 0.043836515; half of 0.0042 + that.
  CHECK(kidney::escaped_mmol_per_L(tubule, 0.595) == doctest::Approx(0.0240182573).epsilon(1e-8));
}

TEST_CASE("thirteen digits from far below the threshold to far above it") {
  for (double uf = 1e-12; uf < 1e4; uf *= 1.17) {
    INFO(uf);
    CHECK(relative_error(uf) < 1e-13);
  }
  for (double uf = 0.55; uf < 0.65; uf += 0.0003) CHECK(relative_error(uf) < 1e-13);
}

TEST_CASE("both forms agree where one hands over to the other") {
  const double seam = tubule.tm_mmol_per_L + tubule.splay_mmol_per_L;
  const double below = std::nextafter(seam, 0.0);
  CHECK(relative_error(seam) < 1e-14);
  CHECK(relative_error(below) < 1e-14);
  CHECK(kidney::escaped_mmol_per_L(tubule, below) ==
        doctest::Approx(kidney::escaped_mmol_per_L(tubule, seam)).epsilon(1e-14));
}

TEST_CASE("the slope is continuous at the seam and exact everywhere") {
  using Dual = ode::Dual<1>;
  const double tm = tubule.tm_mmol_per_L, d = tubule.splay_mmol_per_L;
  for (const double uf : {0.01, 0.3, 0.58, std::nextafter(tm + d, 0.0), tm + d, 0.6, 1.0, 5.0}) {
    INFO(uf);
    const double root = std::sqrt((uf - tm) * (uf - tm) + 2 * d * (uf + tm) + d * d);
    const double slope = kidney::escaped_mmol_per_L(tubule, Dual(uf, {1.0})).slope[0];
    CHECK(std::abs(slope - 0.5 * (1 + (uf - tm + d) / root)) < 1e-13);
  }
}

TEST_CASE("limits: nothing from nothing, everything without Tm, all but Tm at a flood") {
  CHECK(kidney::escaped_mmol_per_L(tubule, 0.0) == 0.0);
  const kidney::TubuleParameters<double> no_transport{0.0, 8e-4};
  CHECK(kidney::escaped_mmol_per_L(no_transport, 0.6) == doctest::Approx(0.6).epsilon(1e-14));
  CHECK(1e4 - kidney::escaped_mmol_per_L(tubule, 1e4) == doctest::Approx(0.59).epsilon(1e-6));
}

TEST_CASE("more in the filtrate never lowers what escapes, nor what is reabsorbed") {
  double last_escaped = 0, last_reabsorbed = 0;
  for (double uf = 1e-3; uf < 10; uf *= 1.02) {
    const double escaped = kidney::escaped_mmol_per_L(tubule, uf);
    CHECK(escaped > last_escaped);
    CHECK(uf - escaped > last_reabsorbed);
    CHECK(uf - escaped < tubule.tm_mmol_per_L);
    last_escaped = escaped;
    last_reabsorbed = uf - escaped;
  }
}

TEST_CASE("the law solved for Tm gives that Tm back") {
  for (const double tm : {0.1, 0.55, 0.59, 0.7})
    for (const double uf : {0.2, 0.59, 0.6, 1.5}) {
      const kidney::TubuleParameters<double> other{tm, 8e-4};
      const double escaped = kidney::escaped_mmol_per_L(other, uf);
      CHECK(kidney::tm_for_escape_mmol_per_L(uf, escaped, 8e-4) ==
            doctest::Approx(tm).epsilon(1e-11));
    }
}
