// Writes the reference solution of a setting, and what a second method says of it.
//   reference PROBLEM ROOT
// Fehlberg's method of order 8 in long double at 1e-16, stopped at every dose and output. The
// second opinion is extrapolation (Bulirsch and Stoer) in long double, on every tenth subject.
#include <cmath>
#include <cstddef>
#include <exception>
#include <iostream>
#include <span>
#include <utility>

#include <boost/numeric/odeint.hpp>

#include "report.hpp"

namespace {

using namespace rivals;
namespace odeint = boost::numeric::odeint;

using Wide = long double;
using WideState = std::array<Wide, n_states>;

/// `advance(system, x, from_h, to_h)` carries x from one output to the next.
template <class Advance>
void walk(const Subject& subject, const Setting& setting, std::span<double> rows,
          Advance&& advance) {
  const auto system = [&](const WideState& x, WideState& dxdt, Wide t_h) {
    subject.derivatives(t_h, x, dxdt);
  };
  WideState x = Subject::start<Wide>();
  for (std::size_t row = 0; row < setting.n_outputs(); ++row) {
    if (row > 0) advance(system, x, static_cast<Wide>(setting.output_every_h));
    if (setting.is_dose_time(row)) x[dosed_state] += dose_mmol;
    for (std::size_t i = 0; i < n_states; ++i) rows[row * n_states + i] = static_cast<double>(x[i]);
  }
}

void solve_with_fehlberg(const Subject& subject, const Setting& setting, std::span<double> rows) {
  auto stepper = odeint::make_controlled(Wide(1e-19), Wide(1e-16),
                                         odeint::runge_kutta_fehlberg78<WideState, Wide>());
  walk(subject, setting, rows, [&](const auto& system, WideState& x, Wide length_h) {
    odeint::integrate_adaptive(stepper, system, x, Wide(0), length_h, Wide(0.02));
  });
}

void solve_with_extrapolation(const Subject& subject, const Setting& setting,
                              std::span<double> rows) {
  odeint::bulirsch_stoer<WideState, Wide> stepper(Wide(1e-18), Wide(1e-15));
  walk(subject, setting, rows, [&](const auto& system, WideState& x, Wide length_h) {
    odeint::integrate_adaptive(stepper, system, x, Wide(0), length_h, Wide(0.1));
  });
}

void write_reference(const Setting& setting, const std::filesystem::path& root) {
  const Subjects subjects =
      load_subjects(root / "data" / "reference_problem_subjects.csv", setting.n_subjects);
  const std::size_t n_rows = setting.n_values(1);
  Values values(setting.n_values(subjects.size()));
  double largest = 0;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const std::span<double> rows = std::span(values).subspan(i * n_rows, n_rows);
    solve_with_fehlberg(subjects[i], setting, rows);
    if (i % 10 != 0) continue;
    Values second(n_rows);
    solve_with_extrapolation(subjects[i], setting, second);
    const Values first(rows.begin(), rows.end());
    largest = std::max(largest, max_error(setting, 1, second, first));
  }
  write_values(reference_file(root, setting), values);
  std::cout << setting.name << ": two methods differ by at most " << largest << '\n';
  if (!(largest < 1e-11)) throw std::runtime_error("the reference is not to be trusted");
}

}  // namespace

int main(int n_arguments, char** arguments) {
  if (n_arguments != 3) {
    std::cerr << "usage: " << arguments[0] << " short|long|small ROOT\n";
    return 2;
  }
  try {
    write_reference(setting_of(arguments[1]), arguments[2]);
  } catch (const std::exception& error) {
    std::cerr << "reference: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
