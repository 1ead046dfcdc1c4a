// The width of a batch changes no bit.
#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

#include "crowd.hpp"

namespace {

using namespace crowd;

// One batch alone: solve_ensemble would compile six of every width.
template <class Pair, std::size_t Width>
Told in_batch(const std::vector<Member>& members) {
  Told told;
  const Crowd crowd(members, told);
  Batch<Crowd, Pair, Width, 2> batch(crowd, options_of(EnsembleMethod::order5).solver);
  std::size_t next = 0;
  batch.run([&] { return next < members.size() ? next++ : npos; }, [] { return false; });
  CHECK(batch.declined().size() == members.size() / 10);
  return told;
}

template <class Pair, std::size_t Width>
void check_width(const std::vector<Member>& members, const Told& expected) {
  CAPTURE(Width);
  const Told told = in_batch<Pair, Width>(members);
  for (std::size_t i = 0; i < members.size(); ++i) {
    CHECK(same_bits(told.rows[i], expected.rows[i]));
    CHECK(same_end(told.status[i], expected.status[i]));
  }
}

}  // namespace

// Width 4 stands in ensemble_bits_test.cpp, for both orders.
TEST_CASE("batches of every width give the same bits by order 5") {
  const auto members = mixed(100);
  const Told expected = in_batch<Tsit5, 1>(members);
  check_width<Tsit5, 2>(members, expected);
  check_width<Tsit5, 8>(members, expected);
  check_width<Tsit5, 16>(members, expected);
  check_width<Tsit5, 32>(members, expected);
}

TEST_CASE("batches of every width give the same bits by order 8") {
  const auto members = mixed(100);
  const Told expected = in_batch<DormandPrince8, 1>(members);
  check_width<DormandPrince8, 2>(members, expected);
  check_width<DormandPrince8, 16>(members, expected);
}
