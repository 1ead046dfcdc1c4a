// What a person did before a run, and the loading test.
#include <pybind11/stl.h>

#include <string>

#include <mgpk/simulate/history.hpp>
#include <mgpk/simulate/loading_test.hpp>

#include "bindings.hpp"

namespace mgpk::bindings {
namespace {

using simulation::History;

History make(const Schedule& plan, double over_h) {
  History history{plan, over_h};
  simulation::check_history(history);
  return history;
}

LoadingTest test(const Subject& subject, double mmol, double over_h, double collect_h, double at_h,
                 const py::object& before) {
  const LoadingTestOptions options{mmol, over_h, collect_h, at_h,
                                   before.is_none() ? History{} : before.cast<History>()};
  const py::gil_scoped_release released;
  return loading_test(subject, options);
}

}  // namespace

void bind_history(py::module_& module) {
  py::class_<History>(module, "History", "A plan that was followed before a run.")
      .def(py::init(&make), py::kw_only(), py::arg("plan"), py::arg("over_h"))
      .def_readonly("plan", &History::plan)
      .def_readonly("over_h", &History::over_h)
      .def(py::pickle(
          [](const History& h) { return py::make_tuple(h.plan, h.over_h); },
          [](const py::tuple& t) { return make(t[0].cast<Schedule>(), t[1].cast<double>()); }));
}

void bind_loading_test(py::module_& module) {
  py::class_<LoadingTest>(module, "LoadingTest", "How much of an infusion stayed.")
      .def_readonly("f_retained", &LoadingTest::f_retained)
      .def_readonly("a_given_mmol", &LoadingTest::a_given_mmol)
      .def_readonly("a_urine_mmol", &LoadingTest::a_urine_mmol)
      .def_readonly("a_urine_usual_mmol", &LoadingTest::a_urine_usual_mmol)
      .def_readonly("f_retained_low", &LoadingTest::f_retained_low)
      .def_readonly("f_retained_high", &LoadingTest::f_retained_high)
      .def_property_readonly("relative",
                             [](const LoadingTest& t) { return std::string(name_of(t.relative)); })
      .def_readonly("run", &LoadingTest::run);
  module.def("loading_test", &test, py::kw_only(), py::arg("subject"), py::arg("mmol"),
             py::arg("over_h"), py::arg("collect_h"), py::arg("at_h"),
             py::arg("before") = py::none());
}

}  // namespace mgpk::bindings
