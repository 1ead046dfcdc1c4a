// Columns of many persons, written straight into a NumPy array.
#include <pybind11/stl.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/simulate/columns_of_many.hpp>
#include <mgpk/simulate/memory.hpp>

#include "bindings.hpp"
#include "watch.hpp"

namespace mgpk::bindings {
namespace {

using Values = py::array_t<double, py::array::c_style>;

/// So many persons are held at a time: a caller may make them as they are asked for.
constexpr std::size_t persons_held = 4096;

/// Room for the result: the caller's, or new, if it fits into memory.
Values room_for(const ColumnsOfMany& wanted, std::size_t n, const py::object& out) {
  const std::size_t of_one = n_numbers_of_one(wanted), n_columns = wanted.columns.size();
  double needed_bytes = working_memory_bytes(wanted);
  if (out.is_none())
    needed_bytes += static_cast<double>(n) * static_cast<double>(of_one) * sizeof(double);
  simulation::require_memory(needed_bytes, simulation::available_memory_bytes());
  if (!out.is_none()) return out.cast<Values>();
  return Values({n, n_columns == 0 ? 0 : of_one / n_columns, n_columns});
}

/// The next persons of those that the caller gives one by one; they live as long as the list.
py::list next_of(const py::iterator& subjects, std::size_t n) {
  py::list held;
  while (held.size() < n) {
    PyObject* item = PyIter_Next(subjects.ptr());
    if (item == nullptr) break;
    held.append(py::reinterpret_steal<py::object>(item));
  }
  if (PyErr_Occurred() != nullptr) throw py::error_already_set();
  if (held.size() < n)
    throw py::value_error(
        "subjects must give as many as their length says, but they end before; "
        "give a list");
  return held;
}

/// Solves some at a time, the GIL released.
class Solve {
 public:
  Solve(ColumnsOfMany wanted, std::vector<const Schedule*> plans, py::object progress)
      : wanted_(std::move(wanted)), plans_(std::move(plans)), watch_(std::move(progress)) {}

  py::dict run(std::size_t n, const py::iterator& subjects, std::span<double> numbers) {
    py::dict reasons;
    for (std::size_t first = 0; first < n; first += persons_held) {
      const std::size_t n_now = std::min(persons_held, n - first), of_one = numbers.size() / n;
      const py::list held = next_of(subjects, n_now);
      const auto failures = some(first, n, held, numbers.subspan(first * of_one, n_now * of_one));
      watch_.raise_if_stopped();
      for (const auto& failure : failures) reasons[py::int_(first + failure.who)] = failure.reason;
    }
    return reasons;
  }

 private:
  std::vector<FailureOfOne> some(std::size_t first, std::size_t n, const py::list& held,
                                 std::span<double> numbers) {
    wanted_.subjects.clear();
    for (const auto item : held) wanted_.subjects.push_back(&item.cast<const Subject&>());
    wanted_.plans = plans_;
    if (plans_.size() > 1) {
      const auto from = plans_.begin() + static_cast<std::ptrdiff_t>(first);
      wanted_.plans.assign(from, from + static_cast<std::ptrdiff_t>(held.size()));
    }
    wanted_.options.keep_going = [this](double) { return watch_.keep_going(f_done_); };
    wanted_.progress = [this, first, n](std::size_t done, std::size_t) {
      f_done_ = static_cast<double>(first + done) / static_cast<double>(n);
      return watch_.keep_going(f_done_);
    };
    const py::gil_scoped_release released;
    return solve_columns(wanted_, numbers);
  }

  ColumnsOfMany wanted_;
  std::vector<const Schedule*> plans_;
  Watch watch_;
  std::atomic<double> f_done_{0.0};
};

py::tuple solve(std::size_t n, const py::iterator& subjects, const py::list& plans,
                const std::vector<std::string>& columns, const simulation::Options& options,
                std::size_t n_threads, const py::object& out, py::object progress) {
  std::vector<const Schedule*> all_plans;
  for (const auto plan : plans) all_plans.push_back(&plan.cast<const Schedule&>());
  ColumnsOfMany wanted{{}, all_plans, columns, options, n_threads, {}};
  wanted.subjects.resize(std::min(n, persons_held));  // how many at a time
  auto values = room_for(wanted, n, out);
  const std::span<double> numbers(values.mutable_data(), static_cast<std::size_t>(values.size()));
  Solve now(std::move(wanted), std::move(all_plans), std::move(progress));
  auto reasons = now.run(n, subjects, numbers);
  return py::make_tuple(values, simulation::output_times_h(options), reasons);
}

}  // namespace

void bind_many(py::module_& module) {
  module.def(
      "n_outputs",
      [](const simulation::Options& options) {
        simulation::validate(options);
        return simulation::output_times_h(options).size();
      },
      py::arg("options"));
  module.def("simulate_many", &solve, py::kw_only(), py::arg("n"), py::arg("subjects"),
             py::arg("plans"), py::arg("columns"), py::arg("options"), py::arg("n_threads"),
             py::arg("out") = py::none(), py::arg("progress") = py::none());
}

}  // namespace mgpk::bindings
