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

template <class Pair>
Told check_narrow_widths(const std::vector<Member>& members) {
  Told expected = in_batch<Pair, 1>(members);
  check_width<Pair, 2>(members, expected);
  check_width<Pair, 4>(members, expected);
  check_width<Pair, 8>(members, expected);
  return expected;
}

}  // namespace

TEST_CASE("batches of every width give the same bits by order 5") {
  const auto members = mixed(100);
  const Told expected = check_narrow_widths<Tsit5>(members);
  check_width<Tsit5, 16>(members, expected);
  check_width<Tsit5, 32>(members, expected);
}

TEST_CASE("batches of every width give the same bits by order 8") {
  const auto members = mixed(100);
  check_width<DormandPrince8, 16>(members, check_narrow_widths<DormandPrince8>(members));
}
