// One person whose constants are not known exactly: each drawn within its range, ridges respected.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/compiled.hpp>

namespace mgpk::people {

/// Which parameters are drawn, and which follow one that is drawn; both in the order of the table.
struct Uncertain {
  std::vector<std::string> drawn;
  std::vector<std::string> following;

  bool operator==(const Uncertain&) const = default;
};

/// All parameters with a range, but for what makes the person and what the person states. Or the
/// chosen ones; a parameter that follows a chosen one moves with it.
/// @throws UnknownNameError for a key that the evidence table does not hold
/// @throws InputError for a key without a range, of what makes the person, given twice, or stated
///         by the person
MGPK_COMPILED Uncertain uncertain_of(const Subject& subject,
                                     const std::vector<std::string>& chosen = {});

/// The values of draw number `index`: first those drawn, then those that follow.
///
/// Each is drawn from the triangular law between the low and the high of its row, with its mode at
/// the value of the row. The names of the draws are the places of the parameters in the table, so a
/// choice of others changes nothing.
MGPK_COMPILED std::vector<double> draw_parameters(const Subject& subject,
                                                  const Uncertain& uncertain, std::uint64_t seed,
                                                  std::uint64_t index);

/// The same person with these values.
MGPK_COMPILED Subject with_parameters(const Subject& subject, const Uncertain& uncertain,
                                      const std::vector<double>& values);

}  // namespace mgpk::people

#if MGPK_DEFINE_COMPILED
#include <mgpk/people/detail/uncertainty.hpp>
#endif
