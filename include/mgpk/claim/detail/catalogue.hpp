// The tables of claims by name.
#pragma once

#include <string_view>

#include <mgpk/claim/catalogue.hpp>
#include <mgpk/claim/claims_table.hpp>
#include <mgpk/nearest_name.hpp>

namespace mgpk::claim {

MGPK_COMPILED const Catalogue& catalogue() {
  static constexpr Catalogue all{detail::claim_table, detail::test_table, detail::measure_table,
                                 detail::scenario_table, detail::plan_table};
  return all;
}

MGPK_COMPILED const Claim& claim_of(std::string_view id) {
  return named_row(catalogue().claims, id, "a claim must be one of data/claims.csv",
                   "see the ids in claims()", [](const Claim& row) { return row.id; });
}

MGPK_COMPILED const Test& test_of(std::string_view id) {
  const Claim& claim = claim_of(id);
  return catalogue().tests[static_cast<std::size_t>(&claim - catalogue().claims.data())];
}

MGPK_COMPILED const Measure& measure_of(std::string_view name) {
  return named_row(catalogue().measures, name, "a measure must be one of data/claim_measures.csv",
                   "see the measures in claims()", [](const Measure& row) { return row.name; });
}

}  // namespace mgpk::claim
