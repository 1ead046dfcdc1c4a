// Bodies without a timeline, in random states: for tests of the equations themselves.
#pragma once

#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>

#include <mgpk/body/body.hpp>
#include <mgpk/body/person.hpp>
#include <mgpk/body/subject.hpp>

namespace support {

using Random = std::mt19937_64;

/// Uniform in [low, high), from the top bits alone: the same numbers with every standard library.
inline double uniform(Random& random, double low, double high) {
  return low + (high - low) * 0x1p-53 * static_cast<double>(random() >> 11);
}

inline std::size_t below(Random& random, std::size_t n) {
  return static_cast<std::size_t>(uniform(random, 0, static_cast<double>(n)));
}

/// Food, then one salt of each way to dissolve.
inline constexpr std::array<mgpk::dose::Dissolution, 5> kinds_of_sources{
    mgpk::dose::Dissolution::food, mgpk::dose::Dissolution::acid, mgpk::dose::Dissolution::soluble,
    mgpk::dose::Dissolution::sparing, mgpk::dose::Dissolution::hydroxide};

template <std::size_t Sources, class Par = double>
mgpk::body::Body<Sources, Par> body_with(const mgpk::evidence::Values<Par>& values,
                                         const mgpk::body::BodyParameters<Par>& parameters) {
  mgpk::body::Body<Sources, Par> model;
  model.parameters = parameters;
  for (std::size_t i = 0; i < Sources; ++i) {
    model.sources[i] = mgpk::body::source_parameters(values, kinds_of_sources[i]);
    model.labels[i] = i == 0 ? "food" : "salt_" + std::to_string(i);
  }
  model.labels[Sources] = "endogenous";
  return model;
}

/// The body of a person who swallows `Sources` things.
template <std::size_t Sources>
mgpk::body::Body<Sources> body_of(const mgpk::Subject& person = {}) {
  const auto values = mgpk::body::values_of(person);
  return body_with<Sources>(values,
                            mgpk::body::body_parameters(values, mgpk::body::traits_of(person)));
}

/// Every state somewhere between almost nothing and plenty.
template <std::size_t Sources>
std::array<double, mgpk::body::Layout<Sources>::n_states> random_state(Random& random) {
  using L = mgpk::body::Layout<Sources>;
  std::array<double, L::n_states> x{};
  for (auto& value : x) value = uniform(random, 0.001, 12.0);
  x[L::meal] = uniform(random, 0.0, 2.0);
  x[L::tm_shift] = uniform(random, -0.05, 0.05);
  x[L::cells] = uniform(random, 50, 150);
  x[L::slow] = uniform(random, 200, 500);
  x[L::interstitial] = uniform(random, 5, 40);
  return x;
}

}  // namespace support
