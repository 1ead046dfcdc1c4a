// What is refused before a solve starts: members whose times or stops no solve can honour.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <string>

#include <mgpk/ode/ensemble/members.hpp>
#include <mgpk/ode/text.hpp>
#include <mgpk/ode/times.hpp>

namespace mgpk::ode {

namespace detail {

/// Throws for the times of one member, called `who`.
inline void check_times(const std::string& who, std::span<const double> times_h) {
  if (times_h.empty())
    throw std::invalid_argument(complaint(who + "times_h", "hold at least one time", "empty",
                                          "give the times to report, the end last"));
  require_rising(who + "times_h", times_h);
}

/// Throws for the stops of one member, called `who`.
inline void check_stops(const std::string& who, std::span<const Stop> stops, std::size_t n_states,
                        bool can_change) {
  for (std::size_t k = 0; k < stops.size(); ++k) {
    const Stop& stop = stops[k];
    if (!std::isfinite(stop.t_h))
      refuse(who + numbered("stops", k) + ".t_h", "be finite", stop.t_h, "give a time in hours");
    if (k > 0 && stop.t_h < stops[k - 1].t_h)
      refuse(who + numbered("stops", k) + ".t_h",
             "be at least that of the stop before it, " + number_text(stops[k - 1].t_h), stop.t_h,
             "sort the stops by time");
    if (stop.change == Change::custom) {
      if (can_change) continue;
      throw std::invalid_argument(complaint(who + numbered("stops", k) + ".change",
                                            "be add_to_state where members have no change()",
                                            "custom", "give the members a function change()"));
    }
    if (stop.index >= n_states)
      refuse(who + numbered("stops", k) + ".index",
             "be below the number of states, " + std::to_string(n_states),
             static_cast<double>(stop.index), "name a state of the model");
    if (!std::isfinite(stop.amount))
      refuse(who + numbered("stops", k) + ".amount", "be finite", stop.amount,
             "give the amount that is added");
  }
}

}  // namespace detail

/// Throws std::invalid_argument for the first member whose start, times or stops no solve can
/// honour. A list that several members in a row share is read once.
template <Members M>
void check_members(const M& members) {
  std::span<const double> times_read;
  std::span<const Stop> stops_read;
  const auto is_same = [](const auto& a, const auto& b) {
    return a.data() == b.data() && a.size() == b.size();
  };
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto who = [i] { return "member " + std::to_string(i) + ": "; };
    const double start_h = members.start_h(i);
    const std::span<const double> times_h = members.times_h(i);
    const std::span<const Stop> stops = members.stops(i);
    if (!std::isfinite(start_h))
      detail::refuse(who() + "start_h", "be finite", start_h, "give a time in hours");
    if (times_h.empty() || !is_same(times_h, times_read)) detail::check_times(who(), times_h);
    if (!is_same(stops, stops_read))
      detail::check_stops(who(), stops, M::System::n_states, detail::ChangesMembers<M>);
    times_read = times_h;
    stops_read = stops;
    if (times_h.front() < start_h)
      detail::refuse(who() + "times_h[0]",
                     "be not before the start, " + detail::number_text(start_h), times_h.front(),
                     "start the member earlier or drop the time");
    if (!stops.empty() && stops.front().t_h < start_h)
      detail::refuse(who() + "stops[0].t_h",
                     "be not before the start, " + detail::number_text(start_h), stops.front().t_h,
                     "start the member earlier or put what the stop does into its start");
  }
}

}  // namespace mgpk::ode
