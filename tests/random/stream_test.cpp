// Draws by name: each part of the name counts, and the draws are uniform and independent.
#include <mgpk/random/stream.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <vector>

using namespace mgpk::random;

namespace {

constexpr std::uint32_t n = 20000;

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  double xy = 0, xx = 0, yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - 0.5) * (y[i] - 0.5);
    xx += (x[i] - 0.5) * (x[i] - 0.5);
    yy += (y[i] - 0.5) * (y[i] - 0.5);
  }
  return xy / std::sqrt(xx * yy);
}

}  // namespace

TEST_CASE("every part of a name makes another number") {
  std::set<double> seen{uniform({1, 2, 3, 4})};
  for (const Name name :
       {Name{2, 2, 3, 4}, Name{1ULL << 32 | 1, 2, 3, 4}, Name{1, 3, 3, 4},
        Name{1, 1ULL << 32 | 2, 3, 4}, Name{1, 2, 4, 4}, Name{1, 2, 3, 5}, Name{1, 2, 4, 3}})
    CHECK(seen.insert(uniform(name)).second);
  CHECK(uniform({1, 2, 3, 4}) == uniform({1, 2, 3, 4}));
}

TEST_CASE("numbers lie strictly between 0 and 1, and fill the interval evenly") {
  std::vector<double> u;
  for (std::uint32_t i = 0; i < n; ++i) u.push_back(uniform({7, i, 0, 0}));
  std::sort(u.begin(), u.end());
  CHECK(u.front() > 0);
  CHECK(u.back() < 1);
  double distance = 0;
  for (std::uint32_t i = 0; i < n; ++i)
    distance =
        std::max({distance, std::abs(u[i] - double(i) / n), std::abs(u[i] - double(i + 1) / n)});
  CHECK(distance < 1.95 / std::sqrt(double(n)));  // Kolmogorov: exceeded once in a thousand
}

TEST_CASE("neighbours in subject, purpose and seed are not correlated") {
  std::vector<double> here, next, purpose, seed;
  for (std::uint32_t i = 0; i < n; ++i) {
    here.push_back(uniform({7, i, 0, 0}));
    next.push_back(uniform({7, i + 1, 0, 0}));
    purpose.push_back(uniform({7, i, 1, 0}));
    seed.push_back(uniform({8, i, 0, 0}));
  }
  for (const auto* other : {&next, &purpose, &seed})
    CHECK(std::abs(correlation(here, *other)) < 3.3 / std::sqrt(double(n)));
}
