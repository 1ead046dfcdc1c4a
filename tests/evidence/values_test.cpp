// The generated table fits the generated members.
#include <mgpk/evidence/values.hpp>

#include <doctest/doctest.h>

#include <type_traits>

using namespace mgpk::evidence;

namespace {

/// A scalar that only knows how to be made from a double, on purpose.
struct Scalar {
  explicit constexpr Scalar(double v) : held(v) {}
  double held;
};

static_assert(std::is_aggregate_v<Values<double>>);
static_assert(parameters.size() == value_members<double>.size());

}  // namespace

TEST_CASE("the values exist for any scalar that a double can make") {
  const Values<Scalar> values;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    CHECK((values.*value_members<Scalar>[i]).held == parameters[i].value);
  }
}

TEST_CASE("the names of the kinds are those of the table") {
  CHECK(name_of(Kind::measured) == "measured");
  CHECK(name_of(Kind::derived) == "derived");
  CHECK(name_of(Kind::calibrated) == "calibrated");
  CHECK(name_of(Kind::assumed) == "assumed");
}
