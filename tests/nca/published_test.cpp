// The numbers that WinNonlin printed for two classic data sets, and those of PKNCA's vignette.
#include <mgpk/nca/fields.hpp>
#include <mgpk/nca/plasma.hpp>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace mgpk::nca;

namespace {

using Row = std::vector<std::string>;

std::vector<Row> rows_of(const std::string& name) {
  std::ifstream file(std::string(MGPK_SOURCE_DIR) + "/data/nca/" + name);
  REQUIRE(file);
  std::vector<Row> rows;
  std::string line, cell;
  std::getline(file, line);  // header
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    rows.emplace_back();
    while (std::getline(cells, cell, ',')) rows.back().push_back(cell);
  }
  return rows;
}

PlasmaInput samples_of(const std::string& set, const std::string& subject) {
  PlasmaInput input;
  for (const Row& row : rows_of(set + ".csv"))
    if (row[0] == subject) {
      input.times_h.push_back(std::stod(row[row.size() - 2]));
      input.c_amount_per_L.push_back(std::stod(row.back()));
    }
  return input;
}

/// "indometh_bolus_log": data set, route and rule, with the doses that were printed there.
PlasmaInput input_of(const std::string& name, const std::string& subject) {
  const bool theoph = name.starts_with("theoph");
  PlasmaInput input = samples_of(theoph ? "theoph" : "indometh", subject);
  input.dose_amount = theoph ? 320 : 25;
  input.rule = name.ends_with("log") ? AreaRule::linear_up_log_down : AreaRule::linear;
  if (name.find("bolus") != std::string::npos) input.route = Route::iv_bolus;
  if (name.find("infusion") != std::string::npos) {
    input.route = Route::iv_infusion;
    input.infusion_h = 0.25;
  }
  return input;
}

struct Meaning {
  double PlasmaResult::*number;
  double factor = 1;
};

const std::map<std::string, Meaning> meanings = {
    {"R2", {&PlasmaResult::lambda_z_r_squared}},
    {"R2ADJ", {&PlasmaResult::lambda_z_r_squared_adjusted}},
    {"LAMZNPT", {&PlasmaResult::n_lambda_z}},
    {"LAMZ", {&PlasmaResult::lambda_z_per_h}},
    {"LAMZLL", {&PlasmaResult::lambda_z_from_h}},
    {"LAMZUL", {&PlasmaResult::lambda_z_to_h}},
    {"LAMZHL", {&PlasmaResult::half_life_h}},
    {"TLAG", {&PlasmaResult::tlag_h}},
    {"TMAX", {&PlasmaResult::t_max_h}},
    {"CMAX", {&PlasmaResult::c_max_amount_per_L}},
    {"TLST", {&PlasmaResult::t_last_h}},
    {"CLST", {&PlasmaResult::c_last_amount_per_L}},
    {"C0", {&PlasmaResult::c_start_amount_per_L}},
    {"AUCLST", {&PlasmaResult::auc_last_amount_h_per_L}},
    {"AUCALL", {&PlasmaResult::auc_all_amount_h_per_L}},
    {"AUCIFO", {&PlasmaResult::auc_inf_observed_amount_h_per_L}},
    {"AUCIFP", {&PlasmaResult::auc_inf_predicted_amount_h_per_L}},
    {"AUCPEO", {&PlasmaResult::f_auc_extrapolated_observed, 100}},
    {"AUCPEP", {&PlasmaResult::f_auc_extrapolated_predicted, 100}},
    {"AUCPBEO", {&PlasmaResult::f_auc_back_extrapolated_observed, 100}},
    {"AUCPBEP", {&PlasmaResult::f_auc_back_extrapolated_predicted, 100}},
    {"AUMCLST", {&PlasmaResult::aumc_last_amount_h_h_per_L}},
    {"AUMCIFO", {&PlasmaResult::aumc_inf_observed_amount_h_h_per_L}},
    {"AUMCIFP", {&PlasmaResult::aumc_inf_predicted_amount_h_h_per_L}},
    {"AUMCPEO", {&PlasmaResult::f_aumc_extrapolated_observed, 100}},
    {"AUMCPEP", {&PlasmaResult::f_aumc_extrapolated_predicted, 100}},
    {"MRTEVLST", {&PlasmaResult::mrt_last_h}},
    {"MRTIVLST", {&PlasmaResult::mrt_last_h}},
    {"MRTEVIFO", {&PlasmaResult::mrt_inf_observed_h}},
    {"MRTIVIFO", {&PlasmaResult::mrt_inf_observed_h}},
    {"MRTEVIFP", {&PlasmaResult::mrt_inf_predicted_h}},
    {"MRTIVIFP", {&PlasmaResult::mrt_inf_predicted_h}},
    {"CLFO", {&PlasmaResult::cl_observed_L_per_h}},
    {"CLO", {&PlasmaResult::cl_observed_L_per_h}},
    {"CLFP", {&PlasmaResult::cl_predicted_L_per_h}},
    {"CLP", {&PlasmaResult::cl_predicted_L_per_h}},
    {"VZFO", {&PlasmaResult::vz_observed_L}},
    {"VZO", {&PlasmaResult::vz_observed_L}},
    {"VZFP", {&PlasmaResult::vz_predicted_L}},
    {"VZP", {&PlasmaResult::vz_predicted_L}},
    {"VSSO", {&PlasmaResult::vss_observed_L}},
    {"VSSP", {&PlasmaResult::vss_predicted_L}},
};

/// Half of the last digit of what was printed: ten significant digits, shown to seven decimals.
double half_a_digit(double printed) {
  const double digits = printed == 0 ? 0 : std::floor(std::log10(std::abs(printed)));
  return 0.5e-7 + 0.5 * std::pow(10, digits - 9) + 1e-14 * std::abs(printed);
}

}  // namespace

TEST_CASE("every number that WinNonlin printed for Theoph and Indometh is met to its last digit") {
  std::map<std::string, PlasmaResult> results;
  std::size_t n_checked = 0;
  for (const Row& row : rows_of("winnonlin.csv")) {
    const std::string key = row[0] + "/" + row[1];
    if (!results.contains(key)) results[key] = analyse_plasma(input_of(row[0], row[1]));
    const Meaning meaning = meanings.at(row[2]);
    const double printed = std::stod(row[3]);
    const double got = results[key].*meaning.number * meaning.factor;
    CAPTURE(key);
    CAPTURE(row[2]);
    CAPTURE(printed);
    CAPTURE(got);
    CHECK(std::abs(got - printed) <= half_a_digit(printed));
    ++n_checked;
  }
  CHECK(results.size() == 48);
  CHECK(n_checked == 1500);
}

TEST_CASE(
    "the example of PKNCA's vignette on areas: trailing zeros, AUCall, ends between samples") {
  PlasmaInput input;
  input.times_h = {0, 1, 2, 3, 4, 5, 8, 12, 24};
  input.c_amount_per_L = {0, 2.5, 3, 2, 1.5, 1.2, 1.1, 0, 0};
  input.partial = {{0, 2}, {0, 1.5}};
  const PlasmaResult r = analyse_plasma(input);
  const auto printed = [](double got, double value) { CHECK(std::abs(got - value) <= 0.5e-7); };
  printed(r.auc_last_amount_h_per_L, 12.9965842);
  printed(r.auc_all_amount_h_per_L, 15.1965842);
  printed(r.t_max_h, 2);
  printed(r.t_last_h, 8);
  printed(r.c_last_amount_per_L, 1.1);
  printed(r.lambda_z_per_h, 0.1075592);
  printed(r.lambda_z_r_squared, 0.7580245);
  printed(r.lambda_z_r_squared_adjusted, 0.6370368);
  printed(r.lambda_z_from_h, 3);
  printed(r.lambda_z_to_h, 8);
  printed(r.n_lambda_z, 4);
  printed(r.c_last_predicted_amount_per_L, 1.0216136);
  printed(r.half_life_h, 6.4443313);
  printed(r.lambda_z_span_ratio, 0.7758757);
  printed(r.auc_inf_observed_amount_h_per_L, 23.2235095);
  printed(r.auc_inf_predicted_amount_h_per_L, 22.4947355);
  printed(r.partial[0].auc_amount_h_per_L, 4.0);
  printed(r.partial[1].auc_amount_h_per_L, 2.5625);
}
