// One step of a linearly implicit (Rosenbrock) pair, in lanes: every lane with a length of its own.
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include <mgpk/ode/dual.hpp>
#include <mgpk/ode/ensemble/structure.hpp>
#include <mgpk/ode/ensemble/upstream.hpp>
#include <mgpk/ode/lanes/math.hpp>
#include <mgpk/ode/lanes/small_lu.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// The exact slopes of a model at one point in lanes, by dual numbers. Columns of read-outs are
/// zero and left out; the time is the last column.
template <class System, class Real>
class LaneJacobian {
 public:
  static constexpr std::size_t n = System::n_states;
  static constexpr std::size_t n_coupled = n - n_readouts_of<System>();
  using State = std::array<Real, n>;

  MGPK_LANES void take(const System& system, const Real& t_h, const State& x) {
    for (std::size_t i = 0; i < n; ++i) point_[i].value = x[i];
    for (std::size_t chunk = 0; chunk < n_chunks; ++chunk) {
      Slopes time(t_h);
      seed(chunk, Real(1.0), time);
      system.derivatives(time, point_, slopes_[chunk]);
      seed(chunk, Real(0.0), time);
    }
  }

  /// dx_i/dt.
  const Real& dxdt(std::size_t i) const { return slopes_[0][i].value; }
  /// d(dx_i/dt)/dt.
  const Real& dfdt(std::size_t i) const { return (*this)(i, n_coupled); }
  /// d(dx_i/dt)/dx_j.
  const Real& operator()(std::size_t i, std::size_t j) const {
    return slopes_[j / width][i].slope[j % width];
  }

 private:
  static constexpr std::size_t n_columns = n_coupled + 1;
  static constexpr std::size_t n_chunks = (n_columns + 7) / 8;
  static constexpr std::size_t width = (n_columns + n_chunks - 1) / n_chunks;
  using Slopes = Dual<width, Real>;

  MGPK_LANES void seed(std::size_t chunk, const Real& number, Slopes& time) {
    for (std::size_t k = 0; k < width; ++k) {
      const std::size_t column = chunk * width + k;
      if (column < n_coupled) point_[column].slope[k] = number;
      if (column == n_coupled) time.slope[k] = number;
    }
  }

  // Kept between calls: to fill the slopes with zeros anew would cost as much as to find them.
  std::array<Slopes, n> point_{};
  std::array<std::array<Slopes, n>, n_chunks> slopes_{};
};

/// The stages of a step of `Pair` for `System` on `Real`, which holds parameters in lanes; the
/// shape is that of ExplicitStep. All states are solved alike, read-outs after the others.
template <class System, class Pair, class Real, std::size_t Upstream>
class ImplicitStep {
 public:
  static_assert(Upstream == 0, "an implicit step solves the states of a chain like any other");
  static constexpr std::size_t n = System::n_states;
  static constexpr std::size_t n_coupled = n - n_readouts_of<System>();
  using State = std::array<Real, n>;
  using Nothing = std::array<Real, 0>;

  /// Each step takes the slope at its start anew, together with the Jacobian.
  /// The increments of a stage, which tell where a step stopped being a number.
  const State& slope(std::size_t stage) const { return u_[stage]; }

  template <class Mask>
  MGPK_LANES void start(const Mask&, const State&) {}
  template <class Mask>
  MGPK_LANES void accept(const Mask&) {}

  /// From x at t_h over h: the new state, and the estimated error of all states.
  template <class Chain>
  MGPK_LANES void run(const System& system, const Chain&, const Real& t_h, const Real& h,
                      const State& x, const Nothing&, State& x_new, Nothing&, State& error) {
    jacobian_.take(system, t_h, x);
    const Real h_gamma = Pair::gamma * h;
    factor(h_gamma);
    State at = x;
    stages(system, t_h, h, h_gamma, x, at, std::make_index_sequence<Pair::n_stages>{});
    const State& last = u_[Pair::n_stages - 1];
    for (std::size_t i = 0; i < n; ++i) x_new[i] = at[i] + last[i];
    // Where elimination went wrong the error is past all bounds: the step is tried again with a
    // fifth, and sooner or later the diagonal outweighs the rest.
    const Real worst = select(solved_, Real(0.0), Real(1e100));
    for (std::size_t i = 0; i < n; ++i) error[i] = last[i] + worst;
    for (std::size_t i = 0; i < n; ++i) x_new_[i] = x_new[i];
  }

  template <class Chain>
  MGPK_LANES void prepare_dense(const System&, const Chain&, const Real&, const Real&, const State&,
                                const Nothing&) {}

  /// The state at t + theta h for lanes whose step went from x to the x_new of the last run.
  template <class Chain>
  MGPK_LANES void dense(const Chain&, const Real& theta, const Real&, const State& x,
                        const Nothing&, State& at) const {
    const Real rest = 1.0 - theta, both = theta * rest;
    std::array<Real, Pair::n_stages> weight;
    for (std::size_t s = 0; s < Pair::n_stages; ++s) {
      Real sum = 0.0;
      for (std::size_t power = Pair::dense.size(); power-- > 0;)
        sum = fma(sum, theta, Real(Pair::dense[power][s]));
      weight[s] = sum * both;
    }
    for (std::size_t i = 0; i < n; ++i) {
      Real sum = fma(theta, x_new_[i], rest * x[i]);
      for (std::size_t s = 0; s < Pair::n_stages; ++s) sum = fma(weight[s], u_[s][i], sum);
      at[i] = sum;
    }
  }

 private:
  static constexpr double allowed_rest = 1e-10;

  MGPK_LANES void factor(const Real& h_gamma) {
    auto& matrix = lu_.matrix();
    for (std::size_t i = 0; i < n_coupled; ++i)
      for (std::size_t j = 0; j < n_coupled; ++j) {
        const Real part = -h_gamma * jacobian_(i, j);
        matrix[i][j] = i == j ? 1.0 + part : part;
      }
    lu_.factor();
  }

  template <std::size_t... Stage>
  MGPK_LANES void stages(const System& system, const Real& t_h, const Real& h, const Real& h_gamma,
                         const State& x, State& at, std::index_sequence<Stage...>) {
    (stage<Stage>(system, t_h, h, h_gamma, x, at), ...);
  }

  template <std::size_t Stage>
  MGPK_LANES void stage(const System& system, const Real& t_h, const Real& h, const Real& h_gamma,
                        const State& x, State& at) {
    constexpr auto earlier = std::make_index_sequence<Stage>{};
    if constexpr (Stage > 0) {
      for (std::size_t i = 0; i < n; ++i) at[i] = add_at<Stage>(i, x[i], earlier);
      take_slope(system, fma(h, Real(Pair::c[Stage]), t_h), at);
    }
    const Real by_time = h * h_gamma * Pair::d[Stage];
    State& u = u_[Stage];
    for (std::size_t i = 0; i < n; ++i) {
      Real sum = h_gamma * (Stage == 0 ? jacobian_.dxdt(i) : slope_[i]);
      if constexpr (Pair::d[Stage] != 0.0) sum = fma(by_time, jacobian_.dfdt(i), sum);
      u[i] = add_known<Stage>(i, sum, earlier);
    }
    solve<Stage == 0>(h_gamma, u);
  }

  /// Out of line: one copy of the model for all stages.
  __attribute__((noinline)) void take_slope(const System& system, const Real& t_h,
                                            const State& at) {
    system.derivatives(t_h, at, slope_);
  }

  template <bool Checked>
  MGPK_LANES void solve(const Real& h_gamma, State& u) {
    std::array<Real, n_coupled> b;
    for (std::size_t i = 0; i < n_coupled; ++i) b[i] = u[i];
    lu_.solve(b);
    if constexpr (Checked) check(h_gamma, u, b);
    for (std::size_t i = 0; i < n_coupled; ++i) u[i] = b[i];
    for (std::size_t i = n_coupled; i < n; ++i)
      for (std::size_t j = 0; j < n_coupled; ++j) u[i] = fma(h_gamma * jacobian_(i, j), u[j], u[i]);
  }

  /// Elimination without exchanges has gone well where u solves the equations of the first stage
  /// up to rounding, each measured by the size of its own terms: no scale of a state matters.
  MGPK_LANES void check(const Real& h_gamma, const State& b, const std::array<Real, n_coupled>& u) {
    // NOLINTNEXTLINE(misc-redundant-expression): false where it is no number
    solved_ = b[0] == b[0];
    for (std::size_t i = 0; i < n_coupled; ++i) {
      Real rest = b[i] - u[i], size = abs(b[i]) + abs(u[i]);
      for (std::size_t j = 0; j < n_coupled; ++j) {
        const Real part = h_gamma * jacobian_(i, j);
        rest = fma(part, u[j], rest);
        size = fma(abs(part), abs(u[j]), size);
      }
      solved_ = solved_ & (abs(rest) <= allowed_rest * size);
    }
  }

  template <std::size_t Stage, std::size_t... Earlier>
  MGPK_LANES Real add_at([[maybe_unused]] std::size_t i, const Real& start,
                         std::index_sequence<Earlier...>) const {
    Real sum = start;
    ((sum = add<Earlier>(i, Pair::a[Stage][Earlier], sum)), ...);
    return sum;
  }
  template <std::size_t Stage, std::size_t... Earlier>
  MGPK_LANES Real add_known([[maybe_unused]] std::size_t i, const Real& start,
                            std::index_sequence<Earlier...>) const {
    Real sum = start;
    ((sum = add<Earlier>(i, Pair::gamma * Pair::k[Stage][Earlier], sum)), ...);
    return sum;
  }
  template <std::size_t Earlier>
  MGPK_LANES Real add(std::size_t i, double weight, const Real& sum) const {
    return fma(Real(weight), u_[Earlier][i], sum);
  }

  LaneJacobian<System, Real> jacobian_;
  SmallLu<n_coupled, Real> lu_;
  std::array<State, Pair::n_stages> u_;
  State slope_, x_new_;
  decltype(Real() == Real()) solved_;
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
