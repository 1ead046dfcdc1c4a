// The claims of the articles, and what tests them.
#pragma once

#include <span>
#include <string_view>

#include <mgpk/claim/claim.hpp>
#include <mgpk/compiled.hpp>

namespace mgpk::claim {

/// Every claim has exactly one test; those that no number can test say why.
struct Catalogue {
  std::span<const Claim> claims;
  std::span<const Test> tests;  ///< in the order of the claims
  std::span<const Measure> measures;
  std::span<const study::Scenario> scenarios;
  std::span<const study::PlanLine> plan_lines;
};

MGPK_COMPILED const Catalogue& catalogue();

/// A claim, its test or a measure by its name; an unknown one throws UnknownNameError.
MGPK_COMPILED const Claim& claim_of(std::string_view id);
MGPK_COMPILED const Test& test_of(std::string_view id);
MGPK_COMPILED const Measure& measure_of(std::string_view name);

}  // namespace mgpk::claim

#if MGPK_DEFINE_COMPILED
#include <mgpk/claim/detail/catalogue.hpp>
#endif
