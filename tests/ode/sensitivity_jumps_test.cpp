#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <functional>
#include <span>
#include <stdexcept>
#include <vector>

#include <mgpk/ode/ensemble/sensitivities.hpp>
#include <mgpk/ode/periodic_sensitivity.hpp>

namespace {

using namespace mgpk::ode;

/// x' = rate - k x, whose curves and slopes are known in closed form.
template <class Par>
struct Compartment {
  static constexpr std::size_t n_states = 1;
  Par k_per_h{0.3};
  Par rate_mmol_per_h{0.0};
  template <class Time, class Real>
  void derivatives(const Time&, const State<Real, 1>& x, State<Real, 1>& dxdt) const {
    dxdt[0] = rate_mmol_per_h - k_per_h * x[0];
  }
};

/// What the custom stops of this file do, by their index.
enum Kind : std::size_t { add_rate, set_k, saturate };

/// One person, one direction, given by what it does to the stops.
struct One {
  using System = Compartment<double>;
  using Columns = AllStates<System>;

  std::vector<Stop> list;
  std::function<StopSlope(std::size_t)> slope_of;
  std::vector<double> times{1.0, 2.0, 5.0, 6.5, 9.0};
  double start_mmol = 0.0;
  mutable std::vector<double> numbers = std::vector<double>(10);
  mutable MemberStatus status{};

  std::size_t size() const { return 1; }
  System system(std::size_t) const { return {}; }
  State<double, 1> start(std::size_t) const { return {start_mmol}; }
  double start_h(std::size_t) const { return 0.0; }
  std::span<const Stop> stops(std::size_t) const { return list; }
  std::span<const double> times_h(std::size_t) const { return times; }
  double* rows(std::size_t) const { return numbers.data(); }
  void done(std::size_t, const MemberStatus& how) const { status = how; }
  std::size_t n_directions() const { return 1; }
  void differentiate(std::size_t, std::size_t, System&, State<double, 1>&) const {}
  StopSlope stop_slope(std::size_t, std::size_t k, std::size_t) const { return slope_of(k); }
  template <class Model, class AnyStop, class AnyState>
  void change(std::size_t, const AnyStop& stop, Model& model, AnyState& x) const {
    if (stop.index == add_rate) model.rate_mmol_per_h += stop.amount;
    if (stop.index == set_k) model.k_per_h = stop.amount;
    if (stop.index == saturate) x[0] = x[0] / (1.0 + x[0]);
  }
};

EnsembleOptions tight() {
  EnsembleOptions options;
  options.solver.relative_tolerance = 1e-12;
  options.solver.absolute_tolerance = 1e-14;
  return options;
}

/// Solves and compares the slope at every time with a closed form.
void check_slopes(One& one, const std::function<double(double)>& exact) {
  solve_sensitivities<1>(one, tight());
  REQUIRE(one.status.ok());
  double largest = 0.0;
  for (const double t : one.times) largest = std::max(largest, std::abs(exact(t)));
  REQUIRE(largest > 0.01);
  for (std::size_t i = 0; i < one.times.size(); ++i) {
    INFO("at " << one.times[i] << " h");
    CHECK(std::abs(one.numbers[2 * i + 1] - exact(one.times[i])) < 1e-8 * largest);
  }
}

constexpr double k = 0.3;

}  // namespace

TEST_CASE("a dose: the slope grows by that of the amount") {
  One one{.list = {{2.0, Change::add_to_state, 0, 5.0}},
          .slope_of = [](std::size_t) { return StopSlope{.amount = 5.0}; }};
  check_slopes(one, [](double t) { return t < 2.0 ? 0.0 : 5.0 * std::exp(-k * (t - 2.0)); });
}

TEST_CASE("a dose that comes later: the slope jumps by the difference of the flows") {
  One one{.list = {{2.0, Change::add_to_state, 0, 5.0}},
          .slope_of = [](std::size_t) { return StopSlope{.t_h = 1.0}; },
          .start_mmol = 3.0};
  check_slopes(one, [](double t) { return t < 2.0 ? 0.0 : k * 5.0 * std::exp(-k * (t - 2.0)); });
}

TEST_CASE("two doses at one time, of which one has a lag") {
  One one{.list = {{2.0, Change::add_to_state, 0, 5.0}, {2.0, Change::add_to_state, 0, 1.0}},
          .slope_of = [](std::size_t stop) { return StopSlope{.t_h = stop == 1 ? 1.0 : 0.0}; }};
  check_slopes(one, [](double t) { return t < 2.0 ? 0.0 : k * std::exp(-k * (t - 2.0)); });
}

TEST_CASE("an infusion: its start, its length and its rate") {
  const std::vector<Stop> infusion{{1.0, Change::custom, add_rate, 4.0},
                                   {5.0, Change::custom, add_rate, -4.0}};
  const auto after = [](double t, double from) {
    return t < from ? 0.0 : std::exp(-k * (t - from));
  };
  One starts{.list = infusion,
             .slope_of = [](std::size_t stop) { return StopSlope{.t_h = stop == 0 ? 1.0 : 0.0}; }};
  check_slopes(starts, [&](double t) { return -4.0 * after(t, 1.0); });
  One ends{.list = infusion,
           .slope_of = [](std::size_t stop) { return StopSlope{.t_h = stop == 1 ? 1.0 : 0.0}; }};
  check_slopes(ends, [&](double t) { return 4.0 * after(t, 5.0); });
  One stronger{.list = infusion,
               .slope_of = [](std::size_t stop) { return StopSlope{.amount = stop ? -1.0 : 1.0}; }};
  check_slopes(stronger, [&](double t) {
    const double since_start = t < 1.0 ? 0.0 : 1.0 - after(t, 1.0);
    const double since_end = t < 5.0 ? 0.0 : 1.0 - after(t, 5.0);
    return (since_start - since_end) / k;
  });
}

TEST_CASE("a change of a rate constant, in its size and in its time") {
  One one{.list = {{2.0, Change::custom, set_k, 0.8}},
          .slope_of = [](std::size_t) { return StopSlope{.t_h = 1.0, .amount = 2.0}; },
          .start_mmol = 3.0};
  check_slopes(one, [](double t) {
    const double x = 3.0 * std::exp(-k * 2.0 - 0.8 * (t - 2.0));
    return t < 2.0 ? 0.0 : ((0.8 - k) - 2.0 * (t - 2.0)) * x;
  });
}

TEST_CASE("a change of the state at a time that moves") {
  One one{.list = {{2.0, Change::custom, saturate, 0.0}},
          .slope_of = [](std::size_t) { return StopSlope{.t_h = 1.0}; },
          .start_mmol = 3.0};
  check_slopes(one, [](double t) {
    const double x = 3.0 * std::exp(-k * 2.0), left = 1.0 / (1.0 + x);
    return t < 2.0 ? 0.0 : (left * left * -k * x + k * x * left) * std::exp(-k * (t - 2.0));
  });
}

namespace {

/// Fed in a daily rhythm: x1' = supply (1 + cos wt) - k x1, x2' = k x1 - e x2.
template <class Par>
struct Rhythm {
  static constexpr std::size_t n_states = 2;
  static constexpr double per_day = 0.2617993877991494;  // 2 pi / 24
  Par supply{0.7};
  Par k_per_h{0.3};
  Par e_per_h{0.05};
  template <class Time, class Real>
  void derivatives(const Time& t_h, const State<Real, 2>& x, State<Real, 2>& dxdt) const {
    using std::cos;
    dxdt[0] = supply * (1.0 + cos(per_day * t_h)) - k_per_h * x[0];
    dxdt[1] = k_per_h * x[0] - e_per_h * x[1];
  }
};

/// One day, with slopes along both states and the three numbers.
struct Day {
  using System = Rhythm<double>;
  using Columns = AllStates<System>;
  static constexpr std::size_t per_column = 6;
  std::vector<double> end{24.0};
  State<double, 2> morning{1.0, 2.0};
  mutable std::array<double, 2 * per_column> row{};

  std::size_t size() const { return 1; }
  System system(std::size_t) const { return {}; }
  State<double, 2> start(std::size_t) const { return morning; }
  double start_h(std::size_t) const { return 0.0; }
  std::span<const Stop> stops(std::size_t) const { return {}; }
  std::span<const double> times_h(std::size_t) const { return end; }
  double* rows(std::size_t) const { return row.data(); }
  void done(std::size_t, const MemberStatus&) const {}
  std::size_t n_directions() const { return per_column - 1; }
  double end_of(std::size_t state) const { return row[state * per_column]; }
  /// The slopes of the day's end by the numbered directions.
  Eigen::MatrixXd slopes(std::size_t first, std::size_t n) const {
    Eigen::MatrixXd found(2, static_cast<Eigen::Index>(n));
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t j = 0; j < n; ++j)
        found(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) =
            row[i * per_column + 1 + first + j];
    return found;
  }
  void differentiate(std::size_t, std::size_t direction, System& d_system,
                     State<double, 2>& d_start) const {
    if (direction < 2) d_start[direction] = 1.0;
    if (direction == 2) d_system.supply = 1.0;
    if (direction == 3) d_system.k_per_h = 1.0;
    if (direction == 4) d_system.e_per_h = 1.0;
  }
};

}  // namespace

TEST_CASE("the slopes of a periodic state follow from those of its day") {
  Day day;
  solve_sensitivities<2>(day, tight());
  // The day is linear: one Newton step leads to the state that it gives back.
  const Eigen::Vector2d gained(day.end_of(0) - day.morning[0], day.end_of(1) - day.morning[1]);
  const Eigen::MatrixXd way = periodic_sensitivity(day.slopes(0, 2), gained);
  for (std::size_t i = 0; i < 2; ++i) day.morning[i] += way(static_cast<Eigen::Index>(i), 0);
  solve_sensitivities<2>(day, tight());
  CHECK(day.end_of(1) == doctest::Approx(day.morning[1]).epsilon(1e-10));
  const Eigen::MatrixXd found = periodic_sensitivity(day.slopes(0, 2), day.slopes(2, 3));

  // The answer to supply e^(iwt) is supply/(k + iw), and k/(e + iw) times that.
  const Rhythm<double> model;
  const double s = model.supply, ke = model.k_per_h, e = model.e_per_h;
  const std::complex<double> iw(0.0, model.per_day), kw = ke + iw, ew = e + iw;
  const double exact[2][3] = {
      {1.0 / ke + (1.0 / kw).real(), -s / (ke * ke) - (s / (kw * kw)).real(), 0.0},
      {1.0 / e + (ke / (kw * ew)).real(), (s * iw / (kw * kw * ew)).real(),
       -s / (e * e) - (s * ke / (kw * ew * ew)).real()}};
  for (Eigen::Index i = 0; i < 2; ++i)
    for (Eigen::Index j = 0; j < 3; ++j) {
      INFO("state " << i << ", parameter " << j);
      CHECK(found(i, j) == doctest::Approx(exact[i][j]).epsilon(1e-9));
    }
}

TEST_CASE("a state that a day leaves free has no one periodic value") {
  Eigen::MatrixXd by_state = Eigen::MatrixXd::Identity(2, 2);
  by_state(0, 0) = 0.5;
  CHECK_THROWS_AS(periodic_sensitivity(by_state, Eigen::MatrixXd::Ones(2, 1)),
                  std::invalid_argument);
  CHECK_THROWS_AS(periodic_sensitivity(Eigen::MatrixXd::Zero(2, 3), Eigen::MatrixXd::Ones(2, 1)),
                  std::invalid_argument);
  CHECK_THROWS_AS(periodic_sensitivity(Eigen::MatrixXd::Zero(2, 2), Eigen::MatrixXd::Ones(3, 1)),
                  std::invalid_argument);
}
