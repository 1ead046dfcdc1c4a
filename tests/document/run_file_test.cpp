// A run file is run, written and repeated; nothing leaves the folder of the outputs.
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <variant>

#include <mgpk/document/run_file.hpp>
#include <mgpk/simulate/simulate.hpp>

namespace document = mgpk::document;
namespace fs = std::filesystem;

namespace {

constexpr const char* dose_file = R"({
  "mgpk_run": 1, "note": "one dose", "seed": 42,
  "subject": {"weight_kg": 70},
  "plan": [{"kind": "oral", "salt": "citrate", "elemental_mg": 300, "at_h": 8}],
  "options": {"until_h": 24, "every_h": 1, "relative_tolerance": 1e-6},
  "outputs": {"columns": ["c_plasma_total_mmol_per_L", "c_plasma_total_mg_per_dL"],
              "every_n_rows": 10, "table_csv": "t.csv", "baseline_csv": "b.csv",
              "result_json": "r.json"}
})";

/// An empty folder that goes with the test.
struct Folder {
  explicit Folder(const char* name) : path(fs::temp_directory_path() / name) {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

const mgpk::Run& the_run() {
  static const mgpk::Run run = document::run_document(document::read_run(dose_file));
  return run;
}

bool same_numbers(const mgpk::Run& a, const mgpk::Run& b) {
  return a.trajectory.values() == b.trajectory.values() &&
         a.baseline.values() == b.baseline.values();
}

}  // namespace

TEST_CASE("a run file gives the numbers of the same calls") {
  mgpk::Subject subject;
  subject.weight_kg = 70;
  mgpk::simulation::Options options;
  options.until_h = 24;
  options.every_h = 1;
  options.relative_tolerance = 1e-6;
  const auto run = mgpk::simulate(
      subject, mgpk::Schedule().oral("citrate", mgpk::elemental_mg(300), {8, 0, 1, 0}), options);
  CHECK(same_numbers(run, the_run()));
}

TEST_CASE("a result file repeats its run bit for bit, and says so") {
  const auto first = document::read_run(dose_file);
  const auto again = document::read_run(document::result_json(first, the_run()));
  CHECK(again.text() == first.text());
  REQUIRE(again.record());
  const auto run = document::run_document(again);
  CHECK(same_numbers(run, the_run()));
  CHECK(again.record()->digest == document::digest_of(run));
  CHECK(document::compare_with_record(again, run).starts_with("equal"));
  CHECK(document::compare_with_record(first, run).empty());
}

TEST_CASE("the digest sees one bit") {
  mgpk::Run other = the_run();
  CHECK(document::digest_of(other) == document::digest_of(the_run()));
  double& number = other.trajectory.values()(3, 5);
  number = std::nextafter(number, 1e9);
  CHECK(document::digest_of(other) != document::digest_of(the_run()));
}

TEST_CASE("a result made elsewhere says what differs") {
  std::string result = document::result_json(document::read_run(dose_file), the_run());
  const auto at = result.find("\"digest\": \"") + 11;
  result[at] = result[at] == '0' ? '1' : '0';
  const auto eigen = result.find("\"eigen\": \"") + 10;
  result[eigen] = '9';
  const auto words = document::compare_with_record(document::read_run(result), the_run());
  CHECK(words.starts_with("not equal"));
  CHECK(words.find("eigen \"9") != std::string::npos);
}

TEST_CASE("a result carries document, versions, seed and the words that every output carries") {
  std::vector<document::Problem> problems;
  const auto result = document::parse_json(
      document::result_json(document::read_run(dose_file), the_run()), problems);
  CHECK(problems.empty());
  CHECK(std::get<double>(result.find("seed")->held) == 42);
  CHECK(std::get<std::string>(result.find("run")->find("note")->held) == "one dose");
  for (const char* library : {"mgpk", "boost", "eigen", "compiler", "instructions"})
    CHECK(result.find("versions")->find(library)->as<std::string>() != nullptr);
  CHECK(std::get<bool>(result.find("status")->find("ok")->held));
  CHECK(std::get<double>(result.find("summary")->find("dose_mmol")->held) ==
        doctest::Approx(300 / 24.305).epsilon(1e-12));
  CHECK(std::get<std::string>(result.find("disclaimer")->held) == mgpk::disclaimer);
}

TEST_CASE("the outputs hold the columns and rows that were asked for") {
  const Folder folder("mgpk_run_file_outputs");
  const auto files = document::write_outputs(document::read_run(dose_file), the_run(),
                                             folder.path / "new" / "deep");
  REQUIRE(files.size() == 3);
  for (const auto& file : files) CHECK(file.parent_path() == folder.path / "new" / "deep");
  const std::string table = read(files[0]);
  const auto start = table.find("time_h");
  CHECK(table.substr(start, 60) == "time_h,c_plasma_total_mmol_per_L,c_plasma_total_mg_per_dL\n0,");
  CHECK(table.find("\n10,") != std::string::npos);
  CHECK(table.find("\n11,") == std::string::npos);
  CHECK(table.find("\n24,") != std::string::npos);
  CHECK(read(files[1]).find("without the plan") != std::string::npos);
  CHECK(document::read_run_file(files[2]).seed() == 42);
}

TEST_CASE("a file that is there stays unless one asks, and no link is followed") {
  const Folder folder("mgpk_run_file_links");
  const auto doc = document::read_run(dose_file);
  const fs::path victim = folder.path / "victim";
  std::ofstream(victim) << "precious";
  const fs::path out = folder.path / "out";
  fs::create_directories(out);
  fs::create_symlink(victim, out / "t.csv");
  CHECK_THROWS_WITH_AS(document::check_folder(doc, out),
                       doctest::Contains("never overwritten unasked"), mgpk::InputError);
  CHECK_THROWS_AS(document::write_outputs(doc, the_run(), out), mgpk::InputError);
  document::write_outputs(doc, the_run(), out, true);
  CHECK(read(victim) == "precious");
  CHECK_FALSE(fs::is_symlink(out / "t.csv"));
  CHECK_THROWS_AS(document::check_folder(doc, victim), mgpk::InputError);
  CHECK_THROWS_AS(document::write_run_file(victim, doc), mgpk::InputError);
  CHECK(read(victim) == "precious");
}

TEST_CASE("a file that cannot be read is refused") {
  const Folder folder("mgpk_run_file_none");
  CHECK_THROWS_WITH_AS(document::read_run_file(folder.path / "none.json"),
                       doctest::Contains("must be a file"), mgpk::InputError);
  CHECK_THROWS_AS(document::read_run_file(folder.path), mgpk::InputError);
  const auto doc = document::read_run(dose_file);
  document::write_run_file(folder.path / "run.json", doc);
  CHECK(document::read_run_file(folder.path / "run.json").text() == doc.text());
  std::ofstream(folder.path / "bad.json") << "{";
  CHECK_THROWS_WITH_AS(document::read_run_file(folder.path / "bad.json"),
                       doctest::Contains("bad.json must be without problems"),
                       document::DocumentError);
}

TEST_CASE("a plan without lines is the baseline alone, and one time is a run") {
  const auto run = document::run_document(document::read_run(
      R"({"mgpk_run": 1, "subject": {}, "plan": [], "options": {"times_h": [6]}})"));
  CHECK(run.trajectory.n_rows() == 1);
  std::vector<document::Problem> problems;
  const auto result = document::parse_json(
      document::result_json(
          document::read_run(
              R"({"mgpk_run": 1, "subject": {}, "plan": [], "options": {"times_h": [6]}})"),
          run),
      problems);
  CHECK(result.find("summary")->as<std::nullptr_t>() != nullptr);
}
