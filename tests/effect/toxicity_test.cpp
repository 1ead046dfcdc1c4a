// The ladder of toxicity: which published bands a level lies in.
#include <mgpk/effect/toxicity.hpp>

#include <doctest/doctest.h>

#include <string>

#include <mgpk/effect/parameters.hpp>

using namespace mgpk;

namespace {

const auto ladder = effect::toxicity_ladder(evidence::Values<double>());

/// One letter for each band: "x" where the level lies in it.
std::string bands(double c_mmol_per_L) {
  std::string shown;
  for (const bool in : effect::toxicity_bands(ladder, c_mmol_per_L)) shown += in ? 'x' : '.';
  return shown;
}

}  // namespace

TEST_CASE("a usual level lies in no band") { CHECK(bands(0.85) == "......"); }

TEST_CASE("levels in the bands of the table") {
  CHECK(bands(1.79) == "......");
  CHECK(bands(2.0) == "x.....");
  CHECK(bands(2.7) == "xx....");  // bands overlap
  CHECK(bands(3.2) == ".x....");
  CHECK(bands(3.7) == ".xx...");
  CHECK(bands(4.5) == "..x...");
  CHECK(bands(6.0) == "...x..");
  CHECK(bands(7.2) == "......");  // the sources leave a gap
  CHECK(bands(8.0) == "....x.");
  CHECK(bands(13.0) == "....xx");
}

TEST_CASE("both ends belong to a band, and an open one has none above") {
  CHECK(bands(1.8) == "x.....");
  CHECK(bands(3.0) == "xx....");
  CHECK(bands(5.0) == "..xx..");
  CHECK(bands(100.0) == "....xx");
}

TEST_CASE("each rung has a name and starts no lower than the one before") {
  for (std::size_t rung = 1; rung < effect::n_toxicity_bands; ++rung)
    CHECK(ladder[rung].c_low_mmol_per_L > ladder[rung - 1].c_low_mmol_per_L);
  CHECK(effect::toxicity_band_names[effect::reflex_lost] == "reflex_lost");
}
