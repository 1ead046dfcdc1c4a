// What the events of a timeline do to a body, whoever carries it along.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

#include <mgpk/body/body.hpp>
#include <mgpk/simulate/solve.hpp>
#include <mgpk/simulate/timeline.hpp>
#include <mgpk/timeline/event.hpp>

namespace mgpk::simulation::detail {

/// A dose that is taken changes nothing before it arrives, and a regimen that is added was there.
inline bool changes_body(const timeline::Timeline& timeline, const timeline::Event& event) {
  if (event.kind == timeline::Kind::steady_state) return !timeline.regimens[event.regimen].adds;
  return event.kind != timeline::Kind::administer;
}

/// Output times that miss a stop only by rounding (3 · 0.3 h misses 0.9 h) are that stop: their
/// rows show what happens there.
inline std::vector<double> at_stops(std::span<const double> times_h,
                                    std::span<const timeline::Event> events) {
  std::vector<double> moved_h(times_h.begin(), times_h.end());
  std::size_t next = 0;
  for (double& t_h : moved_h) {
    while (next < events.size() && events[next].t_h < t_h - timeline::same_time_h) ++next;
    if (next < events.size() && events[next].t_h <= t_h + timeline::same_time_h)
      t_h = events[next].t_h;
  }
  return moved_h;
}

/// The state in which something that is given arrives at once; n_states where it never arrives.
template <std::size_t Sources>
constexpr std::size_t state_of_target(std::size_t compartment) {
  using L = body::Layout<Sources>;
  if (target::is_stomach(compartment))
    return L::solid(target::source_of(compartment), gut::stomach);
  switch (compartment) {
    case target::meal:
      return L::meal;
    case target::binder:
      return L::binder(gut::stomach);
    case target::glycine:
      return L::glycine_gut;
    case target::plasma:
      return L::plasma;
    case target::depot:
      return L::im_depot;
    default:
      return L::n_states;
  }
}

/// A dose of long ago decays on towards the smallest numbers that there are, where arithmetic is a
/// dozen times slower. Far less than one ion (1.7e-21 mmol) is nothing.
template <class State>
void forget_traces(State& x) {
  constexpr double nothing_mmol = 1e-30;
  for (double& amount : x)
    if (std::abs(amount) < nothing_mmol) amount = 0.0;
}

/// What a reset makes of a body; what has been read out stays.
template <class L, class State>
void replace(const Become& become, const timeline::Event& event, State& x) {
  if (!become) throw std::logic_error("mgpk: nothing to become; please report this as a bug");
  std::vector<double> became(x.begin(), x.end());
  become(event, became);
  std::copy_n(became.begin(), L::first_readout, x.begin());
}

/// The bodies of a timeline's alterations.
inline std::vector<body::BodyParameters<double>> altered_bodies(const Timeline& timeline) {
  std::vector<body::BodyParameters<double>> bodies;
  for (const auto& alteration : timeline.alterations) bodies.push_back(alteration.parameters);
  return bodies;
}

/// The numbers of a body as its covariates and what acts on it leave them. The GFR that a covariate
/// gives, and what acts on it, are kept apart.
template <std::size_t Sources, class Real = double>
class Circumstances {
 public:
  /// `altered`: the body during each of the timeline's alterations.
  Circumstances(const Timeline& timeline, const body::Equations<Sources, Real>& body,
                std::vector<body::BodyParameters<Real>> altered)
      : timeline_(timeline),
        altered_(std::move(altered)),
        filtered_L_per_h_(body.parameters.kidney.gfr_L_per_h) {}
  Circumstances(const Timeline& timeline, const body::Equations<Sources, Real>& body)
    requires std::same_as<Real, double>
      : Circumstances(timeline, body, altered_bodies(timeline)) {}

  void look(std::size_t record, body::Equations<Sources, Real>& body) {
    const std::size_t n_filtrations = timeline_.filtration.size();
    if (record < n_filtrations) {
      const auto& filtered = timeline_.filtration[record];
      filtered_L_per_h_ = filtered.gfr_L_per_h;
      change_L_per_h_per_h_ = filtered.change_L_per_h_per_h;
      from_h_ = filtered.from_h;
    } else {
      body.parameters = altered_[record - n_filtrations];
      f_of_gfr_ = timeline_.alterations[record - n_filtrations].changes.f_of_gfr;
    }
    body.parameters.kidney.gfr_L_per_h = f_of_gfr_ * filtered_L_per_h_;
    body.gfr_change_L_per_h_per_h = Real(f_of_gfr_ * change_L_per_h_per_h_);
    body.gfr_from_h = Real(from_h_);
  }

 private:
  const Timeline& timeline_;
  std::vector<body::BodyParameters<Real>> altered_;
  Real filtered_L_per_h_;
  double change_L_per_h_per_h_ = 0, from_h_ = 0, f_of_gfr_ = 1;
};

}  // namespace mgpk::simulation::detail
