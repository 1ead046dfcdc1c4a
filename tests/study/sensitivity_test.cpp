// Slopes of predictions against plain differences, and what must not matter to them.
#include <mgpk/study/sensitivity.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

using namespace mgpk;

namespace {

const std::vector<const study::Study*>& some() {
  static const std::vector<const study::Study*> studies{&study::study_of("fine_1991_highest"),
                                                        &study::study_of("vandenbergh_2003_30"),
                                                        &study::study_of("gullestad_1994")};
  return studies;
}
const std::vector<std::string> keys{"km_uptake_mmol", "tm_mmol_per_L", "adaptation_gain_relative"};

}  // namespace

TEST_CASE("slopes agree with differences of a finer step, within the error that they state") {
  const auto s = study::sensitivities(some(), keys);
  for (std::size_t j = 0; j < 2; ++j) {
    const double value = evidence::parameter(keys[j]).value, h = 2e-3 * value;
    const auto up = study::predict(some(), {{keys[j], value + h}}, study::slopes_options);
    const auto down = study::predict(some(), {{keys[j], value - h}}, study::slopes_options);
    for (std::size_t i = 0; i < some().size(); ++i) {
      const double slope = (up[i].value - down[i].value) / (2 * h);
      const auto row = static_cast<Eigen::Index>(i), column = static_cast<Eigen::Index>(j);
      const double error = std::abs(s.slopes(row, column) - slope);
      CHECK(error <= 1e-4 * std::abs(slope) + s.errors(row, column));
      CHECK(s.errors(row, column) < 0.01 * s.slopes.col(column).cwiseAbs().maxCoeff());
    }
  }
}

TEST_CASE("threads change no bit, and signs are those of physiology") {
  const auto one = study::sensitivities(some(), keys, {}, 1);
  const auto two = study::sensitivities(some(), keys, {}, 2);
  CHECK((one.slopes.array() == two.slopes.array()).all());
  CHECK(one.slopes(0, 0) < 0);  // a higher half-saturation absorbs less
  CHECK(one.slopes(1, 1) > 0);  // a higher threshold holds more
}

TEST_CASE("a parameter that is off has a slope by the width of its range") {
  const auto s = study::sensitivities(some(), {"adaptation_gain_relative"});
  CHECK(std::isfinite(s.slopes(1, 0)));
  CHECK(s.slopes(1, 0) < 0);  // adaptation works against a load
}

TEST_CASE("unknown parameters and parameters without a range are refused") {
  CHECK_THROWS_AS(study::sensitivities(some(), {"km_uptake"}), UnknownNameError);
  CHECK_THROWS_AS(study::sensitivities(some(), {"gfr_formula_exponent"}), InputError);
}
