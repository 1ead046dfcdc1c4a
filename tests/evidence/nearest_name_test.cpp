// Names that are nearly right.
#include <mgpk/nearest_name.hpp>

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

using namespace mgpk;

TEST_CASE("the distance counts letters put in, left out, changed and swapped") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("abc", "") == 3);
  CHECK(edit_distance("oxide", "oxide") == 0);
  CHECK(edit_distance("oxid", "oxide") == 1);
  CHECK(edit_distance("oxyde", "oxide") == 1);
  CHECK(edit_distance("oixde", "oxide") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("the nearest names come first, and no more than asked for") {
  const std::array<std::string_view, 4> keys{"every_h", "at_h", "over_h", "elemental_mg"};
  CHECK(nearest_names("ever_h", keys) == std::vector<std::string>{"every_h", "over_h"});
  CHECK(nearest_names("ever_h", keys, 1) == std::vector<std::string>{"every_h"});
  CHECK(nearest_names("ELEMENTAL_MG", keys) == std::vector<std::string>{"elemental_mg"});
  CHECK(nearest_names("elemental", keys) == std::vector<std::string>{"elemental_mg"});
  CHECK(nearest_names("completely different", keys).empty());
  CHECK(nearest_names("", keys).empty());
}

TEST_CASE("the names may be strings too") {
  const std::vector<std::string> keys{"oxide", "citrate"};
  CHECK(nearest_names("citrat", keys) == std::vector<std::string>{"citrate"});
}

TEST_CASE("a list reads like a sentence") {
  CHECK(quoted_list(std::vector<std::string>{}) == "");
  CHECK(quoted_list(std::vector<std::string>{"a"}) == "\"a\"");
  CHECK(quoted_list(std::vector<std::string>{"a", "b"}) == "\"a\" or \"b\"");
  CHECK(quoted_list(std::vector<std::string>{"a", "b", "c"}, "and") == "\"a\", \"b\" and \"c\"");
}

TEST_CASE("a refusal names what is near, or gives the other advice") {
  const std::array<std::string_view, 2> keys{"weight_kg", "height_cm"};
  CHECK_THROWS_WITH_AS(fail_unknown_name("keyword must be known", "wieght_kg", keys, "read on"),
                       "keyword must be known, but it is \"wieght_kg\"; did you mean "
                       "\"weight_kg\"?",
                       UnknownNameError);
  CHECK_THROWS_WITH_AS(fail_unknown_name("keyword must be known", "zzz", keys, "read on"),
                       "keyword must be known, but it is \"zzz\"; read on", UnknownNameError);
}
