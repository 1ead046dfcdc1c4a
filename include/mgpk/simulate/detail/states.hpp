// States of bodies of different sizes as plain lists: where things stand, and how to move them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include <mgpk/body/layout.hpp>
#include <mgpk/simulate/detail/by_size.hpp>
#include <mgpk/simulate/sources.hpp>

namespace mgpk::simulation::detail {

/// `body::Layout` for a number of sources that is known at run time only.
struct Places {
  std::size_t n_sources, first_dissolved, first_store, plasma, interstitial, glycine_gut,
      first_readout, n_states;

  std::size_t endogenous() const { return n_sources; }
  static std::size_t solid(std::size_t source, std::size_t segment) {
    return body::Layout<1>::solid(source, segment);
  }
  std::size_t dissolved(std::size_t label, std::size_t segment) const {
    return first_dissolved + label * gut::n_segments + segment;
  }
  std::size_t im_depot() const { return first_store; }
  std::size_t glycine_plasma() const { return glycine_gut + 1; }
};

template <std::size_t Sources>
constexpr Places places() {
  using L = body::Layout<Sources>;
  return {Sources,         L::first_dissolved, L::first_store,   L::plasma,
          L::interstitial, L::glycine_gut,     L::first_readout, L::n_states};
}

inline Places places_of(std::size_t n_sources) {
  return by_size(n_sources, []<std::size_t Sources>() { return places<Sources>(); });
}

/// A state in the body of other sources: food, endogenous and shared salts in their places, the
/// other sources empty, read-outs at zero. `to` holds every source of `from`.
template <class Real>
std::vector<Real> moved(const std::vector<Real>& x, const std::vector<Source>& from,
                        const std::vector<Source>& to) {
  const auto a = places_of(from.size()), b = places_of(to.size());
  std::vector<Real> y(b.n_states, Real{});
  y[body::Layout<1>::acid] = x[body::Layout<1>::acid];
  y[body::Layout<1>::meal] = x[body::Layout<1>::meal];
  for (std::size_t segment = 0; segment < gut::n_segments; ++segment) {
    y[body::Layout<1>::binder(segment)] = x[body::Layout<1>::binder(segment)];
    for (std::size_t source = 0; source < from.size(); ++source) {
      const std::size_t there = slot_of(to, from[source].name);
      y[Places::solid(there, segment)] = x[Places::solid(source, segment)];
      y[b.dissolved(there, segment)] = x[a.dissolved(source, segment)];
    }
    y[b.dissolved(b.endogenous(), segment)] = x[a.dissolved(a.endogenous(), segment)];
  }
  for (std::size_t i = 0; a.first_store + i < a.first_readout; ++i)
    y[b.first_store + i] = x[a.first_store + i];
  return y;
}

/// As by a lavage: no magnesium, no binders and no meal in the lumen; the acid stays.
template <class Real>
void empty_gut(std::vector<Real>& x, std::size_t n_sources) {
  const auto p = places_of(n_sources);
  const auto begin = x.begin();
  std::fill(begin + static_cast<std::ptrdiff_t>(body::Layout<1>::first_binder),
            begin + static_cast<std::ptrdiff_t>(p.first_store), Real{});
  x[body::Layout<1>::meal] = Real{};
}

}  // namespace mgpk::simulation::detail
