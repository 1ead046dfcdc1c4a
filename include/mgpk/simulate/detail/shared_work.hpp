// Many pieces of work on all cores, each depending on nothing but itself.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace mgpk::simulation::detail {

/// Called after a piece was done, from one thread at a time; false stops the work.
using WorkProgress = std::function<bool(std::size_t done, std::size_t total)>;

/// How many threads share the work; 0 stands for as many as the machine has cores.
inline std::size_t thread_count(std::size_t n_threads, std::size_t n_pieces) {
  const std::size_t cores = std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
  return std::min(n_threads == 0 ? cores : n_threads, n_pieces);
}

/// Does pieces until none is left. As each piece depends on nothing but its number, neither the
/// number of threads nor the order changes a single bit. `piece` must not throw: a piece that fails
/// has to write that down itself.
class SharedWork {
 public:
  SharedWork(std::size_t n_pieces, std::size_t n_threads, const WorkProgress& progress)
      : n_pieces_(n_pieces), n_threads_(n_threads), progress_(progress) {}

  /// @returns  how many pieces were begun, and are done: the first so many
  std::size_t run(const std::function<void(std::size_t)>& piece) {
    {
      std::vector<std::jthread> workers;
      for (std::size_t i = 1; i < thread_count(n_threads_, n_pieces_); ++i)
        workers.emplace_back([&] { work(piece); });
      work(piece);
    }
    if (progress_failure_) std::rethrow_exception(progress_failure_);
    return std::min(next_.load(), n_pieces_);
  }

 private:
  void work(const std::function<void(std::size_t)>& piece) {
    while (!stopped_) {
      const std::size_t i = next_.fetch_add(1);
      if (i >= n_pieces_) return;
      piece(i);
      report();
    }
  }

  void report() {
    const std::scoped_lock lock(reporting_);
    ++n_done_;
    if (!progress_ || stopped_) return;
    try {
      stopped_ = !progress_(n_done_, n_pieces_);
    } catch (...) {  // leaving a thread with an exception would end the program
      progress_failure_ = std::current_exception();
      stopped_ = true;
    }
  }

  std::size_t n_pieces_, n_threads_;
  const WorkProgress& progress_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> stopped_{false};
  std::mutex reporting_;
  std::exception_ptr progress_failure_;
  std::size_t n_done_ = 0;
};

}  // namespace mgpk::simulation::detail
