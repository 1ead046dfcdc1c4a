// A small fixed ensemble whose instructions are counted: baselines, then three days under a plan.
//
// Each part is a function that callgrind can be told to count alone; see count.py.
#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

#include <mgpk/people/person.hpp>
#include <mgpk/simulate/baselines.hpp>
#include <mgpk/simulate/instruction_set.hpp>
#include <mgpk/simulate/simulate_many.hpp>

namespace {

constexpr std::size_t n_people = 12;

mgpk::simulation::Options options() {
  mgpk::simulation::Options options;
  options.until_h = 72;
  options.every_h = 3;
  options.relative_tolerance = 1e-6;
  options.absolute_tolerance_mmol = 1e-10;
  options.with_baseline = false;
  return options;
}

std::vector<mgpk::Subject> people() {
  std::vector<mgpk::Subject> drawn;
  for (std::size_t i = 0; i < n_people; ++i)
    drawn.push_back(mgpk::people::draw_person(1, i, {}).subject);
  return drawn;
}

std::vector<mgpk::RunJob> jobs(const std::vector<mgpk::Subject>& people,
                               const std::vector<mgpk::simulation::BaselineOutcome>& found) {
  mgpk::Schedule plan;
  plan.oral("citrate", mgpk::elemental_mg(300), {.at_h = 8, .every_h = 12, .times = 6});
  std::vector<mgpk::RunJob> jobs;
  for (std::size_t i = 0; i < people.size(); ++i)
    jobs.push_back({people[i], plan, options(), found[i].baseline.value()});
  return jobs;
}

}  // namespace

extern "C" {

__attribute__((noinline)) void counted_baselines(
    const std::vector<mgpk::Subject>& people,
    std::vector<mgpk::simulation::BaselineOutcome>& found) {
  found = mgpk::simulation::baselines_of(people, options(), 1);
}

__attribute__((noinline)) void counted_runs(const std::vector<mgpk::RunJob>& jobs,
                                            std::vector<mgpk::RunOutcome>& outcomes) {
  outcomes = mgpk::simulate_many(jobs, {.solver = options().solver(), .n_threads = 1});
}
}

int main() {
  const auto all = people();
  std::vector<mgpk::simulation::BaselineOutcome> found;
  counted_baselines(all, found);
  const auto todo = jobs(all, found);
  std::vector<mgpk::RunOutcome> outcomes;
  counted_runs(todo, outcomes);
  for (const auto& outcome : outcomes)
    if (!outcome.run) {
      std::fprintf(stderr, "%s\n", outcome.failure.c_str());
      return 1;
    }
  std::printf("%s\n", std::string(mgpk::simulation::instruction_set()).c_str());
  return 0;
}
