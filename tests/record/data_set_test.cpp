// What a data set answers: columns, people, records, observations, units, times.
#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include <mgpk/record/csv.hpp>

namespace {

using mgpk::record::DataSet;
using mgpk::record::Event;
using mgpk::record::ObservationKind;
using mgpk::record::read_csv;
using mgpk::record::ReadOptions;
using mgpk::record::Record;
using Names = std::vector<std::string>;

std::vector<Record> all_records(const DataSet& data, const Names& compartments = {}) {
  std::vector<Record> all;
  for (const auto& person : data.people())
    for (const Record& one : data.records(person, compartments)) all.push_back(one);
  return all;
}

TEST_CASE("records have hours, amounts and compartments by name") {
  const DataSet data = read_csv(
      "ID,TIME (min),AMT [mg],RATE,II,ADDL,SS,EVID,CMT,DV_mg_per_L,OCC\n"
      "7,0,100,2,720,5,1,1,depot,.,1\n7,90,.,.,.,.,.,0,2,1.5,2\n8,0,50,-2,0,0,0,4,central,.,.\n");
  const auto records = all_records(data, {"depot", "central"});
  REQUIRE(records.size() == 3);
  CHECK(records[0] == Record{0, Event::dose, 100, 120, 12, 5, 1, 1, 1, 0});
  CHECK(records[1] == Record{1.5, Event::observation, 0, 0, 0, 0, 0, 2, 2, 1});
  CHECK(records[2].event == Event::reset_and_dose);
  CHECK(records[2].rate == mgpk::record::modelled_duration);
  CHECK(records[2].compartment == 2);
  CHECK(std::isnan(records[2].occasion));
  CHECK(records[2].row == 2);
  CHECK(data.unit("DV") == "mg/L");
  CHECK(data.unit("AMT") == "mg");
  CHECK(data.line(2) == 4);
}

TEST_CASE("a rate in its own unit of time is taken per hour") {
  const auto rate = [](const std::string& header) {
    return all_records(read_csv(header + "\n0,10,6\n")).front().rate;
  };
  CHECK(rate("TIME,AMT,RATE") == 6);
  CHECK(rate("TIME (d),AMT,RATE") == 0.25);
  CHECK(rate("TIME (d),AMT,RATE (mg/h)") == 6);
  CHECK(rate("TIME,AMT,RATE_mg_per_min") == doctest::Approx(360).epsilon(1e-15));
}

TEST_CASE("an unknown compartment by name is refused with its line") {
  const DataSet data = read_csv("TIME,AMT,CMT\n0,1,gut\n");
  CHECK_THROWS_WITH_AS(
      all_records(data, {"gutt", "central"}),
      "CMT on line 2 must be a compartment of the model, but it is \"gut\"; did you mean \"gutt\"?",
      mgpk::UnknownNameError);
}

TEST_CASE("people are the runs of one ID, by value") {
  const DataSet data = read_csv("subject,TIME,DV\n1,0,1\n1.0,1,1\nA 2,0,1\n\"A 2\",1,1\n03,0,1\n");
  REQUIRE(data.people().size() == 3);
  CHECK(data.people()[0].id == "1");
  CHECK(data.people()[1].id == "A 2");
  CHECK(data.people()[1].first_row == 2);
  CHECK(data.people()[1].n_rows == 2);
  CHECK(data.people()[2].id == "3");
  CHECK(data.column_names() == Names{"ID", "TIME", "DV"});
}

TEST_CASE("without ID all rows are one person, and the data set says so") {
  const DataSet data = read_csv("TIME,DV\n0,1\n1,1\n");
  REQUIRE(data.people().size() == 1);
  CHECK(data.people()[0].id == "1");
  CHECK(data.assumptions()[1] == "there is no column ID: all rows are of one person");
}

TEST_CASE("numbers are NaN where missing; texts are refused with row and value") {
  const DataSet data = read_csv("TIME,WT (kg),SEX,DV\n0,70,F,1\n1,NA,.,\n2,,M,3\n");
  CHECK(data.has_column("WT"));
  CHECK(data.has_column("WT (kg)"));
  CHECK(!data.has_column("wt"));
  CHECK(data.unit("WT") == "kg");
  CHECK(data.numbers("WT")[0] == 70);
  CHECK(std::isnan(data.numbers("WT")[1]));
  CHECK(std::isnan(data.numbers("WT")[2]));
  CHECK(data.texts("SEX") == Names{"F", "", "M"});
  CHECK(data.has_text("SEX"));
  CHECK_THROWS_WITH_AS(
      data.numbers("SEX"),
      "column SEX must hold numbers to be read as numbers, but it is \"F\" on line "
      "2; read it with texts(), or give numbers",
      mgpk::InputError);
  CHECK_THROWS_WITH_AS(data.numbers("DVV"),
                       "column must be one of the data set's, but it is \"DVV\"; did you mean "
                       "\"DV\"?",
                       mgpk::UnknownNameError);
}

TEST_CASE("EVID and MDV that are absent follow from AMT and DV, and the data set says so") {
  const DataSet data = read_csv("TIME,AMT,DV\n0,100,.\n1,.,5\n2,0,\n");
  CHECK(data.events()[0] == Event::dose);
  CHECK(data.events()[1] == Event::observation);
  CHECK(data.events()[2] == Event::observation);
  REQUIRE(data.observations().size() == 1);
  CHECK(data.observations()[0].row == 1);
  REQUIRE(data.assumptions().size() == 4);
  CHECK(data.assumptions()[2].find("no column EVID") != std::string::npos);
  CHECK(data.assumptions()[3].find("1 rows with EVID 0 have no DV") != std::string::npos);
}

TEST_CASE("an infusion at steady state without an amount is a dose") {
  const DataSet data = read_csv("TIME,AMT,RATE,SS\n0,0,5,1\n");
  CHECK(data.events()[0] == Event::dose);
  CHECK(data.records(data.people()[0])[0].rate == 5);
}

TEST_CASE("aliases come in any case; what the user states wins") {
  const DataSet plain = read_csv("Subject,Time,Dose,conc\n1,0,100,.\n");
  CHECK(plain.column_names() == Names{"ID", "TIME", "AMT", "DV"});
  ReadOptions options;
  options.columns = {{"DV", "level"}, {"AMT", "given (mg)"}};
  const DataSet stated = read_csv("TIME,Dose,given (mg),conc,level\n0,1,100,7,8\n", options);
  CHECK(stated.column_names() == Names{"TIME", "Dose", "AMT", "conc", "DV"});
  CHECK(stated.numbers("DV")[0] == 8);
  CHECK(stated.numbers("level")[0] == 8);
  CHECK(stated.unit("AMT") == "mg");
  ReadOptions covariate;
  covariate.covariates = {"Dose"};
  CHECK(read_csv("TIME,Dose,DV\n0,1,7\n", covariate).column_names() == Names{"TIME", "Dose", "DV"});
}

TEST_CASE("clock times and dates are hours after the midnight before the first row") {
  const auto times = [](const std::string& text, const std::string& order = "ymd") {
    ReadOptions options;
    options.date_order = order;
    const DataSet data = read_csv(text, options);
    CHECK(data.numbers("TIME").data() == data.times_h().data());
    return std::vector<double>(data.times_h().begin(), data.times_h().end());
  };
  using Hours = std::vector<double>;
  CHECK(times("TIME,DV\n8:30,1\n14:00:36,1\n") == Hours{8.5, 14.01});
  CHECK(times("DATE,TIME,DV\n2024-02-28,20:00,1\n2024-03-01,1:30,1\n") == Hours{20, 49.5});
  CHECK(times("DATE,TIME,DV\n28.02.2024,20:00,1\n29.02.2024,1,1\n", "dmy") == Hours{20, 25});
  CHECK(times("DATE,TIME,DV\n02/28/2024,20:00,1\n", "mdy") == Hours{20});
  CHECK(times("DATE,TIME,DV\n1,20:00,1\n3,0:00,1\n") == Hours{20, 48});
  CHECK(times("ID,TIME,DV\n1,2024-05-01 06:00,1\n1,2024-05-02T06:00,1\n2,2024-07-01 05:00,1\n") ==
        Hours{6, 30, 5});
}

TEST_CASE("urine collections, ratios and means are observations of their kind") {
  ReadOptions options;
  options.kinds = {{"3", "isotope_ratio"}};
  const DataSet data = read_csv(
      "ID,TIME (h),TIME_END,UVOL (L),DV,DVID,SD,SE,N,CI_LOW,CI_HIGH,CENS,LLOQ\n"
      "1,0,6,0.4,1.2,2,.,.,.,.,.,0,.\n1,1,.,.,0.13,3,.,.,.,.,.,0,.\n1,2,.,.,0.8,1,0.1,.,12,.,.,0,."
      "\n"
      "1,3,.,.,0.8,1,.,.,.,0.7,0.9,0,.\n1,4,.,.,.,1,.,.,.,.,.,1,0.05\n",
      options);
  const auto seen = data.observations();
  REQUIRE(seen.size() == 5);
  CHECK(seen[0].kind == ObservationKind::urine_amount);
  CHECK(seen[0].end_h == 6);
  CHECK(seen[0].urine_volume == 0.4);
  CHECK(!seen[0].is_mean());
  CHECK(seen[1].kind == ObservationKind::isotope_ratio);
  CHECK(seen[1].label == "3");
  CHECK(std::isnan(seen[1].end_h));
  CHECK(seen[2].kind == ObservationKind::value);
  CHECK(seen[2].is_mean());
  CHECK(seen[2].sd == 0.1);
  CHECK(seen[2].n_persons == 12);
  CHECK(seen[3].is_mean());
  CHECK(seen[3].ci_high == 0.9);
  CHECK(seen[4].censored == 1);
  CHECK(seen[4].limit == 0.05);
  CHECK(std::isnan(seen[4].value));
}

TEST_CASE("after a reset the clock may begin anew") {
  CHECK(read_csv("TIME,AMT,EVID\n5,1,1\n0,1,4\n1,0,0\n0,0,3\n").n_rows() == 4);
}

TEST_CASE("options that cannot be are refused") {
  const auto refused = [](auto change) {
    ReadOptions options;
    change(options);
    CHECK_THROWS_AS(read_csv("TIME,DV\n0,1\n", options), mgpk::InputError);
  };
  refused([](ReadOptions& o) { o.time_unit = "weeks"; });
  refused([](ReadOptions& o) { o.date_order = "ymy"; });
  refused([](ReadOptions& o) { o.delimiter = ' '; });
  refused([](ReadOptions& o) { o.ignore = '"'; });
  refused([](ReadOptions& o) { o.columns = {{"dv", "DV"}}; });
  refused([](ReadOptions& o) { o.units = {{"WT", "kg"}}; });
  refused([](ReadOptions& o) { o.ignore = '1'; });
  refused([](ReadOptions& o) { o.missing = {}; });
  refused([](ReadOptions& o) { o.missing = {"n a", "NA "}; });
  refused([](ReadOptions& o) { o.missing = {"a,b"}; });
  refused([](ReadOptions& o) { o.columns = {{"DV", "DV"}, {"AMT", "DV"}}; });
  refused([](ReadOptions& o) { o.kinds = {{"1", "ratio"}}; });
  CHECK_THROWS_AS(mgpk::record::read_csv_file("no such file"), mgpk::InputError);
}

TEST_CASE("columns in memory are read like the table that they would be") {
  const double nan = std::nan("");
  const DataSet data = mgpk::record::from_columns({{"ID", {}, {"a,b", "a,b"}},
                                                   {"TIME", {0, 1.5}, {}},
                                                   {"AMT", {100, nan}, {}},
                                                   {"DV", {nan, 2}, {}}});
  CHECK(data.people()[0].id == "a,b");
  CHECK(write_csv(data) == "ID,TIME,AMT,DV\n\"a,b\",0,100,.\n\"a,b\",1.5,.,2\n");
  CHECK(data.line(1) == 3);
  CHECK_THROWS_AS(mgpk::record::from_columns({{"TIME", {0}, {}}, {"DV", {1, 2}, {}}}),
                  mgpk::InputError);
  const auto bytes = mgpk::record::lint_columns({{"TIME", {0}, {}}, {"X", {}, {"\xE9"}}});
  CHECK(bytes.back().code == "not_utf8");
  CHECK(write_csv(mgpk::record::from_columns({{"\xEF\xBB\xBFX", {0}, {}}, {"TIME", {0}, {}}})) ==
        "\"\xEF\xBB\xBFX\",TIME\n0,0\n");
  const auto problems = mgpk::record::lint_columns({{"TIME", {0}, {}}, {"DV", {HUGE_VAL}, {}}});
  CHECK(problems.back().code == "not_a_number");
}

}  // namespace
