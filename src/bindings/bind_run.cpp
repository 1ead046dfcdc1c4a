// One person, one plan, one run.
#include <pybind11/stl.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <mgpk/body/person.hpp>
#include <mgpk/simulate/dosing.hpp>
#include <mgpk/simulate/history.hpp>
#include <mgpk/simulate/simulate.hpp>
#include <mgpk/simulate/sources.hpp>
#include <mgpk/simulate/steady_state.hpp>
#include <mgpk/simulate/summary.hpp>
#include <mgpk/units/units.hpp>

#include "bindings.hpp"
#include "watch.hpp"

namespace mgpk::bindings {
namespace {

using simulation::Baseline;
using simulation::Options;

/// The share of a run that is done, from the time at which a solve asks. The search for the
/// baseline, which never leaves its one day, counts as nothing; the run with the plan comes before
/// the one without.
class Share {
 public:
  explicit Share(const Options& options)
      : until_h_(options.times_h.empty() ? options.until_h : options.times_h.back()),
        n_solves_(options.with_baseline ? 2.0 : 1.0) {}

  double at(double t_h) {
    searching_ = searching_ && t_h <= units::hours_per_day;
    if (searching_) return 0.0;
    if (t_h < last_h_) n_solved_ = n_solves_ - 1.0;
    last_h_ = t_h;
    f_done_ = std::max(f_done_, std::min(1.0, (n_solved_ + t_h / until_h_) / n_solves_));
    return f_done_;
  }

 private:
  double until_h_, n_solves_;
  bool searching_ = true;
  double last_h_ = 0, n_solved_ = 0, f_done_ = 0;
};

/// The baselines that were found last. A person is often simulated under many plans, and the search
/// costs more than most runs. Everything that it depends on is compared, so no number changes. Used
/// with the GIL only.
class Memory {
 public:
  std::optional<Baseline> find(const Subject& subject, const Options& options) const {
    for (const auto& kept : kept_)
      if (kept.subject == subject && kept.settings == settings_of(options)) return kept.baseline;
    return std::nullopt;
  }

  void keep(const Subject& subject, const Options& options, const Baseline& baseline) {
    kept_.push_front({subject, settings_of(options), baseline});
    if (kept_.size() > 32) kept_.pop_back();
  }

 private:
  using Settings = std::tuple<double, double, std::size_t, ode::Method>;
  struct Kept {
    Subject subject;
    Settings settings;
    Baseline baseline;
  };

  static Settings settings_of(const Options& o) {
    return {o.relative_tolerance, o.absolute_tolerance_mmol, o.max_steps, o.method};
  }

  std::deque<Kept> kept_;
};

/// What a run may start from instead of the baseline: a regimen's steady state, or a history.
struct From {
  const SteadyState* steady = nullptr;
  const simulation::History* history = nullptr;
};

From from_of(const py::object& start) {
  if (start.is_none()) return {};
  if (py::isinstance<SteadyState>(start)) return {&start.cast<const SteadyState&>(), nullptr};
  return {nullptr, &start.cast<const simulation::History&>()};
}

Memory& memory() {
  static Memory kept;
  return kept;
}

Run solve(const Subject& subject, const std::optional<Schedule>& plan, const Options& options,
          std::optional<Baseline>& start, const From& from) {
  if (from.steady) return simulate(subject, plan.value_or(Schedule()), options, *from.steady);
  if (!start) start = simulation::baseline_of(subject, options);
  if (from.history)
    return simulate(subject, plan.value_or(Schedule()), options, *start, *from.history);
  return plan ? simulate(subject, *plan, options, *start) : simulate(subject, options, *start);
}

Run run_simulation(const Subject& subject, const std::optional<Schedule>& plan, Options options,
                   py::object progress, const py::object& start_of) {
  Watch watch(std::move(progress));
  Share share(options);
  options.keep_going = [&](double t_h) { return watch.keep_going(share.at(t_h)); };
  const From from = from_of(start_of);
  auto start = memory().find(subject, options);
  const bool is_new = !start && !from.steady;
  try {
    Run run = [&] {
      const py::gil_scoped_release released;
      return solve(subject, plan, options, start, from);
    }();
    watch.raise_if_stopped();
    if (is_new) memory().keep(subject, options, *start);
    run.options.keep_going = nullptr;  // the watch ends here
    return run;
  } catch (const ode::SolveError&) {
    watch.raise_if_stopped();
    throw;
  }
}

SteadyState run_steady_state(const Subject& subject, const Schedule& plan,
                             simulation::SteadyStateOptions options, py::object progress) {
  Watch watch(std::move(progress));
  // Nobody knows how many turns a search takes; the watch only listens for Ctrl-C.
  options.keep_going = [&](double) { return watch.keep_going(0.0); };
  Options of_baseline;
  of_baseline.relative_tolerance = options.relative_tolerance;
  of_baseline.absolute_tolerance_mmol = options.absolute_tolerance_mmol;
  of_baseline.max_steps = options.max_steps;
  of_baseline.until_h = units::hours_per_day;
  const auto known = memory().find(subject, of_baseline);
  try {
    SteadyState steady = [&] {
      const py::gil_scoped_release released;
      return known ? steady_state(subject, plan, options, *known)
                   : steady_state(subject, plan, options);
    }();
    watch.raise_if_stopped();
    if (!known) memory().keep(subject, of_baseline, steady.baseline);
    return steady;
  } catch (const ode::SolveError&) {
    watch.raise_if_stopped();
    throw;
  }
}

py::dict to_dict(const simulation::TurnLevels& levels) {
  py::dict d;
  d["c_plasma_total_mean_mmol_per_L"] = levels.c_plasma_total_mean_mmol_per_L;
  d["c_plasma_total_highest_mmol_per_L"] = levels.c_plasma_total_highest_mmol_per_L;
  d["c_plasma_total_lowest_mmol_per_L"] = levels.c_plasma_total_lowest_mmol_per_L;
  d["t_max_h"] = levels.t_max_h;
  d["urine_mmol_per_d"] = levels.urine_mmol_per_d;
  d["feces_mmol_per_d"] = levels.feces_mmol_per_d;
  return d;
}

simulation::TurnLevels levels_of(const py::dict& d) {
  return {d["c_plasma_total_mean_mmol_per_L"].cast<double>(),
          d["c_plasma_total_highest_mmol_per_L"].cast<double>(),
          d["c_plasma_total_lowest_mmol_per_L"].cast<double>(),
          d["t_max_h"].cast<double>(),
          d["urine_mmol_per_d"].cast<double>(),
          d["feces_mmol_per_d"].cast<double>()};
}

py::dict start_of(const Run& run) {
  const auto& b = run.start;
  py::dict d;
  d["residual"] = b.residual;
  d["contraction"] = b.contraction;
  d["n_iterations"] = b.n_iterations;
  d["tm_mmol_per_L"] = b.parameters.kidney.tubule.tm_mmol_per_L;
  return d;
}

py::dict statistics_of(const Run& run) {
  const auto& s = run.statistics;
  py::dict d;
  d["n_steps"] = s.n_steps;
  d["n_rejected"] = s.n_rejected;
  d["n_rhs"] = s.n_rhs;
  d["n_jacobian"] = s.n_jacobian;
  d["n_switches"] = s.n_switches;
  d["method_at_end"] = name_of(s.method_now);
  return d;
}

py::list sources_of(const Run& run) {
  py::list list;
  for (const auto& source : run.sources) {
    py::dict d;
    d["name"] = source.name;
    d["label"] = source.label;
    d["salt"] = source.salt;
    list.append(d);
  }
  return list;
}

py::dict summary_of(const Run& run, double from_h, double to_h) {
  const Summary s = summary(run, from_h, to_h);
  py::dict d;
  d["from_h"] = s.from_h;
  d["to_h"] = s.to_h;
  d["dose_mmol"] = s.dose_mmol;
  d["c_max_mmol_per_L"] = s.c_max_mmol_per_L;
  d["t_max_h"] = s.t_max_h;
  d["c_max_above_baseline_mmol_per_L"] = s.c_max_above_baseline_mmol_per_L;
  d["auc_above_baseline_mmol_h_per_L"] = s.auc_above_baseline_mmol_h_per_L;
  d["a_absorbed_above_baseline_mmol"] = s.a_absorbed_above_baseline_mmol;
  d["ae_mmol"] = s.ae_mmol;
  d["f_excreted"] = s.f_excreted;
  d["cl_renal_L_per_h"] = s.cl_renal_L_per_h;
  d["a_feces_mmol"] = s.a_feces_mmol;
  d["stool_water_g"] = s.stool_water_g;
  return d;
}

py::tuple to_pickle(const Run& r) {
  const auto& s = r.statistics;
  const auto& b = r.start;
  return py::make_tuple(r.subject, r.plan, r.options, r.trajectory, r.baseline, r.status,
                        r.assumptions,
                        py::make_tuple(s.n_steps, s.n_rejected, s.n_rhs, s.n_jacobian, s.n_switches,
                                       static_cast<int>(s.method_now)),
                        py::make_tuple(b.state, b.residual, b.contraction, b.n_iterations,
                                       b.parameters.kidney.tubule.tm_mmol_per_L),
                        r.taken_before, r.history.plan, r.history.over_h);
}

/// The numbers of the body follow from the person, but for a Tm that met a measured plasma level.
Baseline start_from_pickle(const Subject& subject, const py::tuple& t) {
  const auto values = body::values_of(subject);
  auto parameters = body::body_parameters(values, body::traits_of(subject));
  parameters.kidney.tubule.tm_mmol_per_L = t[4].cast<double>();
  return {parameters,
          body::source_parameters(values, dose::Dissolution::food),
          t[0].cast<std::vector<double>>(),
          t[1].cast<double>(),
          t[2].cast<double>(),
          t[3].cast<std::size_t>(),
          subject};
}

Run from_pickle(const py::tuple& t) {
  const auto s = t[7].cast<py::tuple>();
  Run run;
  run.subject = t[0].cast<Subject>();
  run.plan = t[1].cast<Schedule>();
  run.options = t[2].cast<Options>();
  run.taken_before = t[9].cast<Schedule>();
  run.history = {t[10].cast<Schedule>(), t[11].cast<double>()};
  run.sources = simulation::sources_of_both(
      run.plan, simulation::sources_of(run.history.empty() ? run.taken_before : run.history.plan));
  run.trajectory = t[3].cast<simulation::Trajectory>();
  run.baseline = t[4].cast<simulation::Trajectory>();
  run.status = t[5].cast<ode::Status>();
  run.assumptions = t[6].cast<std::vector<std::string>>();
  run.statistics = {s[0].cast<std::size_t>(), s[1].cast<std::size_t>(),
                    s[2].cast<std::size_t>(), s[3].cast<std::size_t>(),
                    s[4].cast<std::size_t>(), static_cast<ode::Method>(s[5].cast<int>())};
  run.start = start_from_pickle(run.subject, t[8].cast<py::tuple>());
  return run;
}

py::tuple to_pickle(const SteadyState& s) {
  return py::make_tuple(s.plan, s.cycle_h, s.state, s.residual, s.contraction, s.n_iterations,
                        s.n_maps, s.cycle, to_dict(s.levels), to_dict(s.baseline_levels));
}

/// The person and the baseline are those of the turn.
SteadyState steady_from_pickle(const py::tuple& t) {
  SteadyState s;
  s.plan = t[0].cast<Schedule>();
  s.cycle_h = t[1].cast<double>();
  s.state = t[2].cast<std::vector<double>>();
  s.residual = t[3].cast<double>();
  s.contraction = t[4].cast<double>();
  s.n_iterations = t[5].cast<std::size_t>();
  s.n_maps = t[6].cast<std::size_t>();
  s.cycle = t[7].cast<Run>();
  s.levels = levels_of(t[8].cast<py::dict>());
  s.baseline_levels = levels_of(t[9].cast<py::dict>());
  s.subject = s.cycle.subject;
  s.sources = simulation::sources_of(s.plan);
  s.baseline = s.cycle.start;
  return s;
}

void bind_steady_state(py::module_& module) {
  py::class_<SteadyState>(module, "SteadyState", "The periodic state of diet and regimen.")
      .def_readonly("plan", &SteadyState::plan)
      .def_readonly("subject", &SteadyState::subject)
      .def_readonly("cycle_h", &SteadyState::cycle_h)
      .def_readonly("residual", &SteadyState::residual)
      .def_readonly("contraction", &SteadyState::contraction)
      .def_readonly("n_iterations", &SteadyState::n_iterations)
      .def_readonly("n_maps", &SteadyState::n_maps)
      .def_readonly("cycle", &SteadyState::cycle)
      .def_property_readonly("state",
                             [](const py::object& self) {
                               return view_of(self.cast<const SteadyState&>().state, self);
                             })
      .def_property_readonly("levels", [](const SteadyState& s) { return to_dict(s.levels); })
      .def_property_readonly("baseline_levels",
                             [](const SteadyState& s) { return to_dict(s.baseline_levels); })
      .def(py::pickle([](const SteadyState& s) { return to_pickle(s); }, &steady_from_pickle));
  module.def(
      "steady_state",
      [](const Subject& subject, const Schedule& plan, double cycle_h, double every_h,
         double relative_tolerance, double absolute_tolerance_mmol, std::size_t max_steps,
         py::object progress) {
        return run_steady_state(
            subject, plan,
            {cycle_h, every_h, relative_tolerance, absolute_tolerance_mmol, max_steps, {}},
            std::move(progress));
      },
      py::kw_only(), py::arg("subject"), py::arg("plan"), py::arg("cycle_h"), py::arg("every_h"),
      py::arg("relative_tolerance"), py::arg("absolute_tolerance_mmol"), py::arg("max_steps"),
      py::arg("progress") = py::none());
}

}  // namespace

void bind_run(py::module_& module) {
  const double nan = std::nan("");
  py::class_<Run>(module, "Run", "A finished run.")
      .def_readonly("trajectory", &Run::trajectory)
      .def_readonly("baseline", &Run::baseline)
      .def_property_readonly("has_baseline", [](const Run& r) { return r.baseline.n_rows() > 0; })
      .def_readonly("subject", &Run::subject)
      .def_readonly("plan", &Run::plan)
      .def_readonly("status", &Run::status)
      .def_readonly("assumptions", &Run::assumptions)
      .def_readonly("options", &Run::options)
      .def_property_readonly("start", &start_of)
      .def_property_readonly("statistics", &statistics_of)
      .def_property_readonly("sources", &sources_of)
      .def("f_absorbed", &Run::f_absorbed)
      .def("summary", &summary_of, py::arg("from_h") = nan, py::arg("to_h") = nan)
      .def_readonly("taken_before", &Run::taken_before)
      .def_property_readonly("history",
                             [](const Run& run) -> std::optional<simulation::History> {
                               if (run.history.empty()) return std::nullopt;
                               return run.history;
                             })
      .def("dosing", &simulation::dosing_of)
      .def(py::pickle([](const Run& run) { return to_pickle(run); }, &from_pickle));
  bind_steady_state(module);
  module.def("simulate", &run_simulation, py::arg("subject"), py::arg("plan"), py::arg("options"),
             py::arg("progress") = py::none(), py::arg("start") = py::none());
}

}  // namespace mgpk::bindings
