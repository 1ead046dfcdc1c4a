// Every explicit pair: the conditions of order of its table, and the slopes of its errors.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include <mgpk/ode/concepts.hpp>
#include <mgpk/ode/ensemble/explicit_step.hpp>
#include <mgpk/ode/lanes/math.hpp>
#include <mgpk/ode/pairs/dop853.hpp>
#include <mgpk/ode/pairs/dopri5.hpp>
#include <mgpk/ode/pairs/tsit5.hpp>

namespace {

using namespace mgpk::ode;
using Number = Lanes<1>;

/// Nonlinear, coupled, driven by the time: with s = 2 + sin t, x0 = 1/s and x1 = s; x2 = s^2/2 only
/// accumulates.
template <class Par>
struct Known {
  static constexpr std::size_t n_states = 3;
  static constexpr std::size_t n_readouts = 1;
  Par share{1.0};
  template <class Real>
  void derivatives(const Real& t_h, const State<Real, 3>& x, State<Real, 3>& dxdt) const {
    using std::cos;  // that of lanes is found by itself
    const Real wave = cos(t_h);
    dxdt[0] = -wave * x[0] * x[0];
    dxdt[1] = share * wave * x[0] * x[1];
    dxdt[2] = wave * x[1];
  }
  static std::array<double, 3> exact(double t_h) {
    const double s = 2.0 + std::sin(t_h);
    return {1.0 / s, s, 0.5 * s * s};
  }
};

using Point = std::array<Number, 3>;
constexpr double start_h = 0.3;  // where no derivative vanishes
constexpr double length_h = 6.0;

Point exact_point(double t_h) {
  const auto x = Known<double>::exact(t_h);
  return {x[0], x[1], x[2]};
}
double distance(const Point& at, double t_h) {
  const auto x = Known<double>::exact(t_h);
  double worst = 0.0;
  for (std::size_t i = 0; i < 3; ++i) worst = std::max(worst, std::abs(at[i][0] - x[i]));
  return worst;
}

/// The largest errors of n equal steps.
struct Errors {
  double steps = 0.0;
  double between = 0.0;   ///< of the interpolant
  double at_ends = 0.0;   ///< of the interpolant against the steps themselves
  double estimate = 0.0;  ///< what the first step was thought to be wrong by
};

template <class Pair>
Errors run(int n) {
  const Known<Number> system;
  const typename ExplicitStep<Known<Number>, Pair, Number, 0>::Chain chain;
  const std::array<Number, 0> z{};
  std::array<Number, 0> z_new{};
  ExplicitStep<Known<Number>, Pair, Number, 0> step;
  const double h = length_h / n;
  Point x = exact_point(start_h), x_new, error, at;
  system.derivatives(Number(start_h), x, step.slope_at_start());
  Errors errors;
  for (int i = 0; i < n; ++i) {
    const double t_h = start_h + h * i;
    step.run(system, chain, t_h, h, x, z, x_new, z_new, error);
    step.prepare_dense(system, chain, t_h, h, x, z);
    for (const double theta : {0.1, 0.25, 0.5, 0.7, 0.9}) {
      step.dense(chain, theta, h, x, z, at);
      errors.between = std::max(errors.between, distance(at, t_h + theta * h));
    }
    for (const double theta : {0.0, 1.0}) {
      step.dense(chain, theta, h, x, z, at);
      const Point& end = theta == 0.0 ? x : x_new;
      for (std::size_t j = 0; j < 3; ++j)
        errors.at_ends = std::max(errors.at_ends, std::abs(at[j][0] - end[j][0]));
    }
    for (std::size_t j = 0; j < 3 && i == 0; ++j)
      errors.estimate = std::max(errors.estimate, std::abs(error[j][0]));
    errors.steps = std::max(errors.steps, distance(x_new, t_h + h));
    x = x_new;
    step.slope_at_start() = step.slope_at_end();
  }
  return errors;
}

double slope(double coarse, double fine) { return std::log2(coarse / fine); }

/// Sums over the stages of a table, whose row n - 1 holds the weights b.
template <class Pair>
struct Table {
  static constexpr std::size_t n = Pair::n_stages;
  static constexpr std::size_t n_rows = Pair::c.size();
  using Vector = std::array<double, n_rows>;

  static Vector ones() {
    Vector v{};
    v.fill(1.0);
    return v;
  }
  static Vector power(int k) {
    Vector v{};
    for (std::size_t i = 0; i < n_rows; ++i) v[i] = std::pow(Pair::c[i], k);
    return v;
  }
  static Vector product(const Vector& u, const Vector& v) {
    Vector w{};
    for (std::size_t i = 0; i < n_rows; ++i) w[i] = u[i] * v[i];
    return w;
  }
  static Vector a(const Vector& v) {
    Vector w{};
    for (std::size_t i = 0; i < n_rows; ++i)
      for (std::size_t j = 0; j < i; ++j) w[i] += Pair::a[i][j] * v[j];
    return w;
  }
  static double b(const Vector& v) {
    double sum = 0.0;
    for (std::size_t j = 0; j < n; ++j) sum += Pair::a[n - 1][j] * v[j];
    return sum;
  }
  template <class Weights>
  static double weigh(const Weights& weights, const Vector& v) {
    double sum = 0.0;
    for (std::size_t j = 0; j < weights.size(); ++j) sum += weights[j] * v[j];
    return sum;
  }
};

template <class Pair>
double dense_weight(std::size_t s, double theta) {
  const auto& p = Pair::dense[s];
  double sum = p.back();
  for (std::size_t j = p.size() - 1; j-- > 0;) {
    if constexpr (requires { Pair::dense_is_two_sided; }) {
      sum = p[j] + sum * (j % 2 == 0 ? 1.0 - theta : theta);
    } else {
      sum = p[j] + sum * theta;
    }
  }
  return sum * theta;
}

constexpr double digits = 3e-14;
}  // namespace

TEST_CASE_TEMPLATE("the rows of a table sum to its nodes, the last at the new point", Pair, Tsit5,
                   DormandPrince5, DormandPrince8) {
  using T = Table<Pair>;
  const auto sums = T::a(T::ones());
  for (std::size_t i = 0; i < T::n_rows; ++i) CHECK(std::abs(sums[i] - Pair::c[i]) < digits);
  CHECK((Pair::c[T::n - 2] == 1.0 && Pair::c[T::n - 1] == 1.0));
}

TEST_CASE_TEMPLATE("every condition up to order 5 holds", Pair, Tsit5, DormandPrince5,
                   DormandPrince8) {
  using T = Table<Pair>;
  const auto c = T::power(1), c2 = T::power(2), c3 = T::power(3);
  const auto ac = T::a(c);
  const auto holds = [](double sum, double density) {
    return std::abs(sum - 1.0 / density) < digits;
  };
  CHECK(holds(T::b(T::ones()), 1.0));
  CHECK(holds(T::b(c), 2.0));
  CHECK(holds(T::b(c2), 3.0));
  CHECK(holds(T::b(ac), 6.0));
  CHECK(holds(T::b(c3), 4.0));
  CHECK(holds(T::b(T::product(c, ac)), 8.0));
  CHECK(holds(T::b(T::a(c2)), 12.0));
  CHECK(holds(T::b(T::a(ac)), 24.0));
  CHECK(holds(T::b(T::power(4)), 5.0));
  CHECK(holds(T::b(T::product(c2, ac)), 10.0));
  CHECK(holds(T::b(T::product(ac, ac)), 20.0));
  CHECK(holds(T::b(T::product(c, T::a(c2))), 15.0));
  CHECK(holds(T::b(T::product(c, T::a(ac))), 30.0));
  CHECK(holds(T::b(T::a(c3)), 20.0));
  CHECK(holds(T::b(T::a(T::product(c, ac))), 40.0));
  CHECK(holds(T::b(T::a(T::a(c2))), 60.0));
  CHECK(holds(T::b(T::a(T::a(ac))), 120.0));
}

TEST_CASE("order 8 meets the conditions of quadrature, and the long chains, up to its order") {
  using T = Table<DormandPrince8>;
  double factorial = 1.0;
  auto chain = T::ones();
  for (int k = 1; k <= 8; ++k) {
    CHECK(std::abs(T::b(T::power(k - 1)) - 1.0 / k) < digits);
    factorial *= k;
    CHECK(std::abs(T::b(chain) - 1.0 / factorial) < digits);
    chain = T::a(chain);
    if (k < 8) CHECK(std::abs(T::b(T::a(T::power(k - 1))) - 1.0 / (k * (k + 1.0))) < digits);
  }
  CHECK(std::abs(T::b(T::power(8)) - 1.0 / 9.0) > 1e-6);
}

TEST_CASE_TEMPLATE("the weights of the error see nothing of what a lower order gets right", Pair,
                   Tsit5, DormandPrince5, DormandPrince8) {
  using T = Table<Pair>;
  const bool is_order8 = Pair::order == 8.0;
  const int n_blind = is_order8 ? 5 : 4;
  for (int k = 0; k < n_blind; ++k) CHECK(std::abs(T::weigh(Pair::error, T::power(k))) < digits);
  CHECK(std::abs(T::weigh(Pair::error, T::power(n_blind))) > 1e-6);
  if constexpr (is_order8) {
    for (int k = 0; k < 3; ++k) CHECK(std::abs(T::weigh(Pair::error_coarse, T::power(k))) < digits);
    CHECK(std::abs(T::weigh(Pair::error_coarse, T::power(3))) > 1e-6);
  }
}

TEST_CASE_TEMPLATE("the interpolant integrates powers of its order, and ends in the step", Pair,
                   Tsit5, DormandPrince5, DormandPrince8) {
  using T = Table<Pair>;
  const int order = Pair::order == 8.0 ? 7 : 4;
  for (const double theta : {0.0, 0.2, 0.5, 0.85, 1.0}) {
    std::array<double, T::n_rows> weights{};
    for (std::size_t s = 0; s < T::n_rows; ++s) weights[s] = dense_weight<Pair>(s, theta);
    for (int k = 1; k <= order; ++k)
      CHECK(std::abs(T::weigh(weights, T::power(k - 1)) - std::pow(theta, k) / k) < 1e-12);
  }
  for (std::size_t s = 0; s < T::n_rows; ++s) {
    const double b = s < T::n ? Pair::a[T::n - 1][s] : 0.0;
    CHECK(std::abs(dense_weight<Pair>(s, 1.0) - b) < 1e-12);
    CHECK(std::abs(dense_weight<Pair>(s, 1e-9) - (s == 0 ? 1e-9 : 0.0)) < 1e-15);
  }
}

TEST_CASE_TEMPLATE("the errors of steps, interpolant and estimate fall with their orders", Pair,
                   Tsit5, DormandPrince5, DormandPrince8) {
  const bool is_order8 = Pair::order == 8.0;
  const int n = is_order8 ? 16 : 128;
  const Errors coarse = run<Pair>(n), fine = run<Pair>(2 * n);
  CHECK(std::abs(slope(coarse.steps, fine.steps) - Pair::order) < 0.3);
  CHECK(slope(coarse.between, fine.between) > (is_order8 ? 7.0 : 4.0));
  CHECK(std::max(coarse.at_ends, fine.at_ends) < 1e-13);
  const Errors finer = run<Pair>(4 * n), finest = run<Pair>(8 * n);
  CHECK(std::abs(slope(finer.estimate, finest.estimate) - Pair::error_order) < 0.4);
}
