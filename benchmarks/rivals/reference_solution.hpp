// The reference solution of a setting, kept in a file, and the error that is measured against it.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <ios>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "settings.hpp"

namespace rivals {

/// [subject][output][state], mmol.
using Values = std::vector<double>;

inline std::filesystem::path reference_file(const std::filesystem::path& root,
                                            const Setting& setting) {
  return root / "out" / "bench" / ("reference_" + std::string(setting.name) + ".bin");
}

/// Plain doubles as the machine keeps them, nothing else: Python and R read the same file.
inline void write_values(const std::filesystem::path& file, const Values& values) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(values.data()),
            static_cast<std::streamsize>(values.size() * sizeof(double)));
  if (!out) throw std::runtime_error("cannot write " + file.string());
}

inline Values read_values(const std::filesystem::path& file, std::size_t n_values) {
  Values values(n_values);
  std::ifstream in(file, std::ios::binary);
  in.read(reinterpret_cast<char*>(values.data()),
          static_cast<std::streamsize>(n_values * sizeof(double)));
  if (!in) throw std::runtime_error(file.string() + " is missing or too short; run 'reference'");
  return values;
}

/// The smallest amount that an error is held against.
inline constexpr double floor_mmol = 1e-3;

/// Largest |y - ref| / max(|ref|, floor) over subjects, outputs and states; infinite where a value
/// is not a number. The state that is dosed is left out at dose times: some report it before.
inline double max_error(const Setting& setting, std::size_t n_subjects, const Values& values,
                        const Values& reference) {
  double largest = 0;
  std::size_t at = 0;
  for (std::size_t subject = 0; subject < n_subjects; ++subject) {
    for (std::size_t row = 0; row < setting.n_outputs(); ++row) {
      for (std::size_t state = 0; state < n_states; ++state, ++at) {
        if (state == dosed_state && setting.is_dose_time(row)) continue;
        const double scale = std::max(std::abs(reference[at]), floor_mmol);
        const double error = std::abs(values[at] - reference[at]) / scale;
        if (std::isnan(error)) return std::numeric_limits<double>::infinity();
        largest = std::max(largest, error);
      }
    }
  }
  return largest;
}

}  // namespace rivals
