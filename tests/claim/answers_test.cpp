// The answers hold what plain simulations give, whatever the threads, and fail in the open.
#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include <mgpk/claim/answers.hpp>
#include <mgpk/error.hpp>
#include <mgpk/simulate/simulate.hpp>

using namespace mgpk;

namespace {

claim::AnswerOptions with_draws(std::size_t n_draws) {
  claim::AnswerOptions options;
  options.n_draws = n_draws;
  return options;
}

claim::Answer only(const std::string& id, const claim::AnswerOptions& options) {
  return claim::answers(options, {id}).front();
}

double f_absorbed(const std::string& salt) {
  Schedule plan;
  plan.fast(0, 12.5).oral(salt, elemental_mg(300), {.at_h = 8});
  simulation::Options options;
  options.times_h = {0, 72};
  return simulate({}, plan, options).f_absorbed().at(salt);
}

}  // namespace

TEST_CASE("a ratio of the claims is that of two plain runs") {
  const auto answer = only("A1-010", with_draws(0));
  CHECK(answer.by.number.value ==
        doctest::Approx(f_absorbed("glycinate") / f_absorbed("oxide")).epsilon(1e-4));
  CHECK(answer.by.number.low == answer.by.number.value);
  CHECK(answer.model == claim::Verdict::supported);
  CHECK(answer.reason.find("2.2") != std::string::npos);
}

TEST_CASE("draws widen the interval around the same value, and another seed draws others") {
  const auto none = only("A1-023", with_draws(0));
  const auto some = only("A1-023", with_draws(6));
  auto other = with_draws(6);
  other.seed = 2;
  CHECK(some.by.number.value == none.by.number.value);
  CHECK(some.by.number.low < some.by.number.value);
  CHECK(some.by.number.high > some.by.number.value);
  CHECK(only("A1-023", other).by.number.low != some.by.number.low);
}

TEST_CASE("threads and the other claims change no bit") {
  auto one = with_draws(3), three = with_draws(3);
  one.n_threads = 1;
  three.n_threads = 3;
  const auto together = claim::answers(one, {"A2-004", "A1-010", "A1-023"});
  const auto alone = only("A1-010", three);
  CHECK(together[1].by.number.value == alone.by.number.value);
  CHECK(together[1].by.number.low == alone.by.number.low);
  CHECK(together[1].by.number.high == alone.by.number.high);
}

TEST_CASE("a run that fails leaves no number, no verdict, and its reason") {
  auto options = with_draws(0);
  // A stomach that never empties has no usual day.
  options.overrides = {{"k_emptying_fed_per_h", 0.0}, {"k_emptying_fasted_per_h", 0.0}};
  options.allow_outside_range = true;
  const auto answer = only("A3-026", options);
  CHECK(std::isnan(answer.by.number.value));
  CHECK(answer.model == claim::Verdict::not_testable);
  CHECK(!answer.by.failure.empty());
  CHECK(answer.reason.find("not known") != std::string::npos);
}

TEST_CASE("a published effect is shown with its interval, and the model stays silent") {
  const auto answer = only("A2-012", with_draws(0));
  CHECK(answer.by.number.value == -32);
  CHECK(answer.by.number.low == -59);
  CHECK(answer.model == claim::Verdict::not_testable);
  const auto by_p_value = only("A2-023", with_draws(0));
  CHECK(by_p_value.by.number.low < -0.38);
  CHECK(by_p_value.by.number.high > 0);
}

TEST_CASE("a share of people is off by what their number leaves open") {
  auto options = with_draws(0);
  options.n_people = 20;
  const auto few = only("A2-037", options);
  CHECK(few.by.number.low < few.by.number.value + 1e-12);
  CHECK(few.by.number.high > few.by.number.value);
  CHECK(few.by.number.high < 0.5);
}

TEST_CASE("work that was stopped has failed") {
  auto options = with_draws(4);
  options.n_threads = 1;
  options.progress = [](std::size_t, std::size_t) { return false; };
  const auto answer = only("A1-023", options);
  CHECK(answer.by.n_failed_draws == 4);
}

TEST_CASE("bad values are refused before anything is run") {
  auto options = with_draws(0);
  options.overrides = {{"tm_mmol_per_L", 99.0}};
  CHECK_THROWS_AS(claim::answers(options, {"A1-023"}), InputError);
  CHECK_THROWS_AS(claim::answers(with_draws(0), {"A9-001"}), UnknownNameError);
}
