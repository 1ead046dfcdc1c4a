// The same sweep on the processor.
#include <chrono>
#include <cmath>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <vector>

#include <mgpk/ode/ensemble/ensemble.hpp>

#include "../rivals/mgpk_members.hpp"
#include "sweep.hpp"

namespace gpu {
namespace {

namespace ode = mgpk::ode;

/// The amounts just before each dose, at the end of the last one: rows stand before stops.
class People {
 public:
  using System = rivals::WithStructure<double>;
  using Columns = ode::AllStates<System>;

  People(const rivals::Subjects& subjects, const Plan& plan, std::vector<double>& rows)
      : subjects_(subjects), rows_(rows) {
    for (std::size_t dose = 0; dose < plan.n_doses; ++dose) {
      const double t_h = static_cast<double>(dose) * plan.dose_every_h;
      stops_.push_back({.t_h = t_h, .index = rivals::dosed_state, .amount = rivals::dose_mmol});
      times_h_.push_back(std::nextafter(t_h + plan.dose_every_h, 0.0));
    }
  }

  std::size_t size() const { return subjects_.size(); }
  System system(std::size_t i) const { return {subjects_[i]}; }
  auto start(std::size_t) const { return rivals::Subject::start(); }
  double start_h(std::size_t) const { return 0.0; }
  std::span<const ode::Stop> stops(std::size_t) const { return stops_; }
  std::span<const double> times_h(std::size_t) const { return times_h_; }
  double* rows(std::size_t i) const {
    return rows_.data() + i * times_h_.size() * rivals::n_states;
  }
  void done(std::size_t, const ode::MemberStatus&) const {}

 private:
  const rivals::Subjects& subjects_;
  std::vector<double>& rows_;
  std::vector<ode::Stop> stops_;
  std::vector<double> times_h_;
};

/// From [subject][dose][state], as the ensembles write it.
void put_in_place(const std::vector<double>& rows, const Plan& plan, std::size_t n_subjects,
                  Amounts& amounts) {
  for (std::size_t i = 0; i < n_subjects; ++i)
    for (std::size_t dose = 0; dose < plan.n_doses; ++dose)
      for (std::size_t k = 0; k < rivals::n_states; ++k)
        amounts[place(n_subjects, dose, k, i)] =
            rows[(i * plan.n_doses + dose) * rivals::n_states + k];
}

double solve(const rivals::Subjects& subjects, const Plan& plan,
             const ode::EnsembleOptions& options, Amounts& amounts) {
  std::vector<double> rows(amounts.size());
  const auto begin = std::chrono::steady_clock::now();
  const auto statistics = ode::solve_ensemble(People(subjects, plan, rows), options);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  if (statistics.n_failed > 0) throw std::runtime_error("a subject could not be solved");
  put_in_place(rows, plan, subjects.size(), amounts);
  return taken.count();
}

}  // namespace

Taken solve_on_cpu(const rivals::Subjects& subjects, const Plan& plan, Tolerance tolerance,
                   std::size_t n_threads, bool with_chain, Amounts& amounts) {
  ode::EnsembleOptions options{
      .method = ode::EnsembleMethod::order5, .n_threads = n_threads, .use_upstream = with_chain};
  options.solver.relative_tolerance = tolerance.relative;
  options.solver.absolute_tolerance = tolerance.absolute_mmol;
  return {solve(subjects, plan, options, amounts), 0.0};
}

Amounts reference_of(const rivals::Subjects& subjects, const Plan& plan) {
  Amounts amounts(subjects.size() * plan.n_doses * rivals::n_states);
  ode::EnsembleOptions options{.method = ode::EnsembleMethod::order8, .use_upstream = false};
  options.solver.relative_tolerance = 1e-12;
  options.solver.absolute_tolerance = 1e-15;
  solve(subjects, plan, options, amounts);
  return amounts;
}

}  // namespace gpu
