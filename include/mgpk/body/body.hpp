// The one place where organs meet: a dose goes to the gut, the blood carries it, tissue stores it,
// the kidney lets it go.
#pragma once

#include <array>
#include <cstddef>
#include <string>

#include <mgpk/body/each.hpp>
#include <mgpk/body/layout.hpp>
#include <mgpk/body/parameters.hpp>
#include <mgpk/body/sinks.hpp>
#include <mgpk/gut/secretion.hpp>
#include <mgpk/inlined.hpp>
#include <mgpk/skin/sweat.hpp>
#include <mgpk/tissue/exchange.hpp>

namespace mgpk::body {

/// The whole body as a system of ordinary differential equations (mmol, L, h): nothing but numbers.
///
/// `Sources` things can be swallowed at once, food included; `Par` is the scalar of the parameters.
/// The state's scalar is chosen per call, so the same text gives values, exact derivatives, batches
/// and the check of its own units. Equations: docs/equations.md.
template <std::size_t Sources, class Par = double>
struct Equations {
  using L = Layout<Sources>;
  static constexpr std::size_t n_states = L::n_states;
  static constexpr std::size_t n_readouts = L::n_states - L::first_readout;
  /// All but the shift of Tm, which goes both ways.
  static constexpr bool state_is_non_negative(std::size_t i) { return i != L::tm_shift; }
  template <class Real>
  using State = std::array<Real, n_states>;
  template <class Values>
  using Of = typename Values::value_type;  ///< the scalar of a state

  BodyParameters<Par> parameters;
  std::array<SourceParameters<Par>, Sources> sources;
  Par iv_mmol_per_h{};  ///< infusion into plasma; constant between two stops of the timeline
  Par gfr_change_L_per_h_per_h{};  ///< slope of the GFR; constant between two stops
  Par gfr_from_h{};                ///< when the GFR was that of the parameters

  template <class Time, class Real>
  void derivatives(const Time& t_h, const State<Real>& x, State<Real>& dxdt) const {
    // Summed up here and not in dxdt: for all a compiler knows, x could be the same place.
    Totals<Real, n_states> totals;
    flows(t_h, x, totals);
    dxdt = totals.dxdt;
  }

  /// All that moves, told to a sink (body/sinks.hpp). `x` may hold more than the body: the states
  /// of the body come first.
  template <class Time, class Values, class Sink>
  MGPK_INLINED void flows(const Time& t_h, const Values& x, Sink& sink) const {
    const auto empties_per_h = gut::emptying_rate_per_h(parameters.gut.emptying, x[L::meal]);
    dissolve_in_stomach(empties_per_h, x, sink);
    move_on(gut::stomach, empties_per_h, x, sink);
    const auto& transit = parameters.gut.transit;
    each<Sink, gut::n_segments - 1>([&](std::size_t after_stomach) MGPK_INLINED {
      const std::size_t segment = gut::duodenum + after_stomach;
      dissolve_after_stomach(segment, x, sink);
      absorb(segment, x, sink);
      if (segment == gut::colon) {
        move_on(segment, gut::colon_rate_per_h(transit, unabsorbed_ions_mmol<Sink>(x)), x, sink);
      } else {
        move_on(segment, gut::transit_rate_per_h(transit, segment), x, sink);
      }
    });
    exchange_with_tissue(x, sink);
    lose(t_h, x, sink);
    carry_glycine(x, sink);
  }

  /// A dose arrives in a state at once.
  template <class Values>
  void arrive(Values& x, std::size_t state, double amount) const {
    x[state] += amount;
  }

  template <class Values>
  Of<Values> c_plasma_total_mmol_per_L(const Values& x) const {
    return x[L::plasma] / parameters.blood.v_plasma_L;
  }
  template <class Values>
  Of<Values> c_interstitial_mmol_per_L(const Values& x) const {
    return x[L::interstitial] / parameters.tissue.v_interstitial_L;
  }
  template <class Values>
  Of<Values> c_plasma_uf_mmol_per_L(const Values& x) const {
    return parameters.blood.f_uf * c_plasma_total_mmol_per_L(x);
  }
  template <class Time>
  auto gfr_L_per_h(const Time& t_h) const {
    return parameters.kidney.gfr_L_per_h + gfr_change_L_per_h_per_h * (t_h - gfr_from_h);
  }
  template <class Time, class Values>
  Of<Values> urine_mmol_per_h(const Time& t_h, const Values& x) const {
    return kidney::excretion_mmol_per_h(gfr_L_per_h(t_h), tubule(x), c_plasma_uf_mmol_per_L(x));
  }
  /// The tubule as slow adaptation has left it.
  template <class Values>
  kidney::TubuleParameters<Of<Values>> tubule(const Values& x) const {
    const auto& t = parameters.kidney.tubule;
    return {t.tm_mmol_per_L * (1.0 + x[L::tm_shift]), Of<Values>(t.splay_mmol_per_L)};
  }

 private:
  template <class Real, class Values, class Sink>
  MGPK_INLINED void dissolve_in_stomach(const Real& empties_per_h, const Values& x,
                                        Sink& sink) const {
    const auto& g = parameters.gut;
    const Real acid_supply = gut::acid_supply(g.acid, x[L::acid]);
    sink.change(L::meal, -empties_per_h * x[L::meal]);
    sink.change(L::acid,
                gut::acid_secretion_mmol_per_h(g.acid, x[L::meal]) - empties_per_h * x[L::acid]);
    each<Sink, Sources>([&](std::size_t source) MGPK_INLINED {
      const auto& d = sources[source].dissolution;
      const Real& solid = x[L::solid(source, gut::stomach)];
      const Real by_acid = gut::acid_dissolution_mmol_per_h(d, solid, acid_supply);
      sink.change(L::acid, -g.n_acid_per_magnesium * by_acid);
      sink.flow(L::solid(source, gut::stomach), L::dissolved(source, gut::stomach),
                d.stomach_per_h * solid + by_acid);
    });
  }

  template <class Values, class Sink>
  MGPK_INLINED void dissolve_after_stomach(std::size_t segment, const Values& x, Sink& sink) const {
    each<Sink, Sources>([&](std::size_t source) MGPK_INLINED {
      const std::size_t solid = L::solid(source, segment);
      sink.flow(solid, L::dissolved(source, segment),
                sources[source].dissolution.intestine_per_h * x[solid]);
    });
  }

  /// Ions in the colon that hold water: magnesium, and with it what of a salt is hardly absorbed.
  template <class Sink, class Values>
  MGPK_INLINED Of<Values> unabsorbed_ions_mmol(const Values& x) const {
    Of<Values> sum = x[L::dissolved(L::endogenous, gut::colon)];
    each<Sink, Sources>([&](std::size_t source) MGPK_INLINED {
      sum += sources[source].n_unabsorbed_ions * x[L::dissolved(source, gut::colon)];
    });
    return sum;
  }

  /// One flux on the total, shared among the labels by what each holds that is open to uptake.
  template <class Values, class Sink>
  MGPK_INLINED void absorb(std::size_t segment, const Values& x, Sink& sink) const {
    using Real = Of<Values>;
    std::array<Real, L::n_labels> available;
    Real total{};
    each<Sink, L::n_labels>([&](std::size_t label) MGPK_INLINED {
      const Real& dissolved = x[L::dissolved(label, segment)];
      available[label] =
          label == L::endogenous ? dissolved : sources[label].f_available * dissolved;
      total += available[label];
    });
    const Real rate_per_h =
        gut::uptake_rate_per_h(parameters.gut.uptake[segment], total, x[L::binder(segment)]);
    each<Sink, L::n_labels>([&](std::size_t label) MGPK_INLINED {
      const std::size_t lumen = L::dissolved(label, segment);
      const Real absorbed = rate_per_h * available[label];
      sink.flow(lumen, L::plasma, absorbed);
      sink.read(lumen, L::absorbed(label), absorbed);
      sink.read(lumen, L::absorbed_in(segment), absorbed);
    });
  }

  /// Solid and dissolved magnesium moves to the next segment, or from the colon to the stool.
  template <class Rate, class Values, class Sink>
  MGPK_INLINED void move_on(std::size_t segment, const Rate& rate_per_h, const Values& x,
                            Sink& sink) const {
    const bool last = segment + 1 == gut::n_segments;
    const Of<Values> binders = rate_per_h * x[L::binder(segment)];
    sink.change(L::binder(segment), -binders);
    if (!last) sink.change(L::binder(segment + 1), binders);
    each<Sink, L::n_labels>([&](std::size_t label) MGPK_INLINED {
      const std::size_t here = L::dissolved(label, segment);
      sink.flow(here, last ? L::feces_dissolved(label) : here + 1, rate_per_h * x[here]);
    });
    each<Sink, Sources>([&](std::size_t source) MGPK_INLINED {
      const std::size_t here = L::solid(source, segment);
      sink.flow(here, last ? L::feces_solid(source) : here + 1, rate_per_h * x[here]);
    });
  }

  template <class Values, class Sink>
  MGPK_INLINED void exchange_with_tissue(const Values& x, Sink& sink) const {
    using Real = Of<Values>;
    const auto& t = parameters.tissue;
    const Real c_total = c_plasma_total_mmol_per_L(x);
    const Real c_interstitial = c_interstitial_mmol_per_L(x);
    const Real from_cells = t.cells.k_per_h * x[L::cells];
    const Real from_red_cells = t.red_cells.k_per_h * x[L::red_cells];
    sink.enter(L::plasma, iv_mmol_per_h);
    sink.flow(L::im_depot, L::plasma, parameters.blood.ka_im_per_h * x[L::im_depot]);
    sink.exchange(L::plasma, L::interstitial,
                  tissue::exchange_mmol_per_h(t.q_L_per_h, c_total, c_interstitial),
                  t.q_L_per_h * c_interstitial);
    sink.exchange(L::interstitial, L::cells,
                  tissue::cell_influx_mmol_per_h(t.cells, c_interstitial) - from_cells, from_cells);
    sink.exchange(L::plasma, L::red_cells,
                  tissue::cell_influx_mmol_per_h(t.red_cells, c_total) - from_red_cells,
                  from_red_cells);
    sink.exchange(L::plasma, L::slow, tissue::slow_uptake_mmol_per_h(t.slow, c_total, x[L::slow]),
                  t.slow.k_per_h * x[L::slow]);
    sink.read(L::plasma, L::auc_plasma, c_total);
  }

  /// What leaves the blood for good, and what it gives back to the gut.
  template <class Time, class Values, class Sink>
  MGPK_INLINED void lose(const Time& t_h, const Values& x, Sink& sink) const {
    using Real = Of<Values>;
    const Real c_total = c_plasma_total_mmol_per_L(x);
    const Real secreted =
        gut::endogenous_secretion_mmol_per_h(parameters.gut.cl_secretion_L_per_h, c_total);
    sink.flow(L::plasma, L::urine, urine_mmol_per_h(t_h, x));
    sink.flow(L::plasma, L::sweat, skin::sweat_mmol_per_h(parameters.cl_sweat_L_per_h, c_total));
    sink.flow(L::plasma, L::dissolved(L::endogenous, gut::duodenum), secreted);
    sink.read(L::plasma, L::secreted, secreted);
    sink.change(L::tm_shift,
                kidney::tm_shift_rate_per_h(parameters.adaptation, c_total, x[L::tm_shift]));
  }

  template <class Values, class Sink>
  MGPK_INLINED void carry_glycine(const Values& x, Sink& sink) const {
    const auto& g = parameters.glycine;
    const Of<Values> arrives = g.ka_per_h * x[L::glycine_gut];
    sink.change(L::glycine_gut, -arrives);
    sink.change(L::glycine_plasma, arrives);
    sink.change(L::glycine_plasma, -g.k_per_h * x[L::glycine_plasma]);
  }
};

/// The same with names for its states.
template <std::size_t Sources, class Par = double>
struct Body : Equations<Sources, Par> {
  std::array<std::string, Sources + 1> labels;  ///< names of the sources and "endogenous"

  std::string state_name(std::size_t i) const { return state_names<Sources>(labels)[i]; }
};

}  // namespace mgpk::body
