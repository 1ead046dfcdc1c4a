// In which bands of the ladder of magnesium toxicity a plasma level lies. Bands overlap; a band
// says what has been seen at such levels, never how likely it is in one person. Rank A.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include <mgpk/law.hpp>

namespace mgpk::effect {

/// The rungs, from below.
enum ToxicityRung : std::size_t {
  therapeutic,         ///< the levels aimed at in eclampsia
  reflexes_depressed,  ///< with flushing, hypotension and changes of the ECG
  reflex_lost,         ///< of the patella
  respiratory,         ///< profound weakness, paralysis of breathing
  conduction,          ///< of the heart; open above
  arrest,              ///< of the heart; open above; the sources disagree
  n_toxicity_bands
};

inline constexpr std::array<std::string_view, n_toxicity_bands> toxicity_band_names{
    "therapeutic", "reflexes_depressed", "reflex_lost", "respiratory", "conduction", "arrest"};

/// Total plasma magnesium from low to high, both ends included; an open band has no high end.
template <class Real>
struct ToxicityBand {
  Real c_low_mmol_per_L;
  Real c_high_mmol_per_L;
  bool is_open = false;
};

template <class Par, class Real>
MGPK_LAW bool lies_in(const ToxicityBand<Par>& band, const Real& c_plasma_total_mmol_per_L) {
  return c_plasma_total_mmol_per_L >= band.c_low_mmol_per_L &&
         (band.is_open || c_plasma_total_mmol_per_L <= band.c_high_mmol_per_L);
}

template <class Real>
using ToxicityLadder = std::array<ToxicityBand<Real>, n_toxicity_bands>;

/// For each rung whether the level lies in its band.
template <class Par, class Real>
MGPK_LAW std::array<bool, n_toxicity_bands> toxicity_bands(const ToxicityLadder<Par>& ladder,
                                                           const Real& c_plasma_total_mmol_per_L) {
  std::array<bool, n_toxicity_bands> in{};
  for (std::size_t rung = 0; rung < n_toxicity_bands; ++rung)
    in[rung] = lies_in(ladder[rung], c_plasma_total_mmol_per_L);
  return in;
}

}  // namespace mgpk::effect
