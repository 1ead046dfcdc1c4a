// What an ordered list of doses is made of: the only thing that any engine consumes.
#pragma once

#include <cstddef>
#include <limits>
#include <vector>

namespace mgpk::timeline {

/// Times closer than this are one: break points that differ by rounding are the same moment.
inline constexpr double same_time_h = 1e-9;

inline constexpr std::size_t no_record = std::numeric_limits<std::size_t>::max();

enum class Kind {
  administer,    ///< a dose is taken now; with a lag it arrives later. Only counts doses
  give,          ///< `amount` arrives in `compartment` at once
  set_rate,      ///< from now on `amount` per hour flows into `compartment`
  reset,         ///< everything given before is gone
  steady_state,  ///< the state becomes (or grows by) that of `regimens[regimen]`
  look,          ///< record `record` stands here; its row is written
};

/// One event. `towards`: the record that is being advanced to when this event happens; its values
/// hold on the stretch before the event, or are carried forward to it, as the engine's rule says.
struct Event {
  double t_h = 0;
  Kind kind = Kind::look;
  std::size_t compartment = 0;
  double amount = 0;
  std::size_t record = no_record;
  std::size_t regimen = 0;
  std::size_t towards = no_record;
  bool implied = false;  ///< a repeat or a lagged arrival: no record of its own stands here
  bool operator==(const Event&) const = default;
};

/// Doses that were always taken, every `interval_h`; without an interval, an infusion that always
/// ran. The state that they lead to is taken `since_last_h` after the last of them started.
struct Regimen {
  std::size_t compartment = 0;
  double amount = 0;      ///< of each dose; 0 for an infusion without end
  double rate = 0;        ///< of each infusion; 0 for a bolus
  double duration_h = 0;  ///< of each infusion; may be longer than the interval: they overlap
  double interval_h = 0;
  double since_last_h = 0;
  bool adds = false;  ///< the state grows by it (SS = 2) instead of becoming it
  std::size_t record = no_record;
  bool operator==(const Regimen&) const = default;

  bool is_constant() const { return interval_h == 0; }
};

/// Events in order of time, for one stretch without a step back in time. `due[c]` is what must have
/// reached compartment c by the last event: the walk compares it with what the engine was told.
struct Timeline {
  double start_h = 0;
  std::vector<Event> events;
  std::vector<Regimen> regimens;
  std::vector<double> due;
};

}  // namespace mgpk::timeline
