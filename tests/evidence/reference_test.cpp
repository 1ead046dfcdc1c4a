// Sources by key.
#include <mgpk/evidence/reference.hpp>

#include <doctest/doctest.h>

#include <mgpk/dose/salts_table.hpp>
#include <mgpk/evidence/values.hpp>

using namespace mgpk::evidence;

TEST_CASE("a reference is found by its key") {
  const Reference& fine = reference("Fine1991");
  CHECK(fine.citation == "Fine KD et al. J Clin Invest 88:396-402 (1991)");
  CHECK(fine.doi == "10.1172/JCI115317");
  CHECK(fine.provenance == Provenance::published);
  CHECK(reference("Mudie2014").provenance == Provenance::recalled);
  CHECK(reference("Mudie2014").doi.empty());
  CHECK(reference("stoichiometry").provenance == Provenance::derived);
  CHECK(reference("model_choice").provenance == Provenance::choice);
}

TEST_CASE("every number of the project has a reference that exists") {
  for (const Parameter& row : parameters) CHECK(reference(row.reference).key == row.reference);
  for (const mgpk::dose::Salt& row : mgpk::dose::salt_forms_table) {
    CHECK(reference(row.reference).key == row.reference);
  }
}

TEST_CASE("an unknown reference is refused") {
  CHECK_THROWS_WITH_AS(
      reference("Fine1990"),
      "reference must be one of the evidence table, but it is \"Fine1990\"; did you mean "
      "\"Fine1991\"?",
      mgpk::UnknownNameError);
  CHECK_THROWS_WITH_AS(reference("?"),
                       "reference must be one of the evidence table, but it is \"?\"; the keys "
                       "stand in data/references.csv",
                       mgpk::UnknownNameError);
}

TEST_CASE("the names of the provenances are those of the table") {
  CHECK(name_of(Provenance::published) == "published");
  CHECK(name_of(Provenance::recalled) == "recalled");
  CHECK(name_of(Provenance::derived) == "derived");
  CHECK(name_of(Provenance::choice) == "choice");
}
