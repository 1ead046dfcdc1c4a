// The registry of effects: names, ranks, flags, and that its lists point at something.
#include <mgpk/effect/effects.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

using namespace mgpk;

TEST_CASE("all modules M1 to M16 are there, each computed or with a reason") {
  std::set<std::string_view> modules;
  for (const auto& row : effect::effects) {
    CAPTURE(std::string(row.key));
    modules.insert(row.module);
    CHECK(row.computed == row.why_not.empty());
    CHECK(row.computed != row.columns.empty());
    CHECK(row.rank <= row.rank_driver);
  }
  CHECK(modules.size() == 16);
}

TEST_CASE("what has rank C is not computed") {
  for (const auto& row : effect::effects)
    if (row.rank == effect::Rank::c) CHECK(!row.computed);
  CHECK(!effect::effect("sleep").computed);
  CHECK(effect::effect("stool").computed);
}

TEST_CASE("a name that is not known is refused with the nearest") {
  CHECK_THROWS_WITH_AS(effect::effect("cramp"),
                       "an effect must be one of the table, but it is \"cramp\"; did you mean "
                       "\"cramps\"?",
                       UnknownNameError);
}

TEST_CASE("rank in words names the driver where it is worse") {
  CHECK(effect::rank_in_words(effect::effect("stool")) == "rank A");
  CHECK(effect::rank_in_words(effect::effect("nmda_block")) == "rank A, driver B");
}

TEST_CASE("constants that are remembered are named") {
  const auto keys = effect::to_verify(effect::effect("neuromuscular_release"));
  REQUIRE(keys.size() == 2);
  CHECK(keys[0] == "nmj_calcium_half_mmol_per_L");
  CHECK(keys[1] == "nmj_magnesium_half_mmol_per_L");
  for (const auto& row : effect::effects)
    if (!effect::to_verify(row).empty()) CHECK(row.verify);
  CHECK(effect::to_verify(effect::effect("ryr1_release")).empty());
}

TEST_CASE("every parameter of an effect is a row of the evidence") {
  for (const auto& row : effect::effects)
    for (const auto key : effect::words_of(row.parameters)) {
      CAPTURE(std::string(row.key));
      CHECK(evidence::parameter(key).key == key);
    }
}

TEST_CASE("a list is parted by spaces") {
  CHECK(effect::words_of("").empty());
  CHECK(effect::words_of("a").size() == 1);
  CHECK(effect::words_of("a bc d").at(1) == "bc");
}

TEST_CASE("why there is nothing is said in one sentence") {
  const auto words = effect::why_not_computed(effect::effect("sleep"));
  CHECK(words.find("\"sleep\" (rank C) is documented and not computed") == 0);
  CHECK(words.find("glycine") != words.npos);
}
