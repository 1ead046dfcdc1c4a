// Types that must not mix, and conversions against figures worked out by hand.
#include <mgpk/units/units.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <type_traits>

namespace {

using namespace mgpk;

template <class A, class B>
concept Addable = requires(A a, B b) { a + b; };
template <class A, class B>
concept EqualityComparable = requires(A a, B b) { a == b; };
template <class From>
concept HasAmount = requires(From from) { to_amount(from); };
template <class Value>
concept ConvertsToMgPerDL = requires(Value value) { mg_per_dL(value); };

template <class A, class B>
constexpr bool mixes = std::is_convertible_v<A, B> || std::is_assignable_v<B&, A> ||
                       std::is_constructible_v<B, A> || Addable<A, B> || EqualityComparable<A, B>;

static_assert(!mixes<ElementalMass, SaltMass> && !mixes<SaltMass, ElementalMass>);
static_assert(!mixes<ElementalMass, Amount> && !mixes<Amount, ElementalMass>);
static_assert(!mixes<SaltMass, Amount> && !mixes<Amount, SaltMass>);
static_assert(!mixes<Equivalents, Amount> && !mixes<Amount, Equivalents>);
static_assert(!mixes<Equivalents, ElementalMass> && !mixes<SaltMass, Equivalents>);

static_assert(!std::is_convertible_v<double, ElementalMass>, "a bare number is no dose");
static_assert(!std::is_convertible_v<double, SaltMass>);
static_assert(!std::is_convertible_v<double, Amount>);
static_assert(!std::is_convertible_v<double, Equivalents>);
static_assert(!std::is_convertible_v<double, DoseAmount>);
static_assert(!std::is_convertible_v<ElementalMass, double>);

static_assert(HasAmount<ElementalMass> && HasAmount<Equivalents> && HasAmount<Amount>);
static_assert(!HasAmount<SaltMass>, "salt mass needs the salt");
static_assert(!HasAmount<double>);

static_assert(ConvertsToMgPerDL<double> && ConvertsToMgPerDL<float>);
static_assert(!ConvertsToMgPerDL<int>, "an integer would lose its fraction");
static_assert(!ConvertsToMgPerDL<Amount>, "an amount is no concentration");

static_assert(std::same_as<decltype(elemental_mg(1)), ElementalMass>);
static_assert(std::same_as<decltype(units::salt_mg(1)), SaltMass>);
static_assert(std::same_as<decltype(mmol(1)), Amount>);
static_assert(std::same_as<decltype(mEq(1)), Equivalents>);

static_assert(to_amount(elemental_mg(24.305)) == mmol(1));
static_assert(to_amount(mEq(24)) == mmol(12));

}  // namespace

TEST_CASE("elemental mass and amount turn into each other") {
  CHECK(to_amount(elemental_mg(300)).mmol == doctest::Approx(12.3431).epsilon(1e-5));
  CHECK(to_elemental_mass(mmol(12)).mg == doctest::Approx(291.66).epsilon(1e-12));
  for (const double mg : {1e-3, 1.0, 350.0, 5000.0}) {
    CHECK(to_elemental_mass(to_amount(elemental_mg(mg))).mg == doctest::Approx(mg).epsilon(1e-15));
  }
}

TEST_CASE("an equivalent is half a mole, for magnesium has two charges") {
  CHECK(to_equivalents(mmol(40)).mEq == 80);
  CHECK(to_amount(to_equivalents(mmol(0.7))) == mmol(0.7));
}

TEST_CASE("plasma concentrations in the units of a laboratory") {
  CHECK(mg_per_dL(0.85) == doctest::Approx(2.065925).epsilon(1e-12));
  CHECK(mEq_per_L(0.85) == doctest::Approx(1.7).epsilon(1e-15));
  CHECK(mmol_per_L_from_mg_per_dL(mg_per_dL(1.23)) == doctest::Approx(1.23).epsilon(1e-15));
  CHECK(mmol_per_L_from_mEq_per_L(mEq_per_L(1.23)) == 1.23);
  CHECK(static_cast<double>(mg_per_dL(0.85F)) == doctest::Approx(2.065925).epsilon(1e-6));
}

TEST_CASE("flows and intakes") {
  CHECK(L_per_h_from_mL_per_min(120.0) == doctest::Approx(7.2).epsilon(1e-15));
  CHECK(mL_per_min_from_L_per_h(7.2) == doctest::Approx(120.0).epsilon(1e-15));
  CHECK(mmol_per_h_from_mg_per_d(24.305 * 24) == doctest::Approx(1.0).epsilon(1e-15));
}

TEST_CASE("a dose may be stated in four ways, and equal doses compare equal") {
  const DoseAmount dose = elemental_mg(300);
  CHECK(std::holds_alternative<ElementalMass>(dose));
  CHECK(dose == DoseAmount{elemental_mg(300)});
  CHECK(dose != DoseAmount{salt_mg(300)});
}
