// Samples below the limit of quantification (BLQ): what stands for them, by where they lie.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include <mgpk/error.hpp>

namespace mgpk::nca {

enum class BlqRule {
  keep,  ///< the number as it was reported, like any other
  zero,
  drop,  ///< as if it had not been drawn
  half,  ///< half the limit
};

/// Before the first quantifiable sample, between quantifiable ones, after the last.
struct BlqOptions {
  double lloq_amount_per_L = std::numeric_limits<double>::quiet_NaN();  ///< NaN: no limit is known
  BlqRule before = BlqRule::zero;
  BlqRule between = BlqRule::drop;
  BlqRule after = BlqRule::zero;
};

/// A sample. `measured`: its value is a measurement, not a number that stands for one.
struct Observation {
  double t_h = 0;
  double c_amount_per_L = 0;
  double c_baseline_amount_per_L = 0;
  bool is_blq = false;
  bool measured = true;
};

namespace detail {

inline BlqRule blq_rule_at(std::size_t i, std::size_t first, std::size_t last,
                           const BlqOptions& options) {
  if (i < first) return options.before;
  return i > last ? options.after : options.between;
}

inline std::string_view name_of(BlqRule rule) {
  switch (rule) {
    case BlqRule::keep:
      return "kept as reported";
    case BlqRule::zero:
      return "set to zero";
    case BlqRule::drop:
      return "dropped";
    case BlqRule::half:
      return "set to half the limit";
  }
  return "unknown";
}

/// A sample after its rule; false where it is dropped.
inline bool treat_blq(Observation& sample, BlqRule rule, double lloq) {
  if (rule == BlqRule::drop) return false;
  sample.measured = rule == BlqRule::keep;
  if (rule == BlqRule::zero) sample.c_amount_per_L = 0;
  if (rule == BlqRule::half) {
    if (std::isnan(lloq))
      fail("half the limit of quantification needs the limit", "missing", "give lloq_amount_per_L");
    sample.c_amount_per_L = lloq / 2;
  }
  if (std::isnan(sample.c_amount_per_L))
    fail("a sample below the limit that is kept must have a number",
         "NaN at " + text_of(sample.t_h) + " h", "choose zero, drop or half for it");
  return true;
}

}  // namespace detail

/// Marks every sample below the limit, treats it by its rule, and says so in `notes`.
inline std::vector<Observation> apply_blq(std::vector<Observation> samples,
                                          const BlqOptions& options,
                                          std::vector<std::string>& notes) {
  std::size_t first = samples.size(), last = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i].is_blq = samples[i].is_blq || samples[i].c_amount_per_L < options.lloq_amount_per_L;
    if (samples[i].is_blq) continue;
    first = std::min(first, i);
    last = i;
  }
  std::vector<Observation> kept;
  std::size_t counts[3] = {0, 0, 0};
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (!samples[i].is_blq) {
      kept.push_back(samples[i]);
      continue;
    }
    const auto rule = detail::blq_rule_at(i, first, last, options);
    ++counts[i < first ? 0 : (i > last ? 2 : 1)];
    if (detail::treat_blq(samples[i], rule, options.lloq_amount_per_L)) kept.push_back(samples[i]);
  }
  const char* places[3] = {" before the first quantifiable one ", " between quantifiable ones ",
                           " after the last quantifiable one "};
  const BlqRule rules[3] = {options.before, options.between, options.after};
  for (std::size_t i = 0; i < 3; ++i)
    if (counts[i] > 0)
      notes.push_back(std::to_string(counts[i]) + " sample(s) below the limit of quantification" +
                      places[i] + std::string(detail::name_of(rules[i])));
  return kept;
}

}  // namespace mgpk::nca
