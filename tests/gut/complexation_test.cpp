// What holds magnesium back: binders of a meal, and a salt's own ligand.
#include <mgpk/gut/complexation.hpp>

#include <doctest/doctest.h>

using namespace mgpk;

TEST_CASE("binders add up in multiples of what halves availability") {
  const gut::BinderParameters<double> p{0.5, 4.0};
  CHECK(gut::binders_of_meal(p, 0.0, 0.0) == 0.0);
  CHECK(gut::binders_of_meal(p, 0.5, 0.0) == 1.0);
  CHECK(gut::binders_of_meal(p, 1.0, 2.0) == 2.5);
}

TEST_CASE("what is left open falls smoothly and never to zero") {
  CHECK(gut::unbound_share(0.0) == 1.0);
  CHECK(gut::unbound_share(1.0) == 0.5);
  double last = 1.0;
  for (double n = 0.1; n < 1e6; n *= 3) {
    CHECK(gut::unbound_share(n) < last);
    CHECK(gut::unbound_share(n) > 0.0);
    last = gut::unbound_share(n);
  }
}

TEST_CASE("a labile ligand does not matter, a fast one keeps what it binds") {
  CHECK(gut::available_share(0.65, 1.0) == 1.0);
  CHECK(gut::available_share(0.65, 0.0) == doctest::Approx(0.35));
  CHECK(gut::available_share(0.0, 0.0) == 1.0);
}
