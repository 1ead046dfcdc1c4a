// Isotope studies: labels followed, and what each method makes of them.
#include <pybind11/stl.h>

#include <string>
#include <utility>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/simulate/isotope_methods.hpp>
#include <mgpk/simulate/isotopes.hpp>

#include "bindings.hpp"
#include "watch.hpp"

namespace mgpk::bindings {
namespace {

using simulation::Options;

Trace run_trace(const Subject& subject, const Schedule& plan, Options options,
                const std::vector<std::string>& tracers) {
  Watch watch{py::none()};
  options.keep_going = [&](double) { return watch.keep_going(0.0); };
  try {
    Trace traced = [&] {
      const py::gil_scoped_release released;
      return trace(subject, plan, options, tracers);
    }();
    watch.raise_if_stopped();
    traced.options.keep_going = nullptr;  // the watch ends here
    return traced;
  } catch (const ode::SolveError&) {
    watch.raise_if_stopped();
    throw;
  }
}

using Row = std::pair<double, double>;

py::list methods(const Trace& traced, const std::vector<double>& feces_h,
                 const std::vector<Row>& urine_h, const std::vector<double>& plasma_h,
                 const std::vector<double>& plasma_area_h,
                 const std::vector<double>& deconvolution_h, double smoothing,
                 const std::vector<double>& pool_h) {
  IsotopeSampling sampling{feces_h,         {},        plasma_h, plasma_area_h,
                           deconvolution_h, smoothing, pool_h};
  for (const auto& [from_h, to_h] : urine_h) sampling.urine.push_back({from_h, to_h});
  py::list rows;
  for (const auto& m : isotope_methods(traced, sampling))
    rows.append(py::make_tuple(m.method, m.from_h, m.to_h, m.estimate, m.truth, m.bias(), m.unit));
  return rows;
}

py::tuple input(const Trace& traced, const std::vector<double>& sample_at_h, double smoothing) {
  const auto found = deconvolved_input(traced, sample_at_h, smoothing);
  return py::make_tuple(found.times_h, found.rates_per_h, found.amount);
}

UrineCurve curve_of(const std::string& name) {
  if (name == "share") return UrineCurve::share;
  if (name == "rate") return UrineCurve::rate;
  fail("of must be \"share\" or \"rate\"", '"' + name + '"', "give one of the two");
}

py::tuple exponentials(const Trace& traced, const std::vector<double>& collected_h, int n_terms,
                       const std::string& of) {
  const auto fit = urine_exponentials(traced, collected_h, n_terms, curve_of(of));
  py::list terms;
  for (const auto& term : fit.terms)
    terms.append(py::make_tuple(term.height, term.t_half_h, term.area()));
  return py::make_tuple(terms, fit.residual);
}

py::dict sampling_defaults() {
  const IsotopeSampling usual;
  std::vector<Row> urine_h;
  for (const auto& stretch : usual.urine) urine_h.emplace_back(stretch.from_h, stretch.to_h);
  py::dict d;
  d["feces_h"] = usual.feces_h;
  d["urine_h"] = urine_h;
  d["plasma_h"] = usual.plasma_h;
  d["plasma_area_h"] = usual.plasma_area_h;
  d["deconvolution_h"] = usual.deconvolution_h;
  d["smoothing"] = usual.smoothing;
  d["pool_h"] = usual.pool_h;
  return d;
}

Trace from_pickle(const py::tuple& t) {
  // A trace depends on nothing but these, so it is followed again.
  return run_trace(t[0].cast<Subject>(), t[1].cast<Schedule>(), t[2].cast<Options>(),
                   t[3].cast<std::vector<std::string>>());
}

}  // namespace

void bind_isotopes(py::module_& module) {
  py::class_<Trace>(module, "Trace", "Labels followed through every pool.")
      .def_readonly("subject", &Trace::subject)
      .def_readonly("plan", &Trace::plan)
      .def_readonly("options", &Trace::options)
      .def_readonly("tracers", &Trace::tracers)
      .def_readonly("trajectory", &Trace::trajectory)
      .def_readonly("status", &Trace::status)
      .def_readonly("assumptions", &Trace::assumptions)
      .def("methods", &methods, py::kw_only(), py::arg("feces_h"), py::arg("urine_h"),
           py::arg("plasma_h"), py::arg("plasma_area_h"), py::arg("deconvolution_h"),
           py::arg("smoothing"), py::arg("pool_h"))
      .def("input", &input, py::kw_only(), py::arg("sample_at_h"), py::arg("smoothing"))
      .def("exponentials", &exponentials, py::kw_only(), py::arg("collected_h"), py::arg("n_terms"),
           py::arg("of"))
      .def("t_half_body_h", &t_half_body_h, py::kw_only(), py::arg("from_h"), py::arg("to_h"))
      .def(py::pickle(
          [](const Trace& t) { return py::make_tuple(t.subject, t.plan, t.options, t.tracers); },
          &from_pickle));
  module.def("trace", &run_trace, py::kw_only(), py::arg("subject"), py::arg("plan"),
             py::arg("options"), py::arg("tracers"));
  module.def("isotope_sampling", &sampling_defaults);
}

}  // namespace mgpk::bindings
