// Periodic states of many members: each as if it were alone, and as the scalar search finds it.
#include <doctest/doctest.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <mgpk/ode/ensemble/periodic.hpp>
#include <mgpk/ode/integrator.hpp>
#include <mgpk/ode/periodic.hpp>

#include "lives.hpp"

namespace {

using namespace mgpk::ode;
using namespace lives;

/// The same day by the scalar solver and the scalar search.
Periodic scalar_search(const ReferenceLives& lives, std::size_t i) {
  const auto options = lives.usual();
  const auto system = lives.system(i);
  const auto map = [&](const std::vector<double>& in, std::vector<double>& out) {
    State<double, 8> x{};
    for (std::size_t k = 0; k < 8; ++k) x[k] = in[k];
    x[0] += 12.3;
    Integrator integrator(system, x, 0.0, options.sharp);
    Status status = integrator.advance(24.0);
    out.assign(integrator.state().begin(), integrator.state().end());
    return status;
  };
  std::vector<bool> mask(8, true);
  mask[7] = false;
  return find_periodic(map, {lives.first_guess.begin(), lives.first_guess.end()}, mask,
                       options.search);
}

template <std::size_t N>
std::array<std::uint64_t, N + 2> bits_of(const PeriodicMember<N>& member) {
  std::array<std::uint64_t, N + 2> bits{std::bit_cast<std::uint64_t>(member.residual),
                                        std::bit_cast<std::uint64_t>(member.contraction)};
  for (std::size_t i = 0; i < N; ++i) bits[i + 2] = std::bit_cast<std::uint64_t>(member.state[i]);
  return bits;
}

template <std::size_t N>
bool same_bits(const PeriodicMember<N>& a, const PeriodicMember<N>& b) {
  return bits_of(a) == bits_of(b) && a.n_sharp_turns == b.n_sharp_turns &&
         a.n_rough_turns == b.n_rough_turns && a.status.code == b.status.code;
}

}  // namespace

TEST_CASE("linear stores: the known periodic state and its contraction, in few turns") {
  const auto lives = linear_lives(40);
  const auto statistics = lives.find();
  CHECK(statistics.n_ok == 40);
  for (std::size_t i = 0; i < lives.size(); ++i) {
    const auto& found = lives.found[i];
    REQUIRE_MESSAGE(found.status.ok(), found.status.message());
    CHECK(found.residual <= 1e-9);
    CHECK(found.state[0] == doctest::Approx(quick_at_midnight(lives.systems[i])).epsilon(1e-8));
    CHECK(found.state[2] == 5.0);
    CHECK(found.contraction ==
          doctest::Approx(std::exp(-24.0 * lives.systems[i].k_slow_per_h)).epsilon(1e-5));
    CHECK(found.n_sharp_turns <= 3);
    CHECK(found.n_rough_turns <= 10);
  }
}

TEST_CASE("the reference problem with a dose a day: as the scalar search finds it") {
  const auto lives = reference_lives(24);
  const auto statistics = lives.find();
  CHECK(statistics.n_ok == 24);
  CHECK(statistics.n_sharp_turns <= 4 * 24);
  for (std::size_t i = 0; i < 24; i += 11) {
    const auto& found = lives.found[i];
    REQUIRE_MESSAGE(found.status.ok(), found.status.message());
    const Periodic alone = scalar_search(lives, i);
    REQUIRE(alone.status.ok());
    // What a residual of 1e-9 leaves, where 1 - contraction of an error is lost per turn.
    const double close = 2e-9 / (1.0 - alone.contraction);
    for (std::size_t k = 0; k + 1 < 8; ++k)
      CHECK(found.state[k] == doctest::Approx(alone.state[k]).epsilon(close));
    CHECK(found.contraction == doctest::Approx(alone.contraction).epsilon(1e-3));
  }
}

TEST_CASE("a member's result is the same alone, among others, on other lanes and threads") {
  const auto all = reference_lives(24);
  auto options = all.usual();
  all.find(options);
  const auto found = all.found;
  for (const std::size_t i : {std::size_t{3}, std::size_t{17}}) {
    auto one = all;
    one.systems = {all.systems[i]};
    one.find(options);
    CHECK(same_bits(one.found[0], found[i]));
  }
  options.n_together = 5;
  options.n_threads = 2;
  all.find(options);
  for (std::size_t i = 0; i < all.size(); ++i) CHECK(same_bits(all.found[i], found[i]));
  all.found.assign(all.size(), {});
  find_periodic_ensemble<4 * native_lanes>(all, all.usual());
  for (std::size_t i = 0; i < all.size(); ++i) CHECK(same_bits(all.found[i], found[i]));
}

TEST_CASE("members without a periodic state say why and cost the others nothing") {
  const auto good = linear_lives(20);
  good.find();
  auto lives = good;
  lives.systems[4].k_slow_per_h = std::numeric_limits<double>::quiet_NaN();
  lives.systems[9].k_slow_per_h = 0.0;      // fills up for ever
  lives.systems[13].k_slow_per_h = -0.001;  // a fixed point that repels
  const auto statistics = lives.find();
  CHECK(statistics.n_failed == 3);
  CHECK(lives.found[4].status.code == StatusCode::not_finite);
  for (std::size_t i = 9; i <= 13; i += 4) {
    CHECK(lives.found[i].status.code == StatusCode::no_fixed_point);
    CHECK(lives.found[i].status.message().find("contraction of 1 or more") != std::string::npos);
    CHECK_FALSE(lives.found[i].status.state_name.empty());
  }
  CHECK(lives.found[13].contraction == doctest::Approx(std::exp(0.024)).epsilon(1e-5));
  for (std::size_t i = 0; i < lives.size(); ++i)
    if (i != 4 && i != 9 && i != 13) CHECK(same_bits(lives.found[i], good.found[i]));
}

TEST_CASE("a residual that no step can lower ends in words") {
  const auto lives = reference_lives(3);
  auto options = lives.usual();
  options.search.tolerance = 1e-17;
  CHECK(lives.find(options).n_failed == 3);
  CHECK(lives.found[0].status.code == StatusCode::no_fixed_point);
  CHECK(lives.found[0].residual < 1e-10);
  CHECK(lives.found[0].status.advice.find("tighten the tolerances") != std::string::npos);
  options.search.tolerance = 1e-9;
  options.search.max_iterations = 0;
  lives.find(options);
  CHECK(lives.found[0].status.advice.find("max_iterations") != std::string::npos);
}

TEST_CASE("a search can be called off; requests that make no sense are refused") {
  auto lives = reference_lives(24);
  auto options = lives.usual();
  options.n_together = 2;
  options.keep_going = [](std::size_t) { return false; };
  const auto statistics = lives.find(options);
  CHECK(statistics.n_ok + statistics.n_failed == 24);
  CHECK(lives.found[23].status.code == StatusCode::interrupted);
  options = lives.usual();
  options.n_threads = 0;
  CHECK_THROWS_AS(lives.find(options), std::invalid_argument);
  options = lives.usual();
  options.search.floor = 0.0;
  CHECK_THROWS_AS(lives.find(options), std::invalid_argument);
  lives.repeats.reset();
  CHECK_THROWS_WITH(lives.find(),
                    "mask must select at least one state, but it is 0; say which states repeat");
}
