// Many persons and plans on all cores.
#include <pybind11/stl.h>

#include <atomic>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/simulate/sweep.hpp>

#include "bindings.hpp"
#include "watch.hpp"

namespace mgpk::bindings {
namespace {

py::dict to_dict(const SweepRow& row) {
  const Summary& s = row.summary;
  py::dict d;
  d["dose_mmol"] = s.dose_mmol;
  d["f_absorbed"] = row.f_absorbed;
  d["a_absorbed_above_baseline_mmol"] = s.a_absorbed_above_baseline_mmol;
  d["ae_mmol"] = s.ae_mmol;
  d["f_excreted"] = s.f_excreted;
  d["c_max_mmol_per_L"] = s.c_max_mmol_per_L;
  d["t_max_h"] = s.t_max_h;
  d["c_max_above_baseline_mmol_per_L"] = s.c_max_above_baseline_mmol_per_L;
  d["auc_above_baseline_mmol_h_per_L"] = s.auc_above_baseline_mmol_h_per_L;
  d["cl_renal_L_per_h"] = s.cl_renal_L_per_h;
  d["c_plasma_total_end_mmol_per_L"] = row.c_plasma_total_end_mmol_per_L;
  d["a_feces_mmol"] = s.a_feces_mmol;
  d["stool_water_g"] = s.stool_water_g;
  d["failure"] = row.failure;
  return d;
}

std::vector<py::dict> run_sweep(const std::vector<std::pair<Subject, Schedule>>& pairs,
                                simulation::Options options, std::size_t n_threads,
                                py::object progress) {
  std::vector<SweepPoint> points;
  points.reserve(pairs.size());
  for (const auto& [subject, plan] : pairs) points.push_back({subject, plan});
  Watch watch(std::move(progress));
  std::atomic<double> f_done{0.0};
  options.keep_going = [&](double) { return watch.keep_going(f_done); };
  const auto report = [&](std::size_t done, std::size_t total) {
    f_done = static_cast<double>(done) / static_cast<double>(total);
    return watch.keep_going(f_done);
  };
  std::vector<SweepRow> rows;
  {
    const py::gil_scoped_release released;
    rows = sweep(points, options, {n_threads, report});
  }
  watch.raise_if_stopped();
  std::vector<py::dict> dicts;
  dicts.reserve(rows.size());
  for (const auto& row : rows) dicts.push_back(to_dict(row));
  return dicts;
}

}  // namespace

void bind_sweep(py::module_& module) {
  module.def("sweep", &run_sweep, py::arg("points"), py::arg("options"), py::arg("n_threads"),
             py::arg("progress") = py::none());
}

}  // namespace mgpk::bindings
