// What free magnesium of muscle leaves of the calcium release channel.
#include <mgpk/effect/ryr1_release.hpp>

#include <doctest/doctest.h>

#include <cmath>

#include <mgpk/effect/parameters.hpp>

using namespace mgpk;

namespace {

const evidence::Values<double> values;

/// Relative change per relative change at a level.
template <class Law>
double elasticity(const Law& law, double c_mmol_per_L) {
  const double h = 1e-6;
  return (std::log(law(c_mmol_per_L * (1 + h))) - std::log(law(c_mmol_per_L * (1 - h)))) / (2 * h);
}

double in_situ(double c_mmol_per_L) {
  return effect::f_ryr1_open(effect::ryr1_in_situ(values), c_mmol_per_L);
}

}  // namespace

TEST_CASE("half are open at the published concentrations") {
  CHECK(in_situ(0.174) == doctest::Approx(0.5));
  CHECK(effect::f_ryr1_open(effect::ryr1_bilayer(values), 0.635) == doctest::Approx(0.5));
  CHECK(effect::f_ryr1_open(effect::ryr1_bilayer_with_atp(values), 0.860) == doctest::Approx(0.5));
}

TEST_CASE("the Hill exponents are those of the bilayer") {
  CHECK(effect::f_ryr1_open(effect::ryr1_bilayer(values), 2 * 0.635) ==
        doctest::Approx(1 / (1 + std::pow(2.0, 1.83))).epsilon(1e-12));
  CHECK(effect::f_ryr1_open(effect::ryr1_bilayer_with_atp(values), 2 * 0.860) ==
        doctest::Approx(1 / (1 + std::pow(2.0, 1.1))).epsilon(1e-12));
}

TEST_CASE("elasticity at 0.6 mmol/L: -0.78 in situ, about -1.6 with two sites") {
  CHECK(elasticity(in_situ, 0.6) == doctest::Approx(-0.78).epsilon(0.01));
  const auto two_sites = [](double c_mmol_per_L) {
    return effect::f_ryr1_open(effect::ryr1_two_site(values), c_mmol_per_L, 1e-4);
  };
  CHECK(elasticity(two_sites, 0.6) == doctest::Approx(-1.6).epsilon(0.02));
}

TEST_CASE("two sites, computed by hand") {
  const effect::TwoSiteBlock<double> p{1.0, 2.0, 4.0, 8.0};
  // 2/(1 + 2 + 1) * 1/(1 + 0.5 + 0.25)
  CHECK(effect::f_ryr1_open(p, 2.0, 2.0) == doctest::Approx(0.5 / 1.75).epsilon(1e-14));
}

TEST_CASE("the free magnesium of pregnancy would open it by a factor of 1.19") {
  CHECK(in_situ(0.482) / in_situ(0.604) == doctest::Approx(1.19).epsilon(0.005));
}
