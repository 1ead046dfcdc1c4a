#include <doctest/doctest.h>

#include <string>

#include <mgpk/evidence/modifiers.hpp>
#include <mgpk/evidence/reference.hpp>

using namespace mgpk;
using evidence::Applies;

namespace {
std::string refusal(std::string_view name, double strength, Applies when) {
  try {
    evidence::check_modifier(name, strength, when);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}
bool says(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}
}  // namespace

TEST_CASE("every modifier lasts, acts within hours, or both, and has a source") {
  for (const auto name : evidence::modifier_names) {
    CAPTURE(name);
    CHECK((evidence::has_rows(name, Applies::chronic) || evidence::has_rows(name, Applies::acute)));
  }
  for (const auto& row : evidence::modifiers) {
    CAPTURE(row.name);
    CHECK(evidence::reference(row.reference).key == row.reference);
    CHECK(row.low <= row.value);
    CHECK(row.value <= row.high);
  }
}

TEST_CASE("a name that is not known is answered with the nearest") {
  CHECK(says(refusal("thiazid", 1, Applies::chronic), "did you mean \"thiazide\""));
  CHECK_THROWS_AS(evidence::check_modifier("x", 1, Applies::acute), UnknownNameError);
}

TEST_CASE("acute and chronic are kept apart, with advice") {
  CHECK(says(refusal("caffeine", 1, Applies::chronic), "modify()"));
  CHECK(says(refusal("gitelman", 1, Applies::acute), "give it to the subject"));
  CHECK(refusal("thiazide", 1, Applies::chronic).empty());
  CHECK(refusal("thiazide", 1, Applies::acute).empty());
}

TEST_CASE("a strength lies between none and twice the size of the table") {
  CHECK(refusal("thiazide", 0, Applies::chronic).empty());
  CHECK(refusal("thiazide", 2, Applies::chronic).empty());
  CHECK(says(refusal("thiazide", 2.1, Applies::chronic), "between 0 and 2"));
  CHECK(says(refusal("thiazide", -0.1, Applies::chronic), "between 0 and 2"));
}

TEST_CASE("a modifier in words names size, range, kind and source of each of its rows") {
  const auto words = evidence::in_words("pregnancy", 0.5, Applies::chronic);
  CHECK(
      says(words, "pregnancy (strength 0.5): gfr times 1.5 (1.4 to 1.8, measured, Davison_1987)"));
  CHECK(says(words, "albumin times"));
  CHECK(says(words, "tm times"));
}
