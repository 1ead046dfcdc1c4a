// Who is next: members in an order, handed out one by one to whoever asks, from any thread.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

#include <mgpk/ode/status.hpp>

namespace mgpk::ode {

class MemberQueue {
 public:
  explicit MemberQueue(std::vector<std::size_t> members) : members_(std::move(members)) {}

  /// The next member, or npos when all have been handed out.
  std::size_t next() {
    const std::size_t place = n_out_.fetch_add(1, std::memory_order_relaxed);
    return place < members_.size() ? members_[place] : npos;
  }

 private:
  std::vector<std::size_t> members_;
  std::atomic<std::size_t> n_out_{0};
};

inline std::vector<std::size_t> everyone(std::size_t n) {
  std::vector<std::size_t> members(n);
  std::iota(members.begin(), members.end(), std::size_t{0});
  return members;
}

/// Dearest first: the last to be done are then short, and no core waits long for another.
inline void sort_by_cost(std::vector<std::size_t>& members, const std::vector<std::size_t>& cost) {
  std::stable_sort(members.begin(), members.end(),
                   [&](std::size_t a, std::size_t b) { return cost[a] > cost[b]; });
}

}  // namespace mgpk::ode
