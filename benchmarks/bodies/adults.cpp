#include "adults.hpp"

#include <span>
#include <stdexcept>

#include <mgpk/mgpk.hpp>
#include <mgpk/simulate/baselines.hpp>

#include "../plain_odeint.hpp"
#include "../problem.hpp"

namespace bench::bodies {

namespace {

/// An event as what it adds to the states.
std::vector<mgpk::ode::Stop> stops_of(const std::vector<mgpk::timeline::Event>& events) {
  std::vector<mgpk::ode::Stop> stops;
  for (const auto& event : events) {
    State added{};
    apply<n_sources>(event, added);
    for (std::size_t i = 0; i < n_states; ++i)
      if (added[i] != 0.0) stops.push_back({.t_h = event.t_h, .index = i, .amount = added[i]});
  }
  return stops;
}

Adult adult_of(Problem problem) {
  problem.timeline = mgpk::simulation::timeline_of(problem.subject, problem.plan,
                                                   mgpk::simulation::sources_of(problem.plan),
                                                   problem.options.until_h);
  const auto& events = problem.timeline.given.events;
  return {model_of(problem), start_of(problem), stops_of(events), events};
}

}  // namespace

std::vector<Adult> draw_adults(std::size_t n, int days) {
  mgpk::Schedule plan;
  plan.oral("citrate", mgpk::elemental_mg(300), {.at_h = 8, .every_h = 24, .times = days});
  mgpk::simulation::Options options;
  options.until_h = 24.0 * days;
  options.with_baseline = false;
  std::vector<mgpk::Subject> subjects;
  for (std::size_t i = 0; i < n; ++i) subjects.push_back(mgpk::people::draw_person(1, i).subject);
  const auto found = mgpk::simulation::baselines_of(subjects, options);
  std::vector<Adult> adults;
  for (std::size_t i = 0; i < n; ++i) {
    if (!found[i].baseline) throw std::runtime_error(found[i].failure);
    Problem problem{};
    problem.subject = subjects[i];
    problem.plan = plan;
    problem.options = options;
    problem.baseline = *found[i].baseline;
    adults.push_back(adult_of(std::move(problem)));
  }
  return adults;
}

}  // namespace bench::bodies
