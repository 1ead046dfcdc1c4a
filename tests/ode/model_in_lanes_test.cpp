// A model that takes inverses: the same numbers but for rounding, and the same bits at every width.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

#include <mgpk/ode/ensemble/model_in_lanes.hpp>

#include "crowd.hpp"

namespace {

using namespace crowd;

/// The person of the crowd, and nothing else.
template <class Par>
struct Inverting : Person<Par> {
  static constexpr bool takes_inverses = true;
};

template <class Number>
Number select(bool which, const Number& yes, const Number& no) {
  return which ? yes : no;
}

/// Every function of one or two parameters that a model may call; its state does not matter.
template <class Par>
struct Fussy {
  static constexpr std::size_t n_states = 12;
  static constexpr bool takes_inverses = true;
  Par a{1.7}, b{0.6};

  template <class Real>
  void derivatives(const Real&, const State<Real, 12>& x, State<Real, 12>& dxdt) const {
    using std::abs, std::cos, std::exp, std::expm1, std::log, std::log1p, std::max, std::min,
        std::pow, std::sin, std::sqrt, std::tanh;
    dxdt[0] = exp(a) + expm1(b);
    dxdt[1] = log(a) - log1p(b);
    dxdt[2] = sin(a) * cos(b);
    dxdt[3] = tanh(a) + sqrt(b);
    dxdt[4] = pow(a, b) + pow(a, 1.5);
    dxdt[5] = pow(1.0 + x[0], b) + pow(a, 1.0 + x[0]);
    dxdt[6] = max(a, b) - min(a, b) + abs(-a);
    dxdt[7] = a + b - a * b + a / b - -a;
    dxdt[8] = (2.0 - a) * (a - 2.0) + (3.0 * a + a * 3.0) / (1.0 + b + (b + 1.0));
    dxdt[9] = 2.0 / a + a / 2.0;
    dxdt[10] = (1.0 + x[0]) / a + a / (1.0 + x[0]) + (1.0 + x[0]) * b;
    dxdt[11] = select(a > b, 1.0 + x[0], x[0]);
  }
};
template <class System_>
class People {
 public:
  using System = System_;
  using Columns = AllStates<System>;

  explicit People(const std::vector<Member>& members) : members_(members) {
    for (const Member& member : members) rows_.emplace_back(member.times_h.size() * n_states);
  }
  std::size_t size() const { return members_.size(); }
  System system(std::size_t i) const { return {members_[i].person}; }
  State<double, n_states> start(std::size_t i) const { return members_[i].start; }
  double start_h(std::size_t i) const { return members_[i].start_h; }
  std::span<const Stop> stops(std::size_t i) const { return members_[i].stops; }
  std::span<const double> times_h(std::size_t i) const { return members_[i].times_h; }
  double* rows(std::size_t i) const { return rows_[i].data(); }
  void done(std::size_t, const MemberStatus& status) const { CHECK(status.ok()); }
  void change(std::size_t, const Stop& stop, System& system, State<double, n_states>& x) const {
    system.supply_mmol_per_h = stop.amount;
    x[2] *= 0.9;
  }

  mutable std::vector<std::vector<double>> rows_;

 private:
  const std::vector<Member>& members_;
};

template <class System, std::size_t Width>
std::vector<std::vector<double>> rows_of(const std::vector<Member>& members) {
  const People<System> people(members);
  Batch<People<System>, Tsit5, Width, 2> batch(people, options_of(EnsembleMethod::order5).solver);
  std::size_t next = 0;
  batch.run([&] { return next < members.size() ? next++ : npos; }, [] { return false; });
  return people.rows_;
}

}  // namespace

TEST_CASE("a model that takes inverses has constants in its lanes") {
  static_assert(std::is_same_v<ModelInLanes<Inverting<double>, Lanes<4>>, Inverting<Constant<4>>>);
  static_assert(std::is_same_v<ModelInLanes<Person<double>, Lanes<4>>, Person<Lanes<4>>>);
}

TEST_CASE("inverses change no more than the last digits") {
  const auto members = mixed(40);
  const auto with = rows_of<Inverting<double>, 4>(members);
  const auto without = rows_of<Person<double>, 4>(members);
  for (std::size_t i = 0; i < members.size(); ++i)
    for (std::size_t k = 0; k < with[i].size(); ++k) {
      CAPTURE(i);
      CAPTURE(k);
      CHECK(std::abs(with[i][k] - without[i][k]) <= 1e-9 * (1e-3 + std::abs(without[i][k])));
    }
}

TEST_CASE("with inverses a lane has the same bits at every width") {
  const auto members = mixed(40);
  const auto expected = rows_of<Inverting<double>, 1>(members);
  const auto wide = rows_of<Inverting<double>, 8>(members);
  for (std::size_t i = 0; i < members.size(); ++i) CHECK(same_bits(wide[i], expected[i]));
}

TEST_CASE("constants go through every function of a model") {
  ModelInLanes<Fussy<double>, Lanes<4>> lanes;
  seat_in_lane<Lanes<4>>(lanes, 2, Fussy<double>{.a = 2.3, .b = 0.4});
  std::array<Lanes<4>, 12> x, dxdt;
  x.fill(Lanes<4>(0.5));
  lanes.derivatives(Lanes<4>(0.0), x, dxdt);
  State<double, 12> at, usual, own;
  at.fill(0.5);
  Fussy<double>{}.derivatives(0.0, at, usual);
  Fussy<double>{.a = 2.3, .b = 0.4}.derivatives(0.0, at, own);
  for (std::size_t i = 0; i < 12; ++i) {
    CAPTURE(i);
    CHECK(dxdt[i][1] == doctest::Approx(usual[i]).epsilon(1e-14));
    CHECK(dxdt[i][2] == doctest::Approx(own[i]).epsilon(1e-14));
  }
}

TEST_CASE("constants with slopes have the values of those without, and true slopes") {
  using Number = Dual<2>;
  using Wide = Dual<2, Lanes<4>>;
  const Number a(2.3, {1.0, 0.5}), b(0.4, {0.0, -2.0});
  const Fussy<Number> person{.a = a, .b = b};
  ModelInLanes<Fussy<Number>, Wide> lanes;
  static_assert(std::is_same_v<decltype(lanes), Fussy<SlopedConstant<2, Lanes<4>>>>);
  for (std::size_t lane = 0; lane < 4; ++lane) seat_in_lane<Wide>(lanes, lane, person);
  ModelInLanes<Fussy<double>, Lanes<4>> plain;
  for (std::size_t lane = 0; lane < 4; ++lane)
    seat_in_lane<Lanes<4>>(plain, lane, Fussy<double>{.a = 2.3, .b = 0.4});

  std::array<Wide, 12> x, dxdt;
  x.fill(Wide(0.5));
  lanes.derivatives(Wide(0.0), x, dxdt);
  std::array<Lanes<4>, 12> plain_x, values;
  plain_x.fill(Lanes<4>(0.5));
  plain.derivatives(Lanes<4>(0.0), plain_x, values);
  State<Number, 12> at, exact;
  at.fill(Number(0.5));
  person.derivatives(Number(0.0), at, exact);
  for (std::size_t i = 0; i < 12; ++i) {
    CAPTURE(i);
    CHECK(dxdt[i].value[3] == values[i][3]);
    for (std::size_t p = 0; p < 2; ++p)
      CHECK(dxdt[i].slope[p][3] == doctest::Approx(exact[i].slope[p]).epsilon(1e-13));
  }
}
