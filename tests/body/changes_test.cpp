#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include <mgpk/body/assumptions.hpp>
#include <mgpk/body/person.hpp>

using namespace mgpk;
using evidence::Applies;

namespace {
body::Changes<double> changes_by(std::string_view modifier, double strength, Applies when) {
  body::Changes<double> changes;
  body::apply(changes, modifier, strength, when);
  return changes;
}

body::BodyParameters<double> numbers_of(const Subject& s) {
  return body::body_parameters(body::values_of(s), body::traits_of(s));
}
}  // namespace

TEST_CASE("a factor acts as its power, an amount as its multiple, and none as nothing") {
  const double once = changes_by("thiazide", 1, Applies::acute).f_of_tm_dct;
  CHECK(once < 1);
  CHECK(changes_by("thiazide", 2, Applies::acute).f_of_tm_dct == doctest::Approx(once * once));
  CHECK(changes_by("thiazide", 0, Applies::acute) == body::Changes<double>{});
  const double sweat = changes_by("heat_work", 1, Applies::acute).added_sweat_mmol_per_h;
  CHECK(sweat > 0);
  CHECK(changes_by("heat_work", 0.5, Applies::acute).added_sweat_mmol_per_h ==
        doctest::Approx(0.5 * sweat));
}

TEST_CASE("what acts at once multiplies") {
  auto both = changes_by("thiazide", 1, Applies::acute);
  body::apply(both, "alcohol", 1, Applies::acute);
  CHECK(both.f_of_tm_dct == doctest::Approx(changes_by("thiazide", 1, Applies::acute).f_of_tm_dct *
                                            changes_by("alcohol", 1, Applies::acute).f_of_tm_dct));
}

TEST_CASE("a person without modifiers, or with none of their strength, has the usual numbers") {
  Subject none;
  none.modifiers = {{"thiazide", 0.0}, {"proton_pump_inhibitor", 0.0}, {"pregnancy", 0.0}};
  const auto usual = numbers_of({}), same = numbers_of(none);
  const evidence::Values<double> v;
  CHECK(usual.kidney.tubule.tm_mmol_per_L == v.tm_mmol_per_L);
  CHECK(same.kidney.tubule.tm_mmol_per_L == v.tm_mmol_per_L);
  CHECK(same.kidney.gfr_L_per_h == usual.kidney.gfr_L_per_h);
  CHECK(same.blood.f_uf == usual.blood.f_uf);
  CHECK(same.cl_sweat_L_per_h ==
        v.sweat_reference_mmol_per_d * (1.0 / 24) / v.c_plasma_total_reference_mmol_per_L);
  for (std::size_t i = 0; i < gut::n_segments; ++i)
    CHECK(same.gut.uptake[i].vmax_mmol_per_h == usual.gut.uptake[i].vmax_mmol_per_h);
}

TEST_CASE("pregnancy changes filtration, albumin and Tm, but not what was given") {
  Subject pregnant;
  pregnant.pregnant = true;
  CHECK(body::gfr_mL_per_min(pregnant) > 1.3 * body::gfr_mL_per_min({}));
  CHECK(body::albumin_g_per_L(pregnant) < body::albumin_g_per_L({}));
  CHECK(numbers_of(pregnant).kidney.tubule.tm_mmol_per_L <
        numbers_of({}).kidney.tubule.tm_mmol_per_L);
  pregnant.gfr_mL_per_min = 140;
  pregnant.albumin_g_per_L = 33;
  CHECK(body::gfr_mL_per_min(pregnant) == 140);
  CHECK(body::albumin_g_per_L(pregnant) == 33);
}

TEST_CASE("pregnancy as a flag is pregnancy as a modifier, said once, of a woman") {
  Subject flag, named;
  flag.pregnant = true;
  named.modifiers["pregnancy"] = 1;
  CHECK(body::changes_of(flag) == body::changes_of(named));
  named.sex = Sex::male;
  CHECK_THROWS_AS(body::validate(named), InputError);
  flag.modifiers["pregnancy"] = 1;
  CHECK_THROWS_AS(body::validate(flag), InputError);
}

TEST_CASE("the three shares of the tubule must add up to 1") {
  Subject s;
  s.parameters["f_tm_dct"] = 0.05;
  CHECK_THROWS_WITH_AS(body::validate(s), doctest::Contains("add up to 1"), InputError);
  s.parameters["f_tm_tal"] = 0.70;
  CHECK_NOTHROW(body::validate(s));
}

TEST_CASE("what is acute keeps a Tm that met a measured plasma level at its distance") {
  const Subject s;
  auto usual = numbers_of(s);
  CHECK(body::parameters_during(s, usual, {}).kidney.tubule.tm_mmol_per_L ==
        usual.kidney.tubule.tm_mmol_per_L);
  usual.kidney.tubule.tm_mmol_per_L *= 1.1;
  const auto acute = changes_by("thiazide", 1, Applies::acute);
  const auto now = body::parameters_during(s, usual, acute);
  const auto plain = body::parameters_during(s, numbers_of(s), acute);
  CHECK(now.kidney.tubule.tm_mmol_per_L ==
        doctest::Approx(1.1 * plain.kidney.tubule.tm_mmol_per_L));
}

TEST_CASE("a person's modifiers stand in the list of what is assumed") {
  Subject s;
  s.modifiers["thiazide"] = 1;
  s.gfr_mL_per_min = 30;
  const auto list = body::assumptions(s);
  const auto stands = [&](std::string_view part) {
    for (const auto& line : list)
      if (line.find(part) != std::string::npos) return true;
    return false;
  };
  CHECK(stands("thiazide: tm_dct times"));
  CHECK(stands("of what it would at the reference GFR"));
}
