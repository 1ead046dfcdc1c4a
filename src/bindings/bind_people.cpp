// Populations and the bands of a run: tables of many members.
#include <pybind11/eigen.h>
#include <pybind11/stl.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/people/bands.hpp>
#include <mgpk/people/population.hpp>
#include <mgpk/people/population_table.hpp>

#include "bindings.hpp"
#include "watch.hpp"

namespace mgpk::bindings {
namespace {

using people::Ensemble;

/// The watch over an ensemble: the share of members that is done.
class Share {
 public:
  explicit Share(py::object progress) : watch_(std::move(progress)) {}

  people::EnsembleOptions how(std::size_t n_threads) {
    return {n_threads, [this](std::size_t done, std::size_t total) {
              f_done_ = static_cast<double>(done) / static_cast<double>(total);
              return watch_.keep_going(f_done_);
            }};
  }

  void listen(simulation::Options& options) {
    options.keep_going = [this](double) { return watch_.keep_going(f_done_); };
  }

  const Watch& watch() const { return watch_; }

 private:
  Watch watch_;
  std::atomic<double> f_done_{0.0};
};

Population draw(std::size_t n, std::uint64_t seed, const std::optional<std::string>& sex,
                std::optional<double> from_y, std::optional<double> until_y,
                const std::optional<Schedule>& plan, const std::optional<simulation::Options>& run,
                double relative_tolerance, const std::vector<std::string>& columns,
                std::size_t n_threads, py::object progress) {
  people::PopulationOptions options;
  options.seed = seed;
  if (sex) options.selection.sex = *sex == "female" ? Sex::female : Sex::male;
  options.selection.from_y = from_y;
  options.selection.until_y = until_y;
  options.plan = plan;
  if (run) options.run = *run;
  options.run.relative_tolerance = relative_tolerance;
  options.columns = columns;
  Share share(std::move(progress));
  options.how = share.how(n_threads);
  share.listen(options.run);
  Population made;
  {
    const py::gil_scoped_release released;
    made = population(n, options);
  }
  share.watch().raise_if_stopped();
  return made;
}

Bands draw_bands(const Run& run, std::size_t n, std::uint64_t seed,
                 const std::vector<std::string>& parameters,
                 const std::vector<std::string>& columns, double relative_tolerance,
                 std::size_t n_threads, py::object progress) {
  people::BandsOptions options;
  options.seed = seed;
  options.parameters = parameters;
  options.columns = columns;
  options.relative_tolerance = relative_tolerance;
  Share share(std::move(progress));
  options.how = share.how(n_threads);
  Bands made;
  {
    const py::gil_scoped_release released;
    Run listening = run;
    share.listen(listening.options);
    made = bands(listening, n, options);
  }
  share.watch().raise_if_stopped();
  return made;
}

py::tuple to_pickle(const Ensemble& e) {
  return py::make_tuple(e.number_names, e.numbers, e.curve_names, e.times_h, e.curves, e.failures);
}

Ensemble ensemble_from(const py::tuple& t) {
  return {t[0].cast<std::vector<std::string>>(),     t[1].cast<Eigen::MatrixXd>(),
          t[2].cast<std::vector<std::string>>(),     t[3].cast<std::vector<double>>(),
          t[4].cast<std::vector<Eigen::MatrixXd>>(), t[5].cast<std::vector<std::string>>()};
}

/// A read-only view, members by columns, that keeps its owner alive.
py::array view(const Eigen::MatrixXd& matrix, const py::object& owner) {
  const auto rows = matrix.rows(), columns = matrix.cols();
  py::array_t<double> array(
      {rows, columns},
      {static_cast<py::ssize_t>(sizeof(double)), static_cast<py::ssize_t>(sizeof(double)) * rows},
      matrix.data(), owner);
  array.attr("flags").attr("writeable") = false;
  return array;
}

void bind_ensemble(py::module_& module) {
  py::class_<Ensemble>(module, "Ensemble", "Many runs side by side.")
      .def_readonly("number_names", &Ensemble::number_names)
      .def_property_readonly(
          "numbers",
          [](const py::object& self) { return view(self.cast<const Ensemble&>().numbers, self); })
      .def_readonly("curve_names", &Ensemble::curve_names)
      .def_property_readonly("times_h",
                             [](const py::object& self) {
                               return view_of(self.cast<const Ensemble&>().times_h, self);
                             })
      .def(
          "curve",
          [](const py::object& self, const std::string& name) {
            return view(self.cast<const Ensemble&>().curve(name), self);
          },
          py::arg("name"))
      .def(
          "curve_bands",
          [](const Ensemble& e, const std::string& name, const std::vector<double>& shares) {
            return Ensemble::bands(e.curve(name), shares);
          },
          py::arg("name"), py::arg("shares"))
      .def(
          "number_bands",
          [](const Ensemble& e, const std::vector<double>& shares) {
            return Ensemble::bands(e.numbers, shares);
          },
          py::arg("shares"))
      .def_readonly("failures", &Ensemble::failures)
      .def(py::pickle([](const Ensemble& e) { return to_pickle(e); }, &ensemble_from));
}

void bind_results(py::module_& module) {
  py::class_<Population>(module, "Population", "Virtual adults.")
      .def_readonly("seed", &Population::seed)
      .def_readonly("plan", &Population::plan)
      .def_readonly("subjects", &Population::subjects)
      .def_readonly("drawn_names", &Population::drawn_names)
      .def_property_readonly(
          "drawn",
          [](const py::object& self) { return view(self.cast<const Population&>().drawn, self); })
      .def_readonly("ensemble", &Population::ensemble)
      .def(py::pickle(
          [](const Population& p) {
            return py::make_tuple(p.seed, p.plan, p.subjects, p.drawn_names, p.drawn, p.ensemble);
          },
          [](const py::tuple& t) {
            Population p;
            p.seed = t[0].cast<std::uint64_t>();
            p.plan = t[1].cast<std::optional<Schedule>>();
            p.subjects = t[2].cast<std::vector<Subject>>();
            p.drawn_names = t[3].cast<std::vector<std::string>>();
            p.drawn = t[4].cast<Eigen::MatrixXd>();
            p.ensemble = t[5].cast<Ensemble>();
            return p;
          }));
  py::class_<Bands>(module, "Bands", "One run with its constants drawn.")
      .def_readonly("seed", &Bands::seed)
      .def_property_readonly("drawn_names", [](const Bands& b) { return b.uncertain.drawn; })
      .def_property_readonly("following_names",
                             [](const Bands& b) { return b.uncertain.following; })
      .def_property_readonly(
          "drawn",
          [](const py::object& self) { return view(self.cast<const Bands&>().drawn, self); })
      .def_readonly("ensemble", &Bands::ensemble)
      .def(py::pickle(
          [](const Bands& b) {
            return py::make_tuple(b.seed, b.uncertain.drawn, b.uncertain.following, b.drawn,
                                  b.ensemble);
          },
          [](const py::tuple& t) {
            return Bands{
                t[0].cast<std::uint64_t>(),
                {t[1].cast<std::vector<std::string>>(), t[2].cast<std::vector<std::string>>()},
                t[3].cast<Eigen::MatrixXd>(),
                t[4].cast<Ensemble>()};
          }));
}

/// The table that populations are drawn from.
std::vector<py::dict> quantities() {
  std::vector<py::dict> rows;
  constexpr const char* of[] = {"both", "female", "male"};
  constexpr const char* law[] = {"constant", "share", "uniform", "normal", "lognormal"};
  for (const auto& q : people::quantities) {
    py::dict d;
    d["quantity"] = q.name;
    d["sex"] = of[static_cast<std::size_t>(q.of)];
    d["law"] = law[static_cast<std::size_t>(q.law)];
    d["center"] = q.center;
    d["spread"] = q.spread;
    d["low"] = q.low;
    d["high"] = q.high;
    d["unit"] = q.unit;
    d["kind"] = evidence::name_of(q.kind);
    d["reference"] = q.reference;
    d["spread_reference"] = q.spread_reference;
    d["note"] = q.note;
    rows.push_back(d);
  }
  return rows;
}

}  // namespace

void bind_people(py::module_& module) {
  bind_ensemble(module);
  bind_results(module);
  module.def("quantities", &quantities);
  module.def("check_quantiles", &people::check_quantiles, py::arg("shares"));
  module.def("population", &draw, py::kw_only(), py::arg("n"), py::arg("seed"), py::arg("sex"),
             py::arg("from_y"), py::arg("until_y"), py::arg("plan"), py::arg("run"),
             py::arg("relative_tolerance"), py::arg("columns"), py::arg("n_threads"),
             py::arg("progress"));
  module.def("bands", &draw_bands, py::arg("run"), py::kw_only(), py::arg("n"), py::arg("seed"),
             py::arg("parameters"), py::arg("columns"), py::arg("relative_tolerance"),
             py::arg("n_threads"), py::arg("progress"));
}

}  // namespace mgpk::bindings
