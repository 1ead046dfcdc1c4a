// The sources of a plan: food first, then each swallowed salt once, under its label.
#include <mgpk/simulate/sources.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <vector>

using namespace mgpk;
using simulation::Source;
using simulation::sources_of;

TEST_CASE("a plan without anything swallowed has one source: food") {
  const std::vector<Source> food{{"food", "food", ""}};
  CHECK(sources_of({}) == food);
  CHECK(sources_of(Schedule().iv("sulfate", mmol(16)).im("sulfate", mmol(8))) == food);
  CHECK(sources_of(Schedule().meal(elemental_mg(100), {12})) == food);
}

TEST_CASE("a salt keeps one source, however often it is taken and under whichever name") {
  const auto sources = sources_of(Schedule()
                                      .oral("citrate", elemental_mg(100), {8})
                                      .oral("Magnesium citrate", elemental_mg(200), {20}));
  REQUIRE(sources.size() == 2);
  CHECK(sources[1] == Source{"citrate", "citrate", "citrate"});
}

TEST_CASE("labels tell doses of one salt apart") {
  const auto sources = sources_of(Schedule()
                                      .oral("oxide", elemental_mg(100), {8}, false, "morning")
                                      .oral("oxide", elemental_mg(100), {20}, true, "evening"));
  REQUIRE(sources.size() == 3);
  CHECK(sources[1] == Source{"morning", "morning", "oxide"});
  CHECK(sources[2] == Source{"evening", "evening", "oxide"});
  CHECK(simulation::slot_of(sources, "food") == 0);
  CHECK(simulation::slot_of(sources, "evening") == 2);
}

TEST_CASE("each salt of a mix has a source of its own under the common label") {
  const auto sources =
      sources_of(Schedule().oral_mix({{"glycinate", 0.6}, {"oxide", 0.4}}, mmol(10), "buffered"));
  REQUIRE(sources.size() == 3);
  CHECK(sources[1] == Source{"buffered_glycinate", "buffered", "glycinate"});
  CHECK(sources[2] == Source{"buffered_oxide", "buffered", "oxide"});
}

TEST_CASE("three swallowed salts are the most, and a fourth is refused") {
  Schedule plan;
  plan.oral("citrate", mmol(1)).oral("oxide", mmol(1)).oral("sulfate", mmol(1));
  CHECK(sources_of(plan).size() == simulation::max_sources);
  plan.oral("lactate", mmol(1));
  CHECK_THROWS_WITH_AS(sources_of(plan),
                       "a plan can hold at most 3 swallowed salts (each salt of a mix counts), but "
                       "it is 4; drop some, or simulate them in separate runs",
                       InputError);
}

TEST_CASE("one label for two things is refused") {
  const char* message =
      "a label names one thing, the same salt each time it is used, but it is \"a\"; give the "
      "second salt a label of its own";
  CHECK_THROWS_WITH_AS(sources_of(Schedule()
                                      .oral("citrate", mmol(1), {}, false, "a")
                                      .oral("oxide", mmol(1), {}, false, "a")),
                       message, InputError);
  CHECK_THROWS_WITH_AS(sources_of(Schedule()
                                      .oral_mix({{"citrate", 0.5}, {"oxide", 0.5}}, mmol(2), "a")
                                      .oral("citrate", mmol(1), {}, false, "a")),
                       message, InputError);
  CHECK_THROWS_AS(sources_of(Schedule()
                                 .oral_mix({{"citrate", 0.5}, {"oxide", 0.5}}, mmol(2), "a")
                                 .oral("oxide", mmol(1), {}, false, "a_oxide")),
                  InputError);
}
