// mgpk's ensembles on the reference problem, as a user of the headers writes it: a model, members,
// one call. With the stomach declared as an upstream chain and with all states alike; with outputs
// from the interpolant and ("landing on times") with steps that end at them.

#include <cstddef>
#include <span>
#include <string>

#include <mgpk/ode/ensemble/ensemble.hpp>
#include <mgpk/version.hpp>

#include "ladder.hpp"
#include "mgpk_members.hpp"
#include "report.hpp"

namespace {

using namespace rivals;

void run(Stand& stand, const std::string& name, const ode::EnsembleOptions& method,
         std::size_t n_threads) {
  const std::string threads = n_threads == 1 ? "" : ", " + std::to_string(n_threads) + " threads";
  stand.engine = "mgpk " + name + threads;
  stand.n_threads = n_threads;
  for (const Tolerance tolerance : ladder(1e-4, 1e-8, 4, {1e-3, 1e-2})) {
    ode::EnsembleOptions options = method;
    options.solver.relative_tolerance = tolerance.relative;
    options.solver.absolute_tolerance = tolerance.absolute();
    options.n_threads = n_threads;
    stand.time_all(text_of(tolerance), stand.setting.n_subjects,
                   [&](std::span<const Subject> subjects, std::span<double> result) {
                     ode::solve_ensemble(People(stand.setting, subjects, result), options);
                   });
  }
}

/// Each method with outputs from the interpolant and with steps that end at the outputs.
void run_both(Stand& stand, const std::string& name, ode::EnsembleOptions method) {
  run(stand, name, method, 1);
  method.lands_on_times = true;
  run(stand, name + ", landing on times", method, 1);
}

}  // namespace

int main(int n_arguments, char** arguments) {
  return run_rival(
      n_arguments, arguments, "mgpk order 5", std::string(mgpk::version), [](Stand& stand) {
        using enum ode::EnsembleMethod;
        run_both(stand, "order 5", {.method = order5});
        run_both(stand, "order 5, all states", {.method = order5, .use_upstream = false});
        run_both(stand, "order 8", {.method = order8});
        run_both(stand, "order 8, all states", {.method = order8, .use_upstream = false});
        if (stand.setting.n_subjects > 1)
          run(stand, "order 5, landing on times", {.method = order5, .lands_on_times = true}, 2);
      });
}
