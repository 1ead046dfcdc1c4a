// What every program here shares: its arguments, the clock, and the JSON that it writes.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <ctime>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <limits>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "reference_solution.hpp"

namespace rivals {

/// One run of one setting.
struct Point {
  std::string engine;
  std::string setting;  ///< method and tolerances
  double wall_seconds;
  double cpu_seconds;  ///< of the whole process
  std::size_t n_subjects;
  std::size_t n_threads;
  double max_error;
};

inline double cpu_now() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Wall and CPU seconds of one call.
template <class Work>
std::pair<double, double> seconds_of(Work&& work) {
  const double cpu = cpu_now();
  const auto wall = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - wall;
  return {taken.count(), cpu_now() - cpu};
}

/// Where a program stands: `PROBLEM ROOT OUT`, the problem, the project's folder and a JSON file.
struct Stand {
  const Setting& setting;
  Subjects subjects;
  Values reference;
  Values values;  ///< the result of a run; touched before it is timed
  std::vector<Point> points;
  std::string engine;         ///< whose points come next
  std::size_t n_threads = 1;  ///< with more, wall time is what counts

  Stand(const Setting& chosen, Subjects people, Values solution)
      : setting(chosen),
        subjects(std::move(people)),
        reference(std::move(solution)),
        values(reference.size(), 0.0) {}
  Stand(const Setting& chosen, const std::filesystem::path& root)
      : Stand(chosen,
              load_subjects(root / "data" / "reference_problem_subjects.csv", chosen.n_subjects),
              read_values(reference_file(root, chosen), chosen.n_values(chosen.n_subjects))) {}

  /// For slow rivals: the first few subjects, and the time is scaled.
  std::size_t n_at_most(std::size_t n) const { return std::min(n, setting.n_subjects); }

  /// Runs `solve(subject, rows)` for the first `n_subjects`, `rows` being the subject's part of the
  /// result, and notes time and error. A short problem is repeated until the clock can see it.
  template <class Solve>
  void time_each(const std::string& name, std::size_t n_subjects, Solve&& solve) {
    time_all(name, n_subjects, [&](std::span<const Subject> these, std::span<double> result) {
      const std::size_t n_rows = setting.n_values(1);
      for (std::size_t i = 0; i < these.size(); ++i) {
        solve(these[i], result.subspan(i * n_rows, n_rows));
      }
    });
  }

  /// The same where one call `solve(subjects, result)` serves all.
  template <class Solve>
  void time_all(const std::string& name, std::size_t n_subjects, Solve&& solve) {
    const std::span<const Subject> these = std::span(subjects).first(n_subjects);
    const std::span<double> result = std::span(values).first(setting.n_values(n_subjects));
    std::fill(result.begin(), result.end(), std::numeric_limits<double>::quiet_NaN());
    std::size_t repeats = 1;
    auto [wall, cpu] = seconds_of([&] { solve(these, result); });
    if (wall < 0.01) {
      repeats = static_cast<std::size_t>(0.05 / (wall + 1e-7)) + 1;
      std::tie(wall, cpu) = seconds_of([&] {
        for (std::size_t i = 0; i < repeats; ++i) solve(these, result);
      });
    }
    const auto shares = static_cast<double>(repeats);
    points.push_back({engine, name, wall / shares, cpu / shares, n_subjects, n_threads,
                      max_error(setting, n_subjects, values, reference)});
  }
};

inline std::string json_of(double number) {
  std::ostringstream text;
  text.precision(9);
  text << number;
  return std::isfinite(number) ? text.str() : "null";
}

inline std::string json_of(const Point& point) {
  return "{\"setting\": \"" + point.setting + "\", \"seconds\": " + json_of(point.wall_seconds) +
         ", \"cpu_seconds\": " + json_of(point.cpu_seconds) +
         ", \"n_subjects\": " + std::to_string(point.n_subjects) +
         ", \"n_threads\": " + std::to_string(point.n_threads) +
         ", \"max_error\": " + json_of(point.max_error) + "}";
}

/// A list with one object for each engine, which are more than one where a program has variants.
inline void write_json(const std::filesystem::path& file, const std::string& version,
                       const Stand& stand) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream out(file);
  std::string last;
  out << '[';
  for (const Point& point : stand.points) {
    if (point.engine != last) {
      out << (last.empty() ? "" : "\n]},\n") << "{\"name\": \"" << point.engine
          << "\", \"version\": \"" << version << "\", \"problem\": \"" << stand.setting.name
          << "\", \"points\": [\n";
      last = point.engine;
    } else {
      out << ",\n";
    }
    out << "  " << json_of(point);
  }
  out << (last.empty() ? "]\n" : "\n]}]\n");
  if (!out) throw std::runtime_error("cannot write " + file.string());
}

/// The whole of `main`: `measure(stand)` times what it likes. A program with variants sets
/// `stand.engine` between them.
template <class Measure>
int run_rival(int n_arguments, char** arguments, const std::string& name,
              const std::string& version, Measure&& measure) {
  if (n_arguments != 4) {
    std::cerr << "usage: " << arguments[0] << " short|long|small ROOT OUT.json\n";
    return 2;
  }
  try {
    Stand stand(setting_of(arguments[1]), arguments[2]);
    stand.engine = name;
    measure(stand);
    write_json(arguments[3], version, stand);
  } catch (const std::exception& error) {
    std::cerr << name << ": " << error.what() << '\n';
    return 1;
  }
  return 0;
}

}  // namespace rivals
