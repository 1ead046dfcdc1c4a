// Keeps Python awake while C++ solves: Ctrl-C, and how far it has come.
#pragma once

#include <pybind11/pybind11.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "bindings.hpp"

namespace mgpk::bindings {

/// Polled by a solve, from any thread and without the GIL. Only the thread that made the watch
/// talks to Python, at most every 50 ms; the others merely read whether to stop.
class Watch {
 public:
  /// `progress` is None or takes the fraction done.
  explicit Watch(py::object progress) : progress_(std::move(progress)) {}

  /// False when the user pressed Ctrl-C or the callback raised.
  bool keep_going(double f_done) {
    if (stopped_) return false;
    if (std::this_thread::get_id() != home_) return true;
    const auto now = Clock::now();
    if (now - last_ < std::chrono::milliseconds(50)) return true;
    last_ = now;
    ask_python(f_done);
    return !stopped_;
  }

  bool stopped() const { return stopped_; }

  /// Raises in Python what stopped the solve. Call it with the GIL.
  void raise_if_stopped() const {
    if (stopped_ && PyErr_Occurred() != nullptr) throw py::error_already_set();
  }

 private:
  using Clock = std::chrono::steady_clock;

  /// An error stays with the thread, where `raise_if_stopped` finds it.
  void ask_python(double f_done) {
    const py::gil_scoped_acquire acquired;
    if (PyErr_CheckSignals() != 0) {
      stopped_ = true;
    } else if (!progress_.is_none()) {
      PyObject* answer = PyObject_CallFunction(progress_.ptr(), "d", f_done);
      stopped_ = answer == nullptr;
      Py_XDECREF(answer);
    }
  }

  py::object progress_;
  std::thread::id home_ = std::this_thread::get_id();
  Clock::time_point last_ = Clock::now();
  std::atomic<bool> stopped_{false};
};

}  // namespace mgpk::bindings
