// The rule: a number with its uncertainty, held against where the claim would hold.
#pragma once

#include <cmath>

#include <mgpk/claim/claim.hpp>

namespace mgpk::claim {

/// A number and how far it may be off: 90 of 100 draws of the uncertain constants lie between.
struct Estimate {
  double value = unknown;
  double low = unknown, high = unknown;
};

inline bool exists(const Region& region) {
  return !std::isnan(region.low) || !std::isnan(region.high);
}

inline bool lies_within(const Estimate& number, const Region& region) {
  return exists(region) && !(number.low < region.low) && !(number.high > region.high);
}

inline bool touches(const Estimate& number, const Region& region) {
  return exists(region) && !(number.high < region.low) && !(number.low > region.high);
}

/// Supported: all of the interval lies where the claim holds. Mixed: some of it does. Contradicted:
/// all of it lies where the opposite holds. Unsupported: none of it lies where the claim holds. A
/// limit that is NaN is none. Without a number nothing can be said.
inline Verdict verdict_of(const Estimate& number, const Region& holds, const Region& opposite) {
  if (std::isnan(number.value) || std::isnan(number.low) || std::isnan(number.high))
    return Verdict::not_testable;
  if (lies_within(number, holds)) return Verdict::supported;
  if (touches(number, holds)) return Verdict::mixed;
  return lies_within(number, opposite) ? Verdict::contradicted : Verdict::unsupported;
}

/// Whether both the model and the literature have said something, and not the same. Where the
/// literature was not checked, or a reference not found, there is nothing to disagree with.
inline bool disagree(Verdict model, Verdict literature) {
  const auto says = [](Verdict verdict) { return verdict <= Verdict::contradicted; };
  return says(model) && says(literature) && model != literature;
}

/// How far apart two verdicts are that both say something: 1 for neighbours, 3 for opposites.
inline int distance(Verdict model, Verdict literature) {
  if (!disagree(model, literature)) return 0;
  return std::abs(static_cast<int>(model) - static_cast<int>(literature));
}

}  // namespace mgpk::claim
