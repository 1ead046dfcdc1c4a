// The ruler: ordinary Boost.Odeint, Dormand-Prince 5(4) with dense output, started anew at each
// dose. To step past the doses and interpolate there was tried: no faster.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include <boost/numeric/odeint.hpp>

#include "ladder.hpp"
#include "settings.hpp"

namespace rivals {

namespace odeint = boost::numeric::odeint;

class PlainOdeint {
 public:
  PlainOdeint(const Subject& subject, const Setting& setting, Tolerance tolerance)
      : subject_(subject),
        setting_(setting),
        stepper_(odeint::make_dense_output(tolerance.absolute(), tolerance.relative,
                                           odeint::runge_kutta_dopri5<State>())) {}

  /// `rows`: [output][state].
  void solve(std::span<double> rows) {
    State x = Subject::start();
    const std::size_t per_dose = setting_.n_outputs_per_dose();
    for (std::size_t dose = 0; dose < setting_.n_doses(); ++dose) {
      x[dosed_state] += dose_mmol;
      const auto here = rows.subspan(dose * per_dose * n_states);
      std::copy(x.begin(), x.end(), here.begin());
      // The next dose writes the row of its time; only the last interval writes its end.
      const std::size_t n_rows = dose + 1 < setting_.n_doses() ? per_dose - 1 : per_dose;
      solve_interval(x, here.subspan(n_states, n_rows * n_states));
    }
  }

 private:
  using State = std::array<double, n_states>;

  /// From a dose to the next. The clock starts at the dose, so that no digits are lost late in a
  /// year; so does the step, which the dose makes small.
  void solve_interval(State& x, std::span<double> rows) {
    const auto system = [this](const State& at, State& dxdt, double t_h) {
      subject_.derivatives(t_h, at, dxdt);
    };
    const std::size_t n_rows = rows.size() / n_states;
    std::size_t row = 0;
    stepper_.initialize(x, 0.0, 0.05);
    while (stepper_.current_time() < setting_.dose_every_h) {
      const double left_h = setting_.dose_every_h - stepper_.current_time();
      if (stepper_.current_time_step() > left_h) {
        stepper_.initialize(stepper_.current_state(), stepper_.current_time(), left_h);
      }
      stepper_.do_step(system);
      for (; row < n_rows && setting_.output_h(row + 1) <= stepper_.current_time(); ++row) {
        stepper_.calc_state(setting_.output_h(row + 1), x);
        std::copy(x.begin(), x.end(), rows.begin() + static_cast<std::ptrdiff_t>(row * n_states));
      }
    }
    x = stepper_.current_state();
  }

  const Subject& subject_;
  const Setting& setting_;
  odeint::result_of::make_dense_output<odeint::runge_kutta_dopri5<State>>::type stepper_;
};

}  // namespace rivals
