// Tolerances from loose to tight: each rival is run at all of them, and what was reached is
// plotted.
#pragma once

#include <cmath>
#include <sstream>
#include <string>
#include <vector>

namespace rivals {

struct Tolerance {
  double relative;
  double absolute_share;  ///< of the relative tolerance, per mmol
  double absolute() const { return relative * absolute_share; }
};

/// Relative tolerances from `loosest` down to `tightest`, so many to a decade.
inline std::vector<Tolerance> ladder(double loosest, double tightest, int per_decade,
                                     const std::vector<double>& absolute_shares = {1e-3}) {
  std::vector<Tolerance> tolerances;
  const double n_decades = std::log10(loosest / tightest);
  const int n_steps = static_cast<int>(std::lround(n_decades * per_decade));
  for (int step = 0; step <= n_steps; ++step) {
    const double relative = loosest * std::pow(10.0, -static_cast<double>(step) / per_decade);
    for (const double share : absolute_shares) tolerances.push_back({relative, share});
  }
  return tolerances;
}

inline std::string text_of(const Tolerance& tolerance) {
  std::ostringstream text;
  text.precision(2);
  text << "rtol " << tolerance.relative << ", atol " << tolerance.absolute() << " mmol";
  return text.str();
}

}  // namespace rivals
