// Every flow of the body by itself: where it starts, where it arrives, and how large it is.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>

#include <mgpk/body/body.hpp>
#include <mgpk/kidney/excretion.hpp>

#include "bodies.hpp"

using namespace mgpk;

namespace {

using L = body::Layout<2>;
using State = std::array<double, L::n_states>;

const body::Body<2>& model() {
  static const auto one = support::body_of<2>();
  return one;
}

/// The derivatives of a body in which one state alone holds an amount.
State alone(std::size_t state, double amount) {
  State x{}, dxdt;
  x[state] = amount;
  model().derivatives(0.0, x, dxdt);
  return dxdt;
}

/// The rate at which a segment of a fasted person is left, with so many ions in the colon.
double leaves_per_h(std::size_t segment, double ions_mmol) {
  const auto& gut = model().parameters.gut;
  if (segment == gut::stomach) return gut.emptying.fasted_per_h;
  if (segment == gut::colon) return gut::colon_rate_per_h(gut.transit, ions_mmol);
  return gut::transit_rate_per_h(gut.transit, segment);
}

doctest::Approx near(double value) { return doctest::Approx(value).epsilon(1e-12); }

}  // namespace

TEST_CASE("dissolved magnesium is absorbed in every segment but the stomach, and moves on") {
  const auto& gut = model().parameters.gut;
  for (std::size_t label = 0; label < L::n_labels; ++label) {
    const double f = label == 0 ? model().sources[0].f_available : 1.0;
    for (std::size_t segment = gut::stomach; segment < gut::n_segments; ++segment) {
      const State flows = alone(L::dissolved(label, segment), 2.0);
      const bool stomach = segment == gut::stomach, colon = segment == gut::colon;
      const double absorbed = stomach ? 0.0 : gut::uptake_mmol_per_h(gut.uptake[segment], 2.0 * f);
      const double moved = 2.0 * leaves_per_h(segment, 2.0);
      CHECK(flows[L::plasma] == near(absorbed));
      CHECK(flows[L::absorbed(label)] == near(absorbed));
      CHECK(flows[colon ? L::feces_dissolved(label) : L::dissolved(label, segment + 1)] ==
            near(moved));
      CHECK(flows[L::dissolved(label, segment)] == near(-absorbed - moved));
    }
  }
}

TEST_CASE("solid magnesium dissolves where it is, and moves on") {
  for (std::size_t source = 0; source < L::n_sources; ++source) {
    const auto& rates = model().sources[source].dissolution;
    for (std::size_t segment = gut::stomach; segment < gut::n_segments; ++segment) {
      const State flows = alone(L::solid(source, segment), 3.0);
      const bool stomach = segment == gut::stomach, colon = segment == gut::colon;
      const double dissolved = 3.0 * (stomach ? rates.stomach_per_h : rates.intestine_per_h);
      const double moved = 3.0 * leaves_per_h(segment, 0.0);
      CHECK(flows[L::dissolved(source, segment)] == near(dissolved));
      CHECK(flows[colon ? L::feces_solid(source) : L::solid(source, segment + 1)] == near(moved));
      CHECK(flows[L::solid(source, segment)] == near(-dissolved - moved));
    }
  }
}

TEST_CASE("binders hold back what is dissolved beside them, and move on with it") {
  const auto& uptake = model().parameters.gut.uptake[gut::jejunum];
  State x{}, dxdt;
  x[L::dissolved(1, gut::jejunum)] = 2.0;
  x[L::binder(gut::jejunum)] = 3.0;  // leaves a quarter open
  model().derivatives(0.0, x, dxdt);
  CHECK(dxdt[L::absorbed(1)] == near(gut::uptake_mmol_per_h(uptake, 0.5)));
  CHECK(dxdt[L::absorbed_in(gut::jejunum)] == dxdt[L::absorbed(1)]);
  const State flows = alone(L::binder(gut::stomach), 2.0);
  CHECK(flows[L::binder(gut::duodenum)] == near(2.0 * leaves_per_h(gut::stomach, 0.0)));
  CHECK(flows[L::binder(gut::stomach)] == -flows[L::binder(gut::duodenum)]);
  CHECK(alone(L::binder(gut::colon), 2.0)[L::binder(gut::colon)] ==
        near(-2.0 * leaves_per_h(gut::colon, 0.0)));
}

TEST_CASE("a meal slows the stomach and wakes its acid") {
  const auto& gut = model().parameters.gut;
  const State flows = alone(L::meal, 1.0);
  CHECK(flows[L::meal] == near(-gut::emptying_rate_per_h(gut.emptying, 1.0)));
  CHECK(flows[L::acid] == near(gut.acid.basal_mmol_per_h + gut.acid.meal_mmol_per_h));
  const State acid = alone(L::acid, 2.0);
  CHECK(acid[L::acid] == near(gut.acid.basal_mmol_per_h - 2.0 * gut.emptying.fasted_per_h));
}

TEST_CASE("plasma gives to tissue, urine, sweat and gut") {
  const auto& p = model().parameters;
  const double c = 0.9;
  const State flows = alone(L::plasma, c * p.blood.v_plasma_L);
  CHECK(flows[L::interstitial] == near(p.tissue.q_L_per_h * c));
  CHECK(flows[L::slow] == near(p.tissue.slow.cl_in_L_per_h * c));
  CHECK(flows[L::urine] == near(kidney::excretion_mmol_per_h(p.kidney, p.blood.f_uf * c)));
  CHECK(flows[L::sweat] == near(p.cl_sweat_L_per_h * c));
  CHECK(flows[L::secreted] == near(p.gut.cl_secretion_L_per_h * c));
  CHECK(flows[L::dissolved(L::endogenous, gut::duodenum)] == flows[L::secreted]);
  CHECK(flows[L::auc_plasma] == near(c));
}

TEST_CASE("tissue gives back, cells to the interstitium, the slow pool to plasma") {
  const auto& t = model().parameters.tissue;
  const State interstitial = alone(L::interstitial, 0.85 * t.v_interstitial_L);
  CHECK(interstitial[L::plasma] == near(t.q_L_per_h * 0.85));
  CHECK(interstitial[L::cells] == near(t.cells.turnover_mmol_per_h));
  const State cells = alone(L::cells, 100.0);
  CHECK(cells[L::interstitial] == near(100.0 * t.cells.k_per_h));
  CHECK(cells[L::cells] == near(-100.0 * t.cells.k_per_h));
  const State slow = alone(L::slow, 300.0);
  CHECK(slow[L::plasma] == near(300.0 * t.slow.k_per_h));
  CHECK(slow[L::slow] == near(-300.0 * t.slow.k_per_h));
}

TEST_CASE("red cells follow plasma, and slow adaptation is off unless it is asked for") {
  const auto& t = model().parameters.tissue;
  const double c = 0.85 * model().parameters.blood.v_plasma_L;
  CHECK(alone(L::plasma, c)[L::red_cells] == near(t.red_cells.turnover_mmol_per_h));
  const State cells = alone(L::red_cells, 4.0);
  CHECK(cells[L::plasma] == near(4.0 * t.red_cells.k_per_h));
  CHECK(cells[L::red_cells] == near(-4.0 * t.red_cells.k_per_h));
  CHECK(alone(L::plasma, c)[L::tm_shift] == 0.0);
  auto adapting = model();
  adapting.parameters.adaptation.gain_relative = 0.1;
  State x{}, dxdt;
  adapting.derivatives(0.0, x, dxdt);
  CHECK(dxdt[L::tm_shift] > 0.0);  // no plasma at all: hold on to what comes
}

TEST_CASE("a depot in the muscle, an infusion, and glycine") {
  const auto& p = model().parameters;
  const State depot = alone(L::im_depot, 8.0);
  CHECK(depot[L::plasma] == near(8.0 * p.blood.ka_im_per_h));
  auto dripping = model();
  dripping.iv_mmol_per_h = 4.0;
  State x{}, dxdt;
  dripping.derivatives(0.0, x, dxdt);
  CHECK(dxdt[L::plasma] == 4.0);
  const State swallowed = alone(L::glycine_gut, 10.0);
  CHECK(swallowed[L::glycine_plasma] == near(10.0 * p.glycine.ka_per_h));
  CHECK(alone(L::glycine_plasma, 10.0)[L::glycine_plasma] == near(-10.0 * p.glycine.k_per_h));
}

TEST_CASE("the numbers of a person: volumes and pools by weight, flows by the reference level") {
  Subject person;
  person.weight_kg = 35;
  person.gfr_mL_per_min = 60;
  person.albumin_g_per_L = 20;
  const auto p = support::body_of<1>(person).parameters;
  const auto& q = model().parameters;
  CHECK(p.blood.v_plasma_L == near(0.5 * q.blood.v_plasma_L));
  CHECK(p.tissue.v_interstitial_L == near(0.5 * q.tissue.v_interstitial_L));
  CHECK(p.tissue.q_L_per_h == near(0.5 * q.tissue.q_L_per_h));
  CHECK(p.tissue.cells.turnover_mmol_per_h == near(0.5 * q.tissue.cells.turnover_mmol_per_h));
  CHECK(p.tissue.slow.cl_in_L_per_h == near(0.5 * q.tissue.slow.cl_in_L_per_h));
  CHECK(p.kidney.gfr_L_per_h == near(3.6));
  CHECK(p.blood.f_uf > q.blood.f_uf);
  CHECK(p.blood.f_ionized / p.blood.f_uf == near(q.blood.f_ionized / q.blood.f_uf));
  CHECK(p.gut.cl_secretion_L_per_h == q.gut.cl_secretion_L_per_h);
}
