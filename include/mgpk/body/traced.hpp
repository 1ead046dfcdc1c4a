// A body in which labels are passengers: every flow carries its share of each tracer along.
#pragma once

#include <array>
#include <cstddef>
#include <string>

#include <mgpk/body/body.hpp>

namespace mgpk::body {

/// Where the passengers of a body stand: behind its own states, tracer by tracer, one for each
/// state that magnesium flows into or is read in. Acid, meals, binders, glycine and Tm have none.
template <std::size_t Sources, std::size_t Tracers>
struct TracedLayout {
  using L = Layout<Sources>;
  static constexpr std::size_t n_in_pools = L::tm_shift - L::first_solid;
  static constexpr std::size_t n_passengers = n_in_pools + L::n_states - L::first_readout;
  static constexpr std::size_t n_states = L::n_states + Tracers * n_passengers;

  /// Whether a state of the body has a passenger.
  static constexpr bool carries(std::size_t state) {
    return (state >= L::first_solid && state < L::tm_shift) ||
           (state >= L::first_readout && state < L::n_states);
  }
  static constexpr std::size_t passenger(std::size_t tracer, std::size_t state) {
    const std::size_t first = L::n_states + tracer * n_passengers;
    return state < L::tm_shift ? first + state - L::first_solid
                               : first + n_in_pools + state - L::first_readout;
  }
  /// The state of the body that passenger `k` of a tracer goes with.
  static constexpr std::size_t carrier(std::size_t k) {
    return k < n_in_pools ? L::first_solid + k : L::first_readout + k - n_in_pools;
  }
};

/// What a tracer follows: the sources that carry its label, or all that is given into the blood.
template <std::size_t Sources>
struct Followed {
  std::array<bool, Sources> source{};
  bool into_blood = false;  ///< plasma and the muscle's depot
};

/// Fluxes are computed once, on totals (docs/decisions/0020): a tracer moves with the share that it
/// has of the pool which the flux leaves. So it can change nothing, and its label weighs in the
/// total like any other magnesium. What flows both ways is carried both ways.
template <std::size_t Sources, std::size_t Tracers, class Par = double>
struct Traced {
  using L = Layout<Sources>;
  using T = TracedLayout<Sources, Tracers>;
  static constexpr std::size_t n_states = T::n_states;
  static constexpr bool state_is_non_negative(std::size_t i) {
    return i >= L::n_states || Body<Sources, Par>::state_is_non_negative(i);
  }
  template <class Real>
  using State = std::array<Real, n_states>;

  Body<Sources, Par> body;
  std::array<Followed<Sources>, Tracers> followed{};
  std::array<std::string, Tracers> tracers;  ///< their names

  std::string state_name(std::size_t i) const {
    if (i < L::n_states) return body.state_name(i);
    const std::size_t tracer = (i - L::n_states) / T::n_passengers;
    return body.state_name(T::carrier((i - L::n_states) % T::n_passengers)) + " of " +
           tracers[tracer];
  }

  template <class Time, class Real>
  void derivatives(const Time& t_h, const State<Real>& x, State<Real>& dxdt) const {
    Carriage<Real> carriage{followed, x, {}};
    body.flows(t_h, x, carriage);
    dxdt = carriage.totals.dxdt;
  }

  /// A dose arrives at once, and with it the passengers of its label.
  template <class Values>
  void arrive(Values& x, std::size_t state, double amount) const {
    body.arrive(x, state, amount);
    for (std::size_t tracer = 0; tracer < Tracers; ++tracer)
      if (follows(tracer, state)) x[T::passenger(tracer, state)] += amount;
  }

 private:
  bool follows(std::size_t tracer, std::size_t state) const {
    const auto& label = followed[tracer];
    if (state == L::plasma || state == L::im_depot) return label.into_blood;
    for (std::size_t source = 0; source < Sources; ++source)
      if (state == L::solid(source, gut::stomach)) return label.source[source];
    return false;
  }

  /// Adds up the totals as the body does by itself, and carries the passengers along.
  template <class Real>
  struct Carriage {
    const std::array<Followed<Sources>, Tracers>& followed;
    const State<Real>& x;
    Totals<Real, n_states> totals;

    void flow(std::size_t from, std::size_t to, const Real& mmol_per_h) {
      totals.flow(from, to, mmol_per_h);
      carry(from, to, mmol_per_h);
    }
    void exchange(std::size_t from, std::size_t to, const Real& net_mmol_per_h,
                  const Real& back_mmol_per_h) {
      totals.flow(from, to, net_mmol_per_h);
      carry(from, to, net_mmol_per_h + back_mmol_per_h);
      carry(to, from, back_mmol_per_h);
    }
    void enter(std::size_t to, const Real& mmol_per_h) {
      totals.enter(to, mmol_per_h);
      for (std::size_t tracer = 0; tracer < Tracers; ++tracer)
        if (followed[tracer].into_blood) totals.enter(T::passenger(tracer, to), mmol_per_h);
    }
    void read(std::size_t from, std::size_t into, const Real& per_h) {
      totals.change(into, per_h);
      for (std::size_t tracer = 0; tracer < Tracers; ++tracer)
        totals.change(T::passenger(tracer, into), share(tracer, from) * per_h);
    }
    void change(std::size_t state, const Real& per_h) { totals.change(state, per_h); }

    void carry(std::size_t from, std::size_t to, const Real& mmol_per_h) {
      for (std::size_t tracer = 0; tracer < Tracers; ++tracer)
        totals.flow(T::passenger(tracer, from), T::passenger(tracer, to),
                    share(tracer, from) * mmol_per_h);
    }
    /// Of an empty pool nothing flows, and nobody with it.
    Real share(std::size_t tracer, std::size_t of) const {
      return x[of] == Real{} ? Real{} : x[T::passenger(tracer, of)] / x[of];
    }
  };
};

/// The body itself, with or without passengers.
template <std::size_t Sources, class Par>
Body<Sources, Par>& body_of(Body<Sources, Par>& model) {
  return model;
}
template <std::size_t Sources, std::size_t Tracers, class Par>
Body<Sources, Par>& body_of(Traced<Sources, Tracers, Par>& model) {
  return model.body;
}

}  // namespace mgpk::body
