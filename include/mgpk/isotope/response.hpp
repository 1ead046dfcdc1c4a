// The response of plasma to a label given at once into a vein, read between its samples.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include <mgpk/error.hpp>

namespace mgpk::isotope {

/// Samples of a curve from 0 h on, straight on a logarithmic scale between them (straight as they
/// are next to a sample of nothing), and its integral, which is exact for that. Beyond the last
/// sample nothing is known: the last value stays.
class Response {
 public:
  Response(std::vector<double> times_h, std::vector<double> values)
      : times_h_(std::move(times_h)), values_(std::move(values)) {
    require(times_h_.size() >= 2 && times_h_.size() == values_.size(),
            "a response needs at least two samples, each with a time",
            static_cast<double>(times_h_.size()), "give times_h and values of one length");
    require(times_h_[0] == 0, "the first sample of a response must be at 0 h", times_h_[0],
            "extrapolate back to the moment of the injection");
    for (std::size_t i = 0; i < values_.size(); ++i) {
      require(std::isfinite(values_[i]) && values_[i] >= 0,
              "a sample of a response must not be negative", values_[i],
              "leave out samples below what can be measured");
      if (i > 0)
        require(times_h_[i] > times_h_[i - 1], "the times of samples must rise strictly",
                times_h_[i], "sort them and give each once");
    }
    integrals_.assign(values_.size(), 0.0);
    for (std::size_t i = 1; i < values_.size(); ++i)
      integrals_[i] = integrals_[i - 1] + piece(i - 1, times_h_[i]);
  }

  /// From 0 h to a time; nothing before 0 h.
  double integral(double t_h) const {
    if (t_h <= 0) return 0.0;
    const auto after = std::upper_bound(times_h_.begin() + 1, times_h_.end(), t_h);
    const auto i = static_cast<std::size_t>(after - times_h_.begin()) - 1;
    if (after == times_h_.end())
      return integrals_.back() + values_.back() * (t_h - times_h_.back());
    return integrals_[i] + piece(i, t_h);
  }

 private:
  /// From sample `i` to a time before the next.
  double piece(std::size_t i, double t_h) const {
    const double length_h = times_h_[i + 1] - times_h_[i], gone_h = t_h - times_h_[i];
    const double change = values_[i + 1] - values_[i];
    if (values_[i] <= 0 || values_[i + 1] <= 0 || change == 0)
      return gone_h * (values_[i] + 0.5 * change * gone_h / length_h);
    const double k_per_h = std::log(values_[i] / values_[i + 1]) / length_h;
    return values_[i] * -std::expm1(-k_per_h * gone_h) / k_per_h;
  }

  std::vector<double> times_h_, values_, integrals_;
};

}  // namespace mgpk::isotope
