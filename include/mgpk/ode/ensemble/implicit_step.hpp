// One step of a linearly implicit (Rosenbrock) pair, in lanes: every lane with a length of its own.
#pragma once

#include <array>
#include <cstddef>

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
    for (std::size_t first = 0; first < n_columns; first += width) take(first, system, t_h, x);
  }

  const State& dxdt() const { return dxdt_; }
  /// d(dx_i/dt)/dt.
  const State& dfdt() const { return column_[n_coupled]; }
  /// d(dx_i/dt)/dx_j.
  const Real& operator()(std::size_t i, std::size_t j) const { return column_[j][i]; }

 private:
  static constexpr std::size_t n_columns = n_coupled + 1;
  static constexpr std::size_t n_chunks = (n_columns + 7) / 8;
  static constexpr std::size_t width = (n_columns + n_chunks - 1) / n_chunks;
  using Slopes = Dual<width, Real>;

  MGPK_LANES void take(std::size_t first, const System& system, const Real& t_h, const State& x) {
    std::array<Slopes, n> point, slope;
    for (std::size_t i = 0; i < n; ++i) point[i] = Slopes(x[i]);
    Slopes time(t_h);
    for (std::size_t k = 0; k < width; ++k) {
      if (first + k < n_coupled) point[first + k].slope[k] = Real(1.0);
      if (first + k == n_coupled) time.slope[k] = Real(1.0);
    }
    system.derivatives(time, point, slope);
    for (std::size_t i = 0; i < n; ++i) dxdt_[i] = slope[i].value;
    for (std::size_t k = 0; k < width && first + k < n_columns; ++k)
      for (std::size_t i = 0; i < n; ++i) column_[first + k][i] = slope[i].slope[k];
  }

  State dxdt_;
  std::array<State, n_columns> column_;
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
    State at = x, slope = jacobian_.dxdt();
    for (std::size_t stage = 0; stage < Pair::n_stages; ++stage) {
      if (stage > 0) {
        for (std::size_t i = 0; i < n; ++i) at[i] = weighted(Pair::a[stage], stage, i, x[i]);
        system.derivatives(fma(h, Real(Pair::c[stage]), t_h), at, slope);
      }
      solve_stage(stage, h, h_gamma, slope);
    }
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

  MGPK_LANES void solve_stage(std::size_t stage, const Real& h, const Real& h_gamma,
                              const State& slope) {
    State& u = u_[stage];
    std::array<Real, n_coupled> b;
    const Real by_time = h * h_gamma * Pair::d[stage];
    for (std::size_t i = 0; i < n; ++i) {
      Real sum = weighted(Pair::k[stage], stage, i, Real(0.0)) * Pair::gamma;
      sum = fma(h_gamma, slope[i], sum);
      u[i] = fma(by_time, jacobian_.dfdt()[i], sum);
    }
    for (std::size_t i = 0; i < n_coupled; ++i) b[i] = u[i];
    lu_.solve(b);
    if (stage == 0) check(h_gamma, u, b);
    for (std::size_t i = 0; i < n_coupled; ++i) u[i] = b[i];
    for (std::size_t i = n_coupled; i < n; ++i)
      for (std::size_t j = 0; j < n_coupled; ++j) u[i] = fma(h_gamma * jacobian_(i, j), u[j], u[i]);
  }

  /// Elimination without exchanges has gone well where u solves the equations of the first stage
  /// up to rounding, each measured by the size of its own terms: no scale of a state matters.
  MGPK_LANES void check(const Real& h_gamma, const State& b, const std::array<Real, n_coupled>& u) {
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

  MGPK_LANES Real weighted(const typename Pair::Row& weights, std::size_t stage, std::size_t i,
                           const Real& start) const {
    Real sum = start;
    for (std::size_t s = 0; s < stage; ++s) sum = fma(Real(weights[s]), u_[s][i], sum);
    return sum;
  }

  LaneJacobian<System, Real> jacobian_;
  SmallLu<n_coupled, Real> lu_;
  std::array<State, Pair::n_stages> u_;
  State x_new_;
  decltype(Real() == Real()) solved_;
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
