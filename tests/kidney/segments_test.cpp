#include <doctest/doctest.h>

#include <mgpk/evidence/values.hpp>
#include <mgpk/kidney/segments.hpp>

using namespace mgpk;

namespace {
const evidence::Values<double> v;
const kidney::Segments<double> shares{v.f_tm_pt, v.f_tm_tal, v.f_tm_dct};

double tm_with(kidney::Segments<double> left) {
  return kidney::tm_of_segments_mmol_per_L(v.tm_mmol_per_L, shares, left);
}
}  // namespace

TEST_CASE("with nothing lost the tubular maximum is the reference to the last digit") {
  CHECK(tm_with({1, 1, 1}) == v.tm_mmol_per_L);
  CHECK(shares.f_pt + shares.f_tal + shares.f_dct == doctest::Approx(1));
}

TEST_CASE("each segment counts by its share") {
  CHECK(tm_with({0, 1, 1}) == doctest::Approx((1 - v.f_tm_pt) * v.tm_mmol_per_L));
  CHECK(tm_with({1, 0, 1}) == doctest::Approx((1 - v.f_tm_tal) * v.tm_mmol_per_L));
  CHECK(tm_with({1, 1, 0}) == doctest::Approx((1 - v.f_tm_dct) * v.tm_mmol_per_L));
  CHECK(tm_with({0, 0, 0}) == doctest::Approx(0));
  CHECK(tm_with({1, 1, 1.5}) > v.tm_mmol_per_L);
}
