// Salts by name, and the magnesium in a dose of each.
#include <mgpk/dose/salts.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <string_view>

using namespace mgpk;
using namespace mgpk::dose;

namespace {

std::string form_of(std::string_view text) {
  const SaltName resolved = resolve_salt(text);
  return std::string(resolved.name) + "/" + std::string(resolved.hydrate);
}

}  // namespace

TEST_CASE("the sixteen salts are there, each with one default form") {
  CHECK(salt_names.size() == 16);
  for (const std::string_view name : salt_names) {
    INFO(std::string(name));
    int defaults = 0;
    for (const Salt& form : salt_forms(name)) {
      CHECK(form.name == name);
      CHECK(form.molar_mass_g_per_mol > 24.305 * form.n_magnesium);
      CHECK(&salt_form(name, form.hydrate) == &form);
      defaults += form.is_default_hydrate ? 1 : 0;
    }
    CHECK(defaults == 1);
    CHECK(salt(name).is_default_hydrate);
  }
}

TEST_CASE("share of magnesium in the salt, against published percentages") {
  const auto percent = [](std::string_view name, std::string_view hydrate) {
    return 100 * to_elemental_mass(to_amount(salt_mg(1), salt_form(name, hydrate))).mg;
  };
  CHECK(percent("glycinate", "anhydrous") == doctest::Approx(14.10).epsilon(1e-3));
  CHECK(percent("glycinate", "dihydrate") == doctest::Approx(11.66).epsilon(1e-3));
  CHECK(percent("citrate", "anhydrous") == doctest::Approx(16.16).epsilon(1e-3));
  CHECK(percent("citrate", "nonahydrate") == doctest::Approx(11.89).epsilon(1e-3));
  CHECK(percent("citrate", "hydrogen citrate") == doctest::Approx(11.34).epsilon(1e-3));
  CHECK(percent("oxide", "anhydrous") == doctest::Approx(60.30).epsilon(1e-3));
  CHECK(percent("sulfate", "heptahydrate") == doctest::Approx(9.86).epsilon(1e-3));
  CHECK(percent("carbonate", "basic") == doctest::Approx(25.99).epsilon(1e-3));
  CHECK(percent("malate", "dimagnesium") == doctest::Approx(22.64).epsilon(1e-3));
  CHECK(percent("aspartate", "hydrochloride trihydrate") == doctest::Approx(9.88).epsilon(1e-3));
}

TEST_CASE("how a salt dissolves, and what it brings besides magnesium") {
  CHECK(salt("oxide").dissolution == Dissolution::acid);
  for (const std::string_view name : {"hydroxide", "carbonate"}) {
    CHECK(salt(name).dissolution == Dissolution::hydroxide);
  }
  for (const std::string_view name : {"malate", "orotate"}) {
    CHECK(salt(name).dissolution == Dissolution::sparing);
  }
  int soluble = 0;
  for (const std::string_view name : salt_names) {
    soluble += salt(name).dissolution == Dissolution::soluble ? 1 : 0;
    CHECK(salt(name).glycine_per_magnesium == (name == "glycinate" ? 2.0 : 0.0));
    CHECK(salt(name).n_unabsorbed_ions == (name == "sulfate" ? 2.0 : 1.0));
  }
  CHECK(soluble == 11);
  CHECK(name_of(Dissolution::soluble) == "soluble");
  CHECK(name_of(Dissolution::sparing) == "sparing");
  CHECK(name_of(Dissolution::acid) == "acid");
  CHECK(name_of(Dissolution::hydroxide) == "hydroxide");
  CHECK(salt("citrate").f_complexed == 0.65);
  CHECK(name_of(Dissolution::food) == "food");
}

TEST_CASE("names are read as people write them") {
  CHECK(form_of("glycinate") == "glycinate/");
  CHECK(form_of("  Magnesium   Glycinate ") == "glycinate/");
  CHECK(form_of("bisglycinate") == "glycinate/");
  CHECK(form_of("Mg citrate") == "citrate/");
  CHECK(form_of("Epsom salt") == "sulfate/heptahydrate");
  CHECK(form_of("sulfate heptahydrate") == "sulfate/heptahydrate");
  CHECK(form_of("magnesium_sulphate_heptahydrate") == "sulfate/heptahydrate");
  CHECK(form_of("bisglycinate dihydrate") == "glycinate/dihydrate");
  CHECK(form_of("aspartate hydrochloride trihydrate") == "aspartate/hydrochloride trihydrate");
  CHECK(form_of("citrate hydrogen citrate") == "citrate/hydrogen citrate");
  CHECK(form_of("milk of magnesia") == "hydroxide/");
  CHECK(salt("epsom salt").hydrate == "heptahydrate");
  CHECK(salt("sulfate anhydrous").hydrate == "anhydrous");
  for (const SaltAlias& alias : salt_aliases) {
    CHECK(form_of(alias.alias) == std::string(alias.name) + "/" + std::string(alias.hydrate));
  }
}

TEST_CASE("an unknown salt is refused with the nearest ones") {
  CHECK_THROWS_WITH_AS(salt("biglycinate"),
                       "salt must be one that mgpk knows, but it is \"biglycinate\"; did you mean "
                       "\"glycinate\"?",
                       UnknownNameError);
  CHECK_THROWS_WITH_AS(salt("Magnesium citrat"),
                       "salt must be one that mgpk knows, but it is \"Magnesium citrat\"; did you "
                       "mean \"citrate\"?",
                       UnknownNameError);
  CHECK_THROWS_WITH_AS(salt("kryptonite"),
                       "salt must be one that mgpk knows, but it is \"kryptonite\"; known are "
                       "\"acetate\", \"aspartate\", \"carbonate\", \"chloride\", \"citrate\", "
                       "\"gluconate\", \"glycinate\", \"hydroxide\", \"lactate\", \"malate\", "
                       "\"orotate\", \"oxide\", \"pidolate\", \"sulfate\", \"taurate\" and "
                       "\"threonate\"",
                       UnknownNameError);
  CHECK_THROWS_AS(salt(""), UnknownNameError);
  CHECK_THROWS_AS(salt("magnesium"), UnknownNameError);
  CHECK_THROWS_AS(salt("epsom salt anhydrous"), UnknownNameError);
}

TEST_CASE("an unknown hydrate, or two that disagree, are refused") {
  CHECK_THROWS_WITH_AS(salt_form("sulfate", "hexahydrate"),
                       "hydrate of sulfate must be one of \"anhydrous\" or \"heptahydrate\", but "
                       "it is \"hexahydrate\"; give one of these",
                       UnknownNameError);
  CHECK_THROWS_WITH_AS(salt_form("sulfate heptahydrate", "anhydrous"),
                       "hydrate must agree with the salt's name \"sulfate heptahydrate\", but it "
                       "is \"anhydrous\"; give the hydrate once",
                       InputError);
  CHECK(salt_form("sulfate heptahydrate", "Heptahydrate").hydrate == "heptahydrate");
}

TEST_CASE("the four ways to state a dose agree") {
  const double expected_mmol = 300 / 24.305;
  CHECK(to_mmol(elemental_mg(300), "glycinate") == doctest::Approx(expected_mmol));
  CHECK(to_mmol(mmol(expected_mmol), "glycinate") == expected_mmol);
  CHECK(to_mmol(mEq(2 * expected_mmol), "glycinate") == doctest::Approx(expected_mmol));
  const SaltMass mass = to_salt_mass(mmol(expected_mmol), salt_form("glycinate", "dihydrate"));
  CHECK(mass.mg == doctest::Approx(2572.9).epsilon(1e-4));
  CHECK(to_mmol(mass, "glycinate", "dihydrate") == doctest::Approx(expected_mmol));
  CHECK(to_mmol(mass, "glycinate dihydrate") == doctest::Approx(expected_mmol));
}

TEST_CASE("salt mass of published doses") {
  CHECK(to_mmol(salt_mg(4000), "epsom salt") == doctest::Approx(16.23).epsilon(1e-3));
  CHECK(to_mmol(salt_mg(1080), "hydroxide") == doctest::Approx(18.52).epsilon(1e-3));
  CHECK(to_mmol(salt_mg(451.11), "citrate", "anhydrous") == doctest::Approx(3.0));
}

TEST_CASE("salt mass of a salt with several hydrates is refused without the hydrate") {
  CHECK_THROWS_WITH_AS(
      to_mmol(salt_mg(2000), "citrate"),
      "a salt with several hydrates must come with its hydrate here, but it is \"citrate\" alone; "
      "give the hydrate: \"anhydrous\" (Mg3(C6H5O7)2), \"nonahydrate\" (Mg3(C6H5O7)2.9H2O) or "
      "\"hydrogen citrate\" (MgC6H6O7)",
      InputError);
  CHECK_THROWS_WITH_AS(
      to_mmol(salt_mg(2000), "Magnesium sulfate"),
      "a salt with several hydrates must come with its hydrate here, but it is \"Magnesium "
      "sulfate\" alone; give the hydrate: \"anhydrous\" (MgSO4) or \"heptahydrate\" (MgSO4.7H2O)",
      InputError);
  CHECK(to_mmol(salt_mg(40.30), "oxide") == doctest::Approx(1.0));
}

TEST_CASE("a dose must be finite and positive") {
  CHECK_THROWS_WITH_AS(to_mmol(elemental_mg(-3), "oxide"),
                       "elemental_mg must be finite and positive, but it is -3; give the dose in "
                       "milligrams of elemental magnesium",
                       InputError);
  CHECK_THROWS_WITH_AS(to_mmol(salt_mg(0), "oxide"),
                       "salt_mg must be finite and positive, but it is 0; give the dose in "
                       "milligrams of the salt, its water included",
                       InputError);
  CHECK_THROWS_WITH_AS(to_mmol(mmol(std::nan("")), "oxide"),
                       "mmol must be finite and positive, but it is nan; give the dose in "
                       "millimoles of magnesium",
                       InputError);
  CHECK_THROWS_WITH_AS(to_mmol(mEq(std::numeric_limits<double>::infinity()), "oxide"),
                       "mEq must be finite and positive, but it is inf; give the dose in "
                       "milliequivalents, two for each millimole",
                       InputError);
}

TEST_CASE("an absurd dose asks for its unit") {
  CHECK_THROWS_WITH_AS(to_mmol(elemental_mg(30400), "oxide"),
                       "elemental_mg must be at most 5000 per dose, but it is 30400; is the unit "
                       "right? it must be milligrams of elemental magnesium",
                       InputError);
  CHECK_THROWS_WITH_AS(to_mmol(mmol(300), "oxide"),
                       "mmol must be at most 250 per dose, but it is 300; is the unit right? it "
                       "must be millimoles of magnesium",
                       InputError);
  CHECK_THROWS_WITH_AS(to_mmol(mEq(501), "oxide"),
                       "mEq must be at most 500 per dose, but it is 501; is the unit right? it "
                       "must be milliequivalents, two for each millimole",
                       InputError);
  CHECK_THROWS_WITH_AS(to_mmol(salt_mg(20000), "oxide"),
                       "salt_mg must be at most 10075 per dose, but it is 20000; is the unit "
                       "right? it must be milligrams of the salt, its water included",
                       InputError);
  CHECK(to_mmol(elemental_mg(5000), "oxide") == doctest::Approx(205.72).epsilon(1e-4));
  CHECK(to_mmol(mmol(250), "oxide") == 250);
}

TEST_CASE("salt and hydrate are checked for every kind of dose") {
  CHECK_THROWS_AS(to_mmol(elemental_mg(300), "glycinat_"), UnknownNameError);
  CHECK_THROWS_AS(to_mmol(mmol(3), "citrate", "dihydrate"), UnknownNameError);
  CHECK(to_mmol(mmol(3), "citrate") == 3);
}
