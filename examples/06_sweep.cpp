// A grid of salt, dose, GFR and regimen on all cores, as a tidy CSV: one line per point, failures
// too.
//
// usage: 06_sweep [file.csv]
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <mgpk/mgpk.hpp>

namespace {

struct Point {
  std::string salt;
  double dose_mg_per_d, gfr_mL_per_min;
  int doses_per_d;
};

mgpk::SweepPoint simulated(const Point& point, int days) {
  mgpk::SweepPoint result;
  result.subject.gfr_mL_per_min = point.gfr_mL_per_min;
  const std::vector<double> at_h =
      point.doses_per_d == 1 ? std::vector{8.0} : std::vector{8.0, 19.0};
  for (const double t_h : at_h)
    result.plan.oral(point.salt, mgpk::elemental_mg(point.dose_mg_per_d / point.doses_per_d),
                     {.at_h = t_h, .every_h = 24, .times = days}, true);
  return result;
}

void write_line(std::ostream& out, const Point& point, const mgpk::SweepRow& row) {
  out << point.salt << ',' << point.dose_mg_per_d << ',' << point.gfr_mL_per_min << ','
      << point.doses_per_d << ',' << row.summary.c_max_mmol_per_L << ','
      << row.summary.c_max_above_baseline_mmol_per_L << ','
      << row.summary.a_absorbed_above_baseline_mmol << ',' << row.summary.ae_mmol << ','
      << row.summary.stool_water_g << ",\"" << row.failure << "\"\n";
}

}  // namespace

int main(int argc, char** argv) {
  constexpr int days = 7;
  std::vector<Point> grid;
  for (const char* salt : {"glycinate", "oxide"})
    for (const double dose : {150.0, 300.0})
      for (const double gfr : {120.0, 25.0, 0.1})  // the last is refused: its line says why
        for (const int per_day : {1, 2}) grid.push_back({salt, dose, gfr, per_day});

  std::vector<mgpk::SweepPoint> points;
  points.reserve(grid.size());
  for (const auto& point : grid) points.push_back(simulated(point, days));
  const auto rows = mgpk::sweep(
      points,
      {.until_h = days * 24.0, .relative_tolerance = 1e-7, .absolute_tolerance_mmol = 1e-11});
  std::ofstream file;
  if (argc > 1) file.open(argv[1]);
  std::ostream& out = argc > 1 ? file : std::cout;
  out << "salt,elemental_mg_per_d,gfr_mL_per_min,doses_per_d,c_max_mmol_per_L,"
         "c_max_above_baseline_mmol_per_L,a_absorbed_above_baseline_mmol,ae_mmol,stool_water_g,"
         "failure\n";
  std::size_t n_failed = 0;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    write_line(out, grid[i], rows[i]);
    if (!rows[i].failure.empty()) ++n_failed;
  }
  std::fprintf(stderr, "%zu points, %zu refused or failed\n%s\n", grid.size(), n_failed,
               mgpk::disclaimer.data());
}
