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

TEST_CASE("a segment is left at the inverse of its residence; ions speed the colon") {
  const gut::TransitParameters<double> p{{0, 0.26, 1.7, 1.35, 24}, 30};
  CHECK(gut::transit_rate_per_h(p, gut::jejunum) == doctest::Approx(1 / 1.7));
  CHECK(gut::colon_rate_per_h(p, 0.0) == doctest::Approx(1.0 / 24));
  CHECK(gut::colon_rate_per_h(p, 30.0) == doctest::Approx(2.0 / 24));
  CHECK(gut::colon_rate_per_h(p, 90.0) == doctest::Approx(4.0 / 24));
}
