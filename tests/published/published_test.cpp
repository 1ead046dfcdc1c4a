// The model against published numbers, as a table: what must hold, and what is shown all the same.
#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "scenarios.hpp"

namespace {

using namespace published;

/// One endpoint. The bands are this project's own, around the published value, and not the studies'
/// spread. Rows that are not required are shown with their misses.
struct Row {
  std::string endpoint, study, observed;
  double low, high, model;
  bool required;
  bool inside() const { return low <= model && model <= high; }
};

std::string fixed(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

void baseline_rows(std::vector<Row>& rows) {
  const auto run = simulate(reference_adult(), {.times_h = {0, 8, 24}});
  const auto& t = run.trajectory;
  const double filtered_mmol = end(t, "auc_plasma_total_mmol_h_per_L") *
                               at(t, "filtered_load_mmol_per_h", 8) /
                               at(t, "c_plasma_total_mmol_per_L", 8);
  rows.push_back({"plasma at 8:00, fasting, mmol/L", "reference adult", "0.85 ± 0.06", 0.80, 0.90,
                  at(t, "c_plasma_total_mmol_per_L", 8), true});
  rows.push_back({"plasma, mean of the day, mmol/L", "reference adult", "", 0.80, 0.90,
                  end(t, "auc_plasma_total_mmol_h_per_L") / 24, true});
  rows.push_back(
      {"urine, mmol/d", "reference adult", "3.5 to 5.1", 3.3, 5.0, end(t, "a_urine_mmol"), true});
  rows.push_back({"excreted share of the filtered load, %", "reference adult", "4", 3, 5,
                  100 * end(t, "a_urine_mmol") / filtered_mmol, true});
}

void gut_rows(std::vector<Row>& rows) {
  const auto low = fine_1991(36.5, 0), high = fine_1991(36.5, 972);
  rows.push_back({"net absorbed, lowest intake, less a fasting control, %", "Fine1991", "65", 55,
                  75, 100 * low.net_of_control, false});
  rows.push_back({"net absorbed, highest intake, less a fasting control, %", "Fine1991", "11", 8,
                  14, 100 * high.net_of_control, true});
  rows.push_back({"the same, lowest intake, no control taken off, %", "Fine1991", "65", 55, 75,
                  100 * low.net, false});
  rows.push_back({"the same, highest intake, no control taken off, %", "Fine1991", "11", 8, 14,
                  100 * high.net, false});
  rows.push_back({"oxide dissolved in 24.2 mmol of acid after half an hour, %", "Lindberg1990",
                  "43", 40, 48, 100 * lindberg_1990_oxide(24.2, 0.5), true});
  rows.push_back({"the same after 4 h: all the acid can do, %", "Lindberg1990", "43", 40, 48,
                  100 * lindberg_1990_oxide(24.2, 4), false});
  rows.push_back({"absorbed of 70 mg, soluble, fasting, %", "Sabatier2003", "48 ± 5", 43, 53,
                  100 * f_absorbed_once("chloride", 70, 0), false});
  rows.push_back({"absorbed of a label in a bread meal of 88 mg, %", "Bohn2004a", "33 ± 7", 26, 40,
                  100 * f_absorbed_once("chloride", 1, 87), false});
  rows.push_back({"absorbed of 450 mg as hydroxide, fasting, %", "Dolberg2017", "14.9 (8 to 27)", 8,
                  27, 100 * f_absorbed_once("hydroxide", 450, 0), false});
  rows.push_back({"absorbed of a label, diet of 23 mg/d, %", "Graham1960 (recalled)", "76", 64, 88,
                  100 * f_absorbed_tracer(23), false});
  rows.push_back({"the same, 240 mg/d, %", "Graham1960 (recalled)", "44", 32, 56,
                  100 * f_absorbed_tracer(240), false});
  rows.push_back({"the same, 564 mg/d, %", "Graham1960 (recalled)", "24", 12, 36,
                  100 * f_absorbed_tracer(564), false});
}

void infusion_rows(std::vector<Row>& rows) {
  rows.push_back({"rise of plasma, 16 mmol/d for 14 d, mmol/L", "vandenBergh_2003", "0.18", 0.10,
                  0.26, subarachnoid_rise(16, 16), true});
  rows.push_back({"rise of plasma, 30 mmol/d for 14 d, mmol/L", "vandenBergh_2003", "0.25", 0.17,
                  0.33, subarachnoid_rise(30, 0), true});
  rows.push_back({"rise of plasma, 64 mmol/d for 14 d, mmol/L", "vandenBergh_2003", "0.53", 0.43,
                  0.67, subarachnoid_rise(64, 0), true});
}

void cardiac_rows(std::vector<Row>& rows, double gfr_mL_per_min, bool required) {
  struct Target {
    double t_h, bolus, infusion;
  };
  const auto patient = cardiac_patient(gfr_mL_per_min);
  const auto bolus = biesenbach_bolus(patient), infusion = biesenbach_infusion(patient);
  const std::string who = ", GFR " + std::to_string(static_cast<int>(gfr_mL_per_min));
  const auto add = [&](const std::string& what, const char* study, double seen, double slack,
                       double model) {
    rows.push_back({what + who, study, fixed(seen), seen - slack, seen + slack, model, required});
  };
  for (const auto& [t_h, of_bolus, of_infusion] :
       {Target{1, 1.72, 1.59}, Target{6, 1.27, 1.53}, Target{12, 1.16, 1.59}}) {
    const std::string when = std::to_string(static_cast<int>(t_h)) + " h, mmol/L";
    add("plasma after 20 mmol at " + when, "Biesenbach_2018_bolus", of_bolus, 0.15,
        at(bolus, "c_plasma_total_mmol_per_L", t_h));
    add("plasma under 10 mmol + 3 mmol/h at " + when, "Biesenbach_2018_infusion", of_infusion, 0.15,
        at(infusion, "c_plasma_total_mmol_per_L", t_h));
  }
  add("urine in 12 h after 20 mmol, mmol", "Biesenbach_2018_bolus", 19.1, 0.2 * 19.1,
      end(bolus, "a_urine_mmol"));
  add("urine in 12 h under 10 mmol + 3 mmol/h, mmol", "Biesenbach_2018_infusion", 28, 0.2 * 28,
      end(infusion, "a_urine_mmol"));
}

void chronic_rows(std::vector<Row>& rows) {
  rows.push_back({"urine, 3 x 150 mg/d citrate with meals, rise, mmol/d", "Schutten2022",
                  "3.1 (2.2 to 4.0)", 2.2, 4.0,
                  urine_rise_mmol_per_d("citrate", {8, 13, 19}, 150, 56), false});
  rows.push_back({"urine, 3 x 150 mg/d oxide with meals, rise, mmol/d", "Schutten2022",
                  "a little lower", 1.5, 3.5, urine_rise_mmol_per_d("oxide", {8, 13, 19}, 150, 56),
                  false});
  rows.push_back({"urine, 365 mg/d once, rise, mmol/d", "Zhang2016meta", "1.5 (1.2 to 1.8)", 1.2,
                  1.83, urine_rise_mmol_per_d("citrate", {8}, 365, 56), false});
  rows.push_back({"plasma after 3 weeks of 12 mg/d, share of before", "Fatemi_1991", "0.76", 0.70,
                  0.82, depletion_ratio(), false});
}

std::vector<Row> all_rows() {
  std::vector<Row> rows;
  baseline_rows(rows);
  gut_rows(rows);
  infusion_rows(rows);
  cardiac_rows(rows, 85, true);
  cardiac_rows(rows, 120, false);
  chronic_rows(rows);
  return rows;
}

std::string as_markdown(const std::vector<Row>& rows) {
  std::ostringstream page;
  page << "# The model against published numbers\n\n"
       << "Written by `tests/published/published_test.cpp`, which fails when a required row leaves "
          "its band or when this page\nis out of date. The bands are this project's own, not the "
          "spread of the studies. Rows marked *shown* are not\nrequired: they are here so that a "
          "miss is seen. All studies, how the constants were fitted to them, and a model in which\n"
          "nothing has an effect beside them stand in [docs/validation](validation/README.md).\n\n"
       << "| endpoint | study | observed | band | model | |\n|---|---|---|---|---|---|\n";
  for (const auto& row : rows) {
    page << "| " << row.endpoint << " | " << row.study << " | " << row.observed << " | "
         << fixed(row.low) << " to " << fixed(row.high) << " | " << fixed(row.model) << " | "
         << (row.inside() ? "inside" : "**misses**") << (row.required ? "" : " (shown)") << " |\n";
  }
  page
      << "\nCardiac patients: \"normal renal function\" is all that the abstracts say. 85 mL/min "
         "is an assumption of the test; with\nthe 120 mL/min of the reference adult the same "
         "numbers miss as shown. Both start loaded at the measured level.\n"
      << "The bolus is taken to run in over half an hour; its length was not seen. Nor was the "
         "duration of the test in acid:\nhalf an hour is assumed there too; left longer, the oxide "
         "uses up all the acid. Fine's meal is taken to hold 36.5 mg\n(recalled), and the lavage "
         "to "
         "come after 12 h. Most of these studies were fitted: to lie\n"
         "inside their bands is no validation.\n";
  return page.str();
}

}  // namespace

TEST_CASE("published numbers: required rows lie in their bands, and the page is up to date") {
  const auto rows = all_rows();
  for (const auto& row : rows) {
    INFO(row.endpoint, " (", row.study, "): ", row.model);
    if (row.required) CHECK(row.inside());
  }
  const std::string page = as_markdown(rows);
  MESSAGE(page);
  const std::string path = std::string(MGPK_SOURCE_DIR) + "/docs/published.md";
  if (std::getenv("MGPK_WRITE_PAGES")) std::ofstream(path) << page;
  std::ostringstream stored;
  stored << std::ifstream(path).rdbuf();
  INFO("run this test with MGPK_WRITE_PAGES=1 to write docs/published.md anew");
  CHECK(stored.str() == page);
}
