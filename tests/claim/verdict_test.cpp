// The rule that turns a number into a verdict.
#include <doctest/doctest.h>

#include <limits>

#include <mgpk/claim/verdict.hpp>

using namespace mgpk::claim;

namespace {

constexpr Region at_least_two{2.0, unknown};
constexpr Region at_most_one{unknown, 1.0};

Verdict of(double value, double low, double high) {
  return verdict_of({value, low, high}, at_least_two, at_most_one);
}

}  // namespace

TEST_CASE("a claim holds when all of the interval lies where it would") {
  CHECK(of(3, 2.5, 4) == Verdict::supported);
  CHECK(of(2, 2, 2) == Verdict::supported);  // the limit itself counts
}

TEST_CASE("a claim is mixed when the limit lies within the interval") {
  CHECK(of(3, 1.9, 4) == Verdict::mixed);
  CHECK(of(0.5, 0.1, 2.1) == Verdict::mixed);
}

TEST_CASE("a claim is contradicted when its opposite holds, and unsupported in between") {
  CHECK(of(0.5, 0.1, 1) == Verdict::contradicted);
  CHECK(of(1.5, 1.2, 1.9) == Verdict::unsupported);
  CHECK(of(0.5, 0.1, 1.1) == Verdict::unsupported);
  CHECK(verdict_of({0.5, 0.1, 0.9}, at_least_two, {}) == Verdict::unsupported);
}

TEST_CASE("a region may have two ends") {
  constexpr Region usual{0.75, 0.95};
  CHECK(verdict_of({0.85, 0.8, 0.9}, usual, {}) == Verdict::supported);
  CHECK(verdict_of({0.85, 0.7, 0.9}, usual, {}) == Verdict::mixed);
  CHECK(verdict_of({1.2, 1.1, 1.3}, usual, {}) == Verdict::unsupported);
}

TEST_CASE("without a number, or an end of its interval, nothing can be said") {
  CHECK(of(unknown, 1, 3) == Verdict::not_testable);
  CHECK(of(3, unknown, 3) == Verdict::not_testable);
  CHECK(of(3, 2, unknown) == Verdict::not_testable);
}

TEST_CASE("both sides must say something to disagree") {
  CHECK(disagree(Verdict::supported, Verdict::contradicted));
  CHECK_FALSE(disagree(Verdict::mixed, Verdict::mixed));
  CHECK_FALSE(disagree(Verdict::not_testable, Verdict::contradicted));
  CHECK_FALSE(disagree(Verdict::supported, Verdict::citation_not_found));
  CHECK_FALSE(disagree(Verdict::supported, Verdict::not_checked));
  CHECK(distance(Verdict::supported, Verdict::contradicted) == 3);
  CHECK(distance(Verdict::unsupported, Verdict::contradicted) == 1);
  CHECK(distance(Verdict::not_testable, Verdict::contradicted) == 0);
}
