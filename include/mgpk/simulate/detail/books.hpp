// The books of a life that has been solved: its timeline is walked once more, row by row.
#pragma once

#include <cstddef>
#include <span>

#include <mgpk/simulate/detail/body_events.hpp>
#include <mgpk/simulate/detail/ledger.hpp>
#include <mgpk/timeline/event.hpp>

namespace mgpk::simulation::detail {

/// Calls for each output time `steps.write(row, given)`, with the books as they stand then; for
/// each event `steps.amount(k)`, its amount on the scalar of the books, and where it changes more
/// than amounts `steps.look(record)` or `steps.replace(books)`. Outputs at a stop wait for it.
template <class Real, class Steps>
Ledger<Real> keep_books(const timeline::Timeline& timeline, std::span<const double> times_h,
                        double until_h, Steps&& steps) {
  using timeline::Kind;
  Ledger<Real> ledger;
  double now_h = 0.0;
  std::size_t next_row = 0;
  const auto go_to = [&](double stop_h, bool with_stop) {
    for (; next_row < times_h.size(); ++next_row) {
      const double t_h = times_h[next_row];
      if (!(t_h < stop_h || (with_stop && t_h <= stop_h))) break;
      steps.write(next_row, ledger.after(t_h - now_h));
    }
    ledger.pass(stop_h - now_h);
    now_h = stop_h;
  };
  for (std::size_t k = 0; k < timeline.events.size(); ++k) {
    const auto& event = timeline.events[k];
    if (!changes_body(timeline, event)) continue;
    go_to(event.t_h, false);
    if (event.kind == Kind::give)
      ledger.give(event.compartment, steps.amount(k));
    else if (event.kind == Kind::set_rate)
      ledger.set_rate(event.compartment, steps.amount(k));
    else if (event.kind == Kind::look)
      steps.look(event.record);
    else
      steps.replace(ledger);
  }
  go_to(until_h, true);
  return ledger;
}

}  // namespace mgpk::simulation::detail
