// One change of a person by a name, such as a drug: a row of data/modifiers.csv.
#pragma once

#include <string_view>

#include <mgpk/evidence/parameter.hpp>

namespace mgpk::evidence {

/// A number of a body that a change acts on.
enum class Target {
  gfr,               ///< filtration; not where it was given
  albumin,           ///< not where it was given
  tm,                ///< tubular maximum in all segments
  tm_pt,             ///< in the proximal tubule
  tm_tal,            ///< in the thick ascending limb
  tm_dct,            ///< in the distal convoluted tubule
  uptake_saturable,  ///< in all segments of the gut
  uptake_linear,     ///< in all segments of the gut
  acid_secreted,     ///< in the stomach
  ileum_length,      ///< its transit time and its saturable uptake
  sweat,             ///< loss through the skin at the reference plasma level
};

enum class How { times, plus };

/// Whether a change is a property of a person, a stretch of a plan, or may be both.
enum class Applies { chronic, acute, both };

constexpr std::string_view name_of(Target target) {
  constexpr std::string_view names[] = {"gfr",
                                        "albumin",
                                        "tm",
                                        "tm_pt",
                                        "tm_tal",
                                        "tm_dct",
                                        "uptake_saturable",
                                        "uptake_linear",
                                        "acid_secreted",
                                        "ileum_length",
                                        "sweat"};
  return names[static_cast<unsigned>(target)];
}
constexpr std::string_view name_of(How how) { return how == How::times ? "times" : "plus"; }
constexpr std::string_view name_of(Applies applies) {
  return applies == Applies::chronic ? "chronic" : applies == Applies::acute ? "acute" : "both";
}

struct Modifier {
  std::string_view name;  ///< several rows may share it
  Target target;
  How how;
  double value;
  double low;
  double high;
  std::string_view unit;  ///< "1" for a factor
  Kind kind;
  std::string_view reference;  ///< key of evidence/reference.hpp
  Applies applies;
  std::string_view note;
};

}  // namespace mgpk::evidence
