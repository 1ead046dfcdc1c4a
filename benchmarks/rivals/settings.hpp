// The settings in which the reference problem is timed, and its thousand subjects.
#pragma once

#include <array>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "reference_problem.hpp"

namespace rivals {

using Subject = ReferenceProblem<double>;
using Subjects = std::vector<Subject>;
inline constexpr std::size_t n_states = Subject::n_states;

/// Doses at 0, dose_every_h, ... before until_h; outputs at 0, output_every_h, ... until_h.
struct Setting {
  std::string_view name;
  std::size_t n_subjects;
  double dose_every_h;
  double output_every_h;
  double until_h;

  std::size_t n_outputs() const { return count(until_h, output_every_h) + 1; }
  std::size_t n_doses() const { return count(until_h, dose_every_h); }
  std::size_t n_outputs_per_dose() const { return count(dose_every_h, output_every_h); }
  double output_h(std::size_t row) const { return static_cast<double>(row) * output_every_h; }
  double dose_h(std::size_t dose) const { return static_cast<double>(dose) * dose_every_h; }
  /// A row stands for the state after the dose of its time.
  bool is_dose_time(std::size_t row) const {
    return row + 1 < n_outputs() && row % n_outputs_per_dose() == 0;
  }
  /// Numbers in the result of so many subjects: [subject][output][state].
  std::size_t n_values(std::size_t subjects) const { return subjects * n_outputs() * n_states; }

 private:
  static std::size_t count(double length, double part) {
    return static_cast<std::size_t>(length / part + 0.5);
  }
};

inline constexpr std::array<Setting, 3> settings = {{
    {"short", 1000, 12, 0.5, 14 * 24},
    {"long", 100, 24, 24, 365 * 24},
    {"small", 1, 24, 1, 24},
}};

inline const Setting& setting_of(std::string_view name) {
  for (const Setting& setting : settings) {
    if (setting.name == name) return setting;
  }
  throw std::invalid_argument("no setting is called '" + std::string(name) +
                              "'; there are short, long and small");
}

/// The first `n_subjects` of data/reference_problem_subjects.csv; what it does not name is typical.
inline Subjects load_subjects(const std::filesystem::path& file, std::size_t n_subjects) {
  std::ifstream in(file);
  std::string line;
  if (!std::getline(in, line) || line != "ID,kd,kge,Vmax,kt,GFR,Tm,k56") {
    throw std::runtime_error(file.string() + " does not start with the columns that are expected");
  }
  Subjects subjects;
  while (subjects.size() < n_subjects && std::getline(in, line)) {
    std::istringstream cells(line);
    std::string cell;
    std::array<double, 8> value{};
    for (double& number : value) {
      if (!std::getline(cells, cell, ',')) throw std::runtime_error("short line: " + line);
      number = std::strtod(cell.c_str(), nullptr);
    }
    Subject subject;
    subject.kd_per_h = value[1];
    subject.kge_per_h = value[2];
    subject.vmax_mmol_per_h = value[3];
    subject.kt_per_h = value[4];
    subject.gfr_L_per_h = value[5];
    subject.tm_mmol_per_h = value[6];
    subject.k56_per_h = value[7];
    subjects.push_back(subject);
  }
  if (subjects.size() < n_subjects) throw std::runtime_error(file.string() + " is too short");
  return subjects;
}

}  // namespace rivals
