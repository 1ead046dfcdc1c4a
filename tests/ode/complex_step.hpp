// Slopes of the problem by a step into the complex plane: nothing of dual numbers, nothing of
// lanes.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <vector>

#include <mgpk/ode/pairs/dop853.hpp>

#include "sensitivity_problem.hpp"

namespace sensitivity {

using Complex = std::complex<double>;

/// From t to end, which may lie beside the real axis, in steps so short that only rounding is left.
inline void go(const Magnesium<Complex>& model, Complex t_h, Complex end_h,
               std::array<Complex, 8>& x) {
  using Pair = mgpk::ode::DormandPrince8;
  const double length_h = std::abs(end_h - t_h);
  const int n_steps = 1 + static_cast<int>(length_h / 0.04);
  const Complex h = (end_h - t_h) / static_cast<double>(n_steps);
  for (int step = 0; step < n_steps; ++step) {
    std::array<std::array<Complex, 8>, Pair::n_stages> k{};
    for (std::size_t s = 0; s < Pair::n_stages; ++s) {
      std::array<Complex, 8> at = x;
      for (std::size_t i = 0; i < 8; ++i)
        for (std::size_t j = 0; j < s; ++j) at[i] += h * Pair::a[s][j] * k[j][i];
      model.derivatives(t_h, at, k[s]);
      if (s == Pair::n_stages - 1) x = at;
    }
  }
}

/// Slopes of one person along one direction by a step into the complex plane, which knows no
/// difference and hence no loss of digits: [time][column].
inline std::vector<double> slopes_by_complex_step(const People& people, std::size_t who,
                                                  std::size_t direction) {
  constexpr double tiny = 1e-40;
  const auto source = people.system(who);
  Magnesium<double> d_system;
  std::fill_n(reinterpret_cast<double*>(&d_system), 20, 0.0);
  State<double, 8> d_start{};
  people.differentiate(who, direction, d_system, d_start);
  Magnesium<Complex> model;
  for (std::size_t i = 0; i < 20; ++i)
    reinterpret_cast<Complex*>(&model)[i] = {reinterpret_cast<const double*>(&source)[i],
                                             tiny * reinterpret_cast<double*>(&d_system)[i]};
  std::array<Complex, 8> x;
  for (std::size_t i = 0; i < 8; ++i) x[i] = {people.start(who)[i], tiny * d_start[i]};
  Complex t_h = 0.0;
  std::size_t next = 0;
  std::vector<double> slopes;
  for (const double time_h : people.times) {
    for (; next < people.doses.size() && people.doses[next].t_h <= time_h; ++next) {
      const Stop& stop = people.doses[next];
      const StopSlope slope = people.stop_slope(who, next, direction);
      const Complex stop_h{stop.t_h, tiny * slope.t_h}, amount{stop.amount, tiny * slope.amount};
      go(model, t_h, stop_h, x);
      t_h = stop_h;
      if (stop.change == Change::add_to_state) {
        x[stop.index] += amount;
      } else {
        model.infusion_mmol_per_h += amount;
      }
    }
    go(model, t_h, time_h, x);
    t_h = time_h;
    std::array<Complex, AmountsAndMore::n_columns> row;
    AmountsAndMore::read(model, t_h, x, row);
    for (const Complex& number : row) slopes.push_back(number.imag() / tiny);
  }
  return slopes;
}

}  // namespace sensitivity
