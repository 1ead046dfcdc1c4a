// Five segments in the order of the journey.
#include <mgpk/gut/transit.hpp>

#include <doctest/doctest.h>

using namespace mgpk;

TEST_CASE("the segments stand in order and each has its name") {
  CHECK(gut::segment_names.size() == gut::n_segments);
  CHECK(gut::segment_names[gut::stomach] == "stomach");
  CHECK(gut::segment_names[gut::duodenum] == "duodenum");
  CHECK(gut::segment_names[gut::jejunum] == "jejunum");
  CHECK(gut::segment_names[gut::ileum] == "ileum");
  CHECK(gut::segment_names[gut::colon] == "colon");
  CHECK(gut::colon + 1 == gut::n_segments);
}
