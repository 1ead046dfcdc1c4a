// mgpk's ensembles on the reference problem, as a user of the headers writes it: a model, members,
// one call. Once with the stomach declared as an upstream chain, once with all states alike.

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

}  // namespace

int main(int n_arguments, char** arguments) {
  return run_rival(
      n_arguments, arguments, "mgpk order 5", std::string(mgpk::version), [](Stand& stand) {
        using enum ode::EnsembleMethod;
        run(stand, "order 5", {.method = order5}, 1);
        run(stand, "order 5, all states", {.method = order5, .use_upstream = false}, 1);
        run(stand, "order 8", {.method = order8}, 1);
        run(stand, "order 8, all states", {.method = order8, .use_upstream = false}, 1);
        if (stand.setting.n_subjects > 1) run(stand, "order 5", {.method = order5}, 2);
      });
}
