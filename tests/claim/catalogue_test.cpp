// Every claim has one test, and every test what it needs.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include <mgpk/claim/catalogue.hpp>
#include <mgpk/claim/verdict.hpp>
#include <mgpk/error.hpp>

using namespace mgpk;
using claim::catalogue;

namespace {

/// A number may lie on the limit of both, but not within both.
bool apart(const claim::Region& holds, const claim::Region& opposite) {
  const bool below = !(opposite.high > holds.low);
  const bool above = !(opposite.low < holds.high);
  return !claim::exists(opposite) || (below && !std::isnan(holds.low + opposite.high)) ||
         (above && !std::isnan(opposite.low + holds.high));
}

}  // namespace

TEST_CASE("each claim stands beside its own test") {
  REQUIRE(catalogue().claims.size() == 154);
  REQUIRE(catalogue().tests.size() == 154);
  for (const auto& row : catalogue().claims) CHECK(claim::test_of(row.id).id == row.id);
}

TEST_CASE("what a simulation can test has a number, and the rest says why not") {
  int n_testable = 0, n_partly = 0;
  for (const auto& row : catalogue().claims) {
    const auto& test = claim::test_of(row.id);
    CHECK(!test.reason.empty());
    if (row.testable == "yes") {
      ++n_testable;
      CHECK_MESSAGE(!test.measure.empty(), std::string(row.id));
    }
    if (row.testable == "partly") ++n_partly;
  }
  CHECK(n_testable == 63);
  CHECK(n_partly == 51);
}

TEST_CASE("what decides a claim has limits, and a published effect decides nothing") {
  for (const auto& test : catalogue().tests) {
    if (test.measure.empty()) continue;
    const bool decides = claim::measure_of(test.measure).how != claim::How::published;
    CHECK(claim::exists(test.holds) == decides);
    CHECK(test.limits.empty() != decides);
    CHECK_MESSAGE(apart(test.holds, test.opposite), std::string(test.id));
  }
}

TEST_CASE("an unknown claim or measure is refused with the nearest names") {
  CHECK_THROWS_WITH_AS(claim::claim_of("A4-09"), doctest::Contains("did you mean"),
                       UnknownNameError);
  CHECK_THROWS_AS(claim::measure_of("f_absorbed"), UnknownNameError);
}
