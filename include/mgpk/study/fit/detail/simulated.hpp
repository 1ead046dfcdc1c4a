// Draws of everybody's observations: for visual predictive checks, and for fits of known truth.
#pragma once

#include <Eigen/Core>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/random/quantile.hpp>
#include <mgpk/random/stream.hpp>
#include <mgpk/study/fit/detail/diagnostics.hpp>
#include <mgpk/study/fit/mixed_model.hpp>

namespace mgpk::study::fit {
namespace detail {

/// What a draw is for; the place counts replicates together with what is drawn in each.
enum class Drawn : std::uint32_t { random_effect = 1, residual = 2 };

inline double standard_normal(std::uint64_t seed, std::size_t person, Drawn what,
                              std::size_t place) {
  return random::normal_quantile(random::uniform(
      {seed, person, static_cast<std::uint32_t>(what), static_cast<std::uint32_t>(place)}));
}

/// One observation around its prediction.
inline double drawn(const Datum& datum, ErrorKind kind, double f,
                    const ErrorNumbers<double>& numbers, double z) {
  const auto at = spread_of(datum, kind, f, numbers);
  const double sd = std::sqrt(at.variance);
  return kind == ErrorKind::log_normal ? f * std::exp(sd * z) : f + sd * z;
}

}  // namespace detail

MGPK_COMPILED Eigen::MatrixXd MixedModel::simulate(const Eigen::VectorXd& theta, std::uint64_t seed,
                                                   std::size_t n_replicates) const {
  const auto numbers = detail::numbers_of(*this, theta);
  Eigen::Index n = 0;
  for (const auto& person : population_.people) n += detail::index(person.data.size());
  Eigen::MatrixXd all(n, detail::index(n_replicates));
  for (std::size_t r = 0; r < n_replicates; ++r) {
    Eigen::MatrixXd u = start();
    for (Eigen::Index i = 0; i < u.cols(); ++i)
      for (Eigen::Index k = 0; k < u.rows(); ++k)
        u(k, i) = detail::standard_normal(seed, detail::place(i), detail::Drawn::random_effect,
                                          r * detail::place(u.rows()) + detail::place(k));
    std::vector<Eigen::VectorXd> places;
    const auto predictions = detail::predict_at(*this, numbers, u, Slopes::none, places);
    Eigen::Index row = 0;
    for (std::size_t i = 0; i < predictions.size(); ++i) {
      const auto failure = detail::failure_of(*this, i, predictions[i]);
      if (!failure.empty())
        fail("each drawn person must be predicted",
             failure + " (person " + std::to_string(i + 1) + ", replicate " +
                 std::to_string(r + 1) + ")",
             "look at the variances, or bound the parameters");
      const auto& data = population_.people[i].data;
      for (std::size_t j = 0; j < data.size(); ++j)
        all(row++, detail::index(r)) = detail::drawn(
            data[j], population_.errors[data[j].error], predictions[i].f[detail::index(j)],
            numbers.errors[data[j].error],
            detail::standard_normal(seed, i, detail::Drawn::residual, r * data.size() + j));
    }
  }
  return all;
}

}  // namespace mgpk::study::fit
