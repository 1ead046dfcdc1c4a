// mgpk's ensembles on the reference problem, as a user of the headers writes it: a model, members,
// one call. Once with the stomach declared as an upstream chain, once with all states alike.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <mgpk/ode/ensemble/ensemble.hpp>
#include <mgpk/version.hpp>

#include "ladder.hpp"
#include "report.hpp"

namespace {

using namespace rivals;
namespace ode = mgpk::ode;

/// The same model, which says that its first two states are a linear chain and its last one only
/// accumulates.
template <class Par>
struct WithStructure : ReferenceProblem<Par> {
  static constexpr std::size_t n_upstream = 2;
  static constexpr std::size_t n_readouts = 1;
};

class People {
 public:
  using System = WithStructure<double>;
  using Columns = ode::AllStates<System>;

  People(const Setting& setting, std::span<const Subject> subjects, std::span<double> result)
      : subjects_(subjects), result_(result), n_values_(setting.n_values(1)) {
    for (std::size_t dose = 0; dose < setting.n_doses(); ++dose)
      stops_.push_back({.t_h = setting.dose_h(dose), .index = dosed_state, .amount = dose_mmol});
    for (std::size_t row = 0; row < setting.n_outputs(); ++row)
      times_h_.push_back(setting.output_h(row));
  }

  std::size_t size() const { return subjects_.size(); }
  System system(std::size_t i) const { return {subjects_[i]}; }
  auto start(std::size_t) const { return Subject::start(); }
  double start_h(std::size_t) const { return 0.0; }
  std::span<const ode::Stop> stops(std::size_t) const { return stops_; }
  std::span<const double> times_h(std::size_t) const { return times_h_; }
  double* rows(std::size_t i) const { return result_.data() + i * n_values_; }
  void done(std::size_t, const ode::MemberStatus&) const {}

 private:
  std::span<const Subject> subjects_;
  std::span<double> result_;
  std::size_t n_values_;
  std::vector<ode::Stop> stops_;
  std::vector<double> times_h_;
};

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
  return run_rival(n_arguments, arguments, "mgpk order 5", std::string(mgpk::version), [](Stand& stand) {
    using enum ode::EnsembleMethod;
    run(stand, "order 5", {.method = order5}, 1);
    run(stand, "order 5, all states", {.method = order5, .use_upstream = false}, 1);
    run(stand, "order 8", {.method = order8}, 1);
    run(stand, "order 8, all states", {.method = order8, .use_upstream = false}, 1);
    if (stand.setting.n_subjects > 1) run(stand, "order 5", {.method = order5}, 2);
  });
}
