// Work against precision on a stiff problem: the reference problem whose plasma and fast tissue
// exchange within seconds instead of hours. The reference solution is one of an explicit method of
// order 8, which shares nothing with the linearly implicit one that is timed.

#include <cstddef>
#include <exception>
#include <iostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <mgpk/ode/ensemble/ensemble.hpp>
#include <mgpk/version.hpp>

#include "ladder.hpp"
#include "mgpk_members.hpp"
#include "report.hpp"

namespace {

using namespace rivals;
using enum ode::EnsembleMethod;

constexpr Setting stiff{"stiff", 100, 12, 0.5, 24};
constexpr double times_faster = 1e4;

Subjects stiff_subjects(const std::filesystem::path& root) {
  Subjects subjects =
      load_subjects(root / "data" / "reference_problem_subjects.csv", stiff.n_subjects);
  for (Subject& subject : subjects) {
    subject.k56_per_h *= times_faster;
    subject.k65_per_h *= times_faster;
  }
  return subjects;
}

void solve(std::span<const Subject> subjects, std::span<double> result,
           ode::EnsembleOptions options, Tolerance tolerance) {
  options.solver.relative_tolerance = tolerance.relative;
  options.solver.absolute_tolerance = tolerance.absolute();
  ode::solve_ensemble(People(stiff, subjects, result), options);
}

Values reference_of(const Subjects& subjects) {
  Values reference(stiff.n_values(subjects.size()));
  solve(subjects, reference, {.method = order8, .lands_on_times = true}, {1e-13, 1e-3});
  return reference;
}

void time_method(Stand& stand, const std::string& name, const ode::EnsembleOptions& options) {
  stand.engine = "mgpk " + name;
  for (const Tolerance tolerance : ladder(1e-3, 1e-9, 2))
    stand.time_all(text_of(tolerance), stiff.n_subjects,
                   [&](std::span<const Subject> subjects, std::span<double> result) {
                     solve(subjects, result, options, tolerance);
                   });
}

}  // namespace

int main(int n_arguments, char** arguments) {
  if (n_arguments != 4 || std::string_view(arguments[1]) != stiff.name) {
    std::cerr << "usage: " << arguments[0] << " stiff ROOT OUT.json\n";
    return 2;
  }
  try {
    Subjects subjects = stiff_subjects(arguments[2]);
    Values reference = reference_of(subjects);
    Stand stand(stiff, std::move(subjects), std::move(reference));
    time_method(stand, "rosenbrock5", {.method = rosenbrock5});
    time_method(stand, "rosenbrock5, landing on times",
                {.method = rosenbrock5, .lands_on_times = true});
    time_method(stand, "automatic", {.method = automatic});
    time_method(stand, "order 5", {.method = order5});
    time_method(stand, "order 8", {.method = order8});
    write_json(arguments[3], std::string(mgpk::version), stand);
  } catch (const std::exception& error) {
    std::cerr << "mgpk on the stiff problem: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
