// A virtual adult: what is drawn, and the person it makes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/compiled.hpp>
#include <mgpk/people/quantity.hpp>

namespace mgpk::people {

/// Whom to draw. The law of age is drawn on what is left of it; nobody is drawn and thrown away.
struct Selection {
  std::optional<Sex> sex{};         ///< both unless given
  std::optional<double> from_y{};   ///< youngest age
  std::optional<double> until_y{};  ///< oldest age

  bool operator==(const Selection&) const = default;
};

/// What was drawn for one person, in the order of `drawn_names`, and the person.
struct Person {
  Subject subject;
  std::vector<double> drawn;
  /// One 24-h collection over the person's mean day, for each collection of the published figure.
  std::vector<double> urine_collection_factors;
};

/// Names of the numbers of a person, their unit at the end.
MGPK_COMPILED std::vector<std::string> drawn_names();

/// The row of a quantity for one sex.
/// @throws UnknownNameError for a name that the table does not hold
MGPK_COMPILED const Quantity& quantity_of(std::string_view name, Sex sex);

/// The value of a quantity at a standard normal score, cut off honestly at its range.
MGPK_COMPILED double value_at(const Quantity& quantity, double score);

/// The standard normal scores of one person, correlated as the table says; by quantity name.
MGPK_COMPILED std::vector<double> scores_of(std::uint64_t seed, std::uint64_t index);

/// Person number `index` of a seed. Depends on nothing else but the selection.
MGPK_COMPILED Person draw_person(std::uint64_t seed, std::uint64_t index,
                                 const Selection& selection = {});

/// @throws InputError for an age range that is empty or not of adults
MGPK_COMPILED void validate(const Selection& selection);

}  // namespace mgpk::people

#if MGPK_DEFINE_COMPILED
#include <mgpk/people/detail/person.hpp>
#endif
