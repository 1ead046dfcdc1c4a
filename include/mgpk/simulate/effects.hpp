// What a run would do, read out of its columns: the effects that have a law, row by row and by day.
// Ranks and sources: effect/effects.hpp, docs/effects.md. Nothing flows back into the run.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include <mgpk/compiled.hpp>
#include <mgpk/effect/effects.hpp>
#include <mgpk/error.hpp>
#include <mgpk/simulate/run.hpp>
#include <mgpk/simulate/trajectory.hpp>

namespace mgpk::simulation {

/// Which law of the block of NMDA receptors is read.
enum class NmdaLaw { jahr_stevens, wang, woodhull };

constexpr std::string_view name_of(NmdaLaw law) {
  constexpr std::string_view names[] = {"jahr_stevens", "wang", "woodhull"};
  return names[static_cast<unsigned>(law)];
}

/// What is not in a run. What is not said is that of the evidence.
struct EffectOptions {
  std::optional<double> membrane_mV{};
  NmdaLaw nmda_law = NmdaLaw::jahr_stevens;
  std::optional<double> c_calcium_ionized_mmol_per_L{};
};

inline void validate(const EffectOptions& o) {
  if (o.membrane_mV)
    require_between("membrane_mV", *o.membrane_mV, -150, 100, "give millivolts, such as -60");
  if (o.c_calcium_ionized_mmol_per_L)
    require_between("c_calcium_ionized_mmol_per_L", *o.c_calcium_ionized_mmol_per_L, 0.1, 5,
                    "give ionized calcium in mmol/L, such as 1.2");
}

/// The parameters of an effect that play a part under these options and are not yet verified: of
/// the laws of NMDA block only the one that is read.
inline std::vector<std::string_view> to_verify(const effect::Effect& effect,
                                               const EffectOptions& options = {}) {
  auto keys = effect::to_verify(effect);
  const auto is_of_another_law = [&](std::string_view key) {
    return key.find("woodhull") != key.npos && options.nmda_law != NmdaLaw::woodhull;
  };
  keys.erase(std::remove_if(keys.begin(), keys.end(), is_of_another_law), keys.end());
  return keys;
}

/// All computed effects, at the times of the run and against the baseline beside it. Columns stand
/// in effect/effects.hpp by effect. Those that end in `_per_d`, and f_loose_stool, are of the last
/// whole calendar day that has ended at a row: NaN in the first day, and where the run has no
/// output at both midnights of it.
/// @throws InputError for a run without baseline, or options that are refused. A run that failed
///         gives NaN from the failure on.
MGPK_COMPILED Trajectory effects_of(const Run& run, const EffectOptions& options = {});

/// The same by day: one row for each whole calendar day, `time_h` being its end.
MGPK_COMPILED Trajectory effect_days_of(const Run& run);

}  // namespace mgpk::simulation

#if MGPK_DEFINE_COMPILED
#include <mgpk/simulate/detail/effects.hpp>
#endif
