// Plain Boost.Odeint without dense output: Cash-Karp 5(4), stopped at each output.
#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include <boost/numeric/odeint.hpp>
#include <boost/version.hpp>

#include "ladder.hpp"
#include "report.hpp"

namespace {

using namespace rivals;
namespace odeint = boost::numeric::odeint;

using State = std::array<double, n_states>;

/// [output][state] of one subject. The step that the control proposes outlives the outputs, not the
/// doses.
void solve(const Subject& subject, const Setting& setting, Tolerance tolerance,
           std::span<double> rows) {
  auto stepper = odeint::make_controlled(tolerance.absolute(), tolerance.relative,
                                         odeint::runge_kutta_cash_karp54<State>());
  const auto system = [&](const State& at, State& dxdt, double t_h) {
    subject.derivatives(t_h, at, dxdt);
  };
  State x = Subject::start();
  double step_h = 0.05;
  for (std::size_t row = 0; row < setting.n_outputs(); ++row) {
    double t_h = 0;
    while (row > 0 && t_h < setting.output_every_h) {
      const double left_h = setting.output_every_h - t_h;
      double tried_h = std::min(step_h, left_h);
      const bool is_cut = tried_h == left_h;
      const auto result = stepper.try_step(system, x, t_h, tried_h);
      if (!is_cut || result == odeint::fail) {
        step_h = tried_h;
      } else {
        step_h = std::max(step_h, tried_h);
        t_h = setting.output_every_h;
      }
    }
    if (setting.is_dose_time(row)) {
      x[dosed_state] += dose_mmol;
      step_h = 0.05;
    }
    std::copy(x.begin(), x.end(), rows.begin() + static_cast<std::ptrdiff_t>(row * n_states));
  }
}

}  // namespace

int main(int n_arguments, char** arguments) {
  return run_rival(n_arguments, arguments, "odeint cash_karp54", BOOST_LIB_VERSION,
                   [](Stand& stand) {
                     for (const Tolerance tolerance : ladder(1e-3, 1e-8, 4)) {
                       stand.time_each(text_of(tolerance), stand.setting.n_subjects,
                                       [&](const Subject& subject, std::span<double> rows) {
                                         solve(subject, stand.setting, tolerance, rows);
                                       });
                     }
                   });
}
