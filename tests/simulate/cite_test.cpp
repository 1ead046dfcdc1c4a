// What a run says of its sources.
#include <mgpk/simulate/cite.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include <mgpk/simulate/simulate.hpp>

#include "people.hpp"

using namespace mgpk;

namespace {

bool says(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

std::string line_of(const evidence::Parameter& row) { return "  " + evidence::cite_line(row); }

}  // namespace

TEST_CASE("a run cites each number that it used under its source, and no other") {
  const Run run =
      simulate(support::reference_adult(), Schedule().oral("oxide", elemental_mg(300), {.at_h = 9}),
               support::until(1));
  const std::string text = cite(run);
  const auto used = simulation::used_parameters(run);
  for (const auto& row : evidence::parameters) {
    CAPTURE(std::string(row.key));
    const bool is_used = std::find(used.begin(), used.end(), row.key) != used.end();
    CHECK(says(text, line_of(row)) == is_used);
    if (!is_used) continue;
    const auto source = text.find(evidence::cite_line(evidence::reference(row.reference)) + "\n");
    REQUIRE(source != std::string::npos);
    CHECK(source < text.find(line_of(row)));
  }
  CHECK(says(text, "  salt oxide: dissolution acid ("));
}

TEST_CASE("what was given stands first, with what it replaces") {
  Subject person;
  person.weight_kg = 62;
  person.parameters["tm_mmol_per_L"] = 0.62;
  person.parameters["t_colon_h"] = 60;
  person.allow_outside_range = true;
  const std::string text = cite(simulate(person, support::until(1)));
  const auto& tm = evidence::parameter("tm_mmol_per_L");
  CHECK(text.starts_with("given by the user:\n  weight_kg = 62\n"));
  CHECK(says(text, "  tm_mmol_per_L = 0.62 mmol/L instead of " + evidence::cite_line(tm) + "\n"));
  CHECK(says(text, "  t_colon_h = 60 h, outside the range, instead of t_colon_h = "));
  CHECK_FALSE(says(text, line_of(tm)));
  CHECK(says(text, "assumed for this run:\n"));
  CHECK(says(text, "(reference adult)"));
}

TEST_CASE("changes of a person come with their sources") {
  Subject person = support::reference_adult();
  person.modifiers["proton_pump_inhibitor"] = 0.5;
  const Schedule plan = Schedule().modify("thiazide", {.at_h = 1, .over_h = 2});
  const std::string text = cite(simulate(person, plan, support::until(1)));
  for (const auto& row : evidence::modifiers) {
    const bool asked = row.name == "proton_pump_inhibitor" || row.name == "thiazide";
    CHECK(says(text, "  modifier " + std::string(row.name) + ": ") == asked);
    const auto when =
        row.name == "thiazide" ? evidence::Applies::acute : evidence::Applies::chronic;
    if (asked && (row.applies == when || row.applies == evidence::Applies::both))
      CHECK(says(text, evidence::cite_line(evidence::reference(row.reference))));
  }
  CHECK(says(text, ", strength 0.5 (given by the user)"));
}
