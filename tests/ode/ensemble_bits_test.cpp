// What a member gets depends on that member alone, to the last bit.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <random>
#include <vector>

#include "crowd.hpp"

namespace {

using namespace crowd;

bool same(const Told& a, const Told& b) {
  for (std::size_t i = 0; i < a.rows.size(); ++i)
    if (!same_bits(a.rows[i], b.rows[i]) || !same_end(a.status[i], b.status[i])) return false;
  return a.rows.size() == b.rows.size();
}

constexpr EnsembleMethod methods[] = {EnsembleMethod::order5, EnsembleMethod::order8};

}  // namespace

TEST_CASE("members alone, in a lane of their own, and in batches give the same bits") {
  const auto members = mixed(100);
  for (const EnsembleMethod method : methods) {
    const EnsembleOptions options = options_of(method);
    const Told together = solved<4>(members, options);
    CHECK(together.statistics.n_ok == members.size());
    CHECK(together.statistics.n_without_chain == 10);
    for (std::size_t i = 0; i < members.size(); ++i) {
      const Told single = solved<1>({members[i]}, options);
      CHECK(same_bits(single.rows[0], together.rows[i]));
      CHECK(same_end(single.status[0], together.status[i]));
      CHECK(same_bits(solved<4>({members[i]}, options).rows[0], together.rows[i]));
    }
    CHECK(same(solved<1>(members, options), together));
  }
}

TEST_CASE("threads, the order of members and sorting change no bit") {
  const auto members = mixed(100);
  std::vector<std::size_t> order(members.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), std::mt19937(11));
  std::vector<Member> shuffled;
  shuffled.reserve(order.size());
  for (const std::size_t i : order) shuffled.push_back(members[i]);
  for (const EnsembleMethod method : methods) {
    EnsembleOptions options = options_of(method);
    const Told expected = solved<4>(members, options);
    for (const std::size_t n_threads : {1u, 2u, 3u}) {
      options.n_threads = n_threads;
      for (const bool sorted : {false, true}) {
        options.sort_by_cost = sorted;
        CHECK(same(solved<4>(members, options), expected));
        const Told told = solved<4>(shuffled, options);
        for (std::size_t k = 0; k < order.size(); ++k) {
          CHECK(same_bits(told.rows[k], expected.rows[order[k]]));
          CHECK(same_end(told.status[k], expected.status[order[k]]));
        }
      }
    }
  }
}
