// Compiled once, for all users of mgpk::core: documents run, and their results written.
#include <mgpk/document/run_file.hpp>

#include <boost/version.hpp>
#include <Eigen/Core>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <mgpk/simulate/instruction_set.hpp>
#include <mgpk/simulate/simulate.hpp>
#include <mgpk/simulate/summary.hpp>
#include <mgpk/version.hpp>

#include "document_files.hpp"
#include "document_sections.hpp"

namespace mgpk::document {
namespace {

std::string compiler() {
#if defined(__clang__)
  return "clang " __clang_version__;
#elif defined(__GNUC__)
  return "gcc " __VERSION__;
#else
  return "unknown";
#endif
}

std::string dotted(int major, int minor, int patch) {
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

/// FNV-1a over the bits, 64 wide. It finds a difference; it proves nothing about intent.
class Digest {
 public:
  void add(std::uint64_t word) {
    for (unsigned shift = 0; shift < 64; shift += 8) add_byte((word >> shift) & 0xFFU);
  }
  void add(std::string_view text) {
    add(static_cast<std::uint64_t>(text.size()));
    for (const char letter : text) add_byte(static_cast<unsigned char>(letter));
  }
  void add(const simulation::Trajectory& table) {
    for (const auto& name : table.names()) add(std::string_view(name));
    for (std::size_t i = 0; i < table.names().size(); ++i)
      for (const double value : table.column(i))  // a NaN may come with any sign
        add(std::isnan(value) ? ~std::uint64_t{0} : std::bit_cast<std::uint64_t>(value));
  }

  std::string text() const {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned shift = 64; shift > 0; shift -= 4) text += digits[(hash_ >> (shift - 4)) & 0xFU];
    return text;
  }

 private:
  void add_byte(std::uint64_t byte) { hash_ = (hash_ ^ byte) * 0x100000001b3U; }
  std::uint64_t hash_ = 0xcbf29ce484222325U;
};

Value summary_words(const Run& run) {
  if (run.baseline.n_rows() < 2) return {};
  const Summary s = summary(run);
  return Value::Object{{"from_h", s.from_h},
                       {"to_h", s.to_h},
                       {"dose_mmol", s.dose_mmol},
                       {"c_max_mmol_per_L", s.c_max_mmol_per_L},
                       {"t_max_h", s.t_max_h},
                       {"c_max_above_baseline_mmol_per_L", s.c_max_above_baseline_mmol_per_L},
                       {"auc_above_baseline_mmol_h_per_L", s.auc_above_baseline_mmol_h_per_L},
                       {"a_absorbed_above_baseline_mmol", s.a_absorbed_above_baseline_mmol},
                       {"ae_mmol", s.ae_mmol},
                       {"f_excreted", s.f_excreted},
                       {"cl_renal_L_per_h", s.cl_renal_L_per_h},
                       {"a_feces_mmol", s.a_feces_mmol},
                       {"stool_water_g", s.stool_water_g}};
}

Value status_words(const Run& run) {
  return Value::Object{{"ok", run.status.ok()}, {"message", run.status.message()}};
}

Value f_absorbed_words(const Run& run) {
  Value::Object words;
  for (const auto& [label, fraction] : run.f_absorbed()) words.push_back({label, fraction});
  return words;
}

Value statistics_words(const Run& run) {
  const auto count = [](std::size_t n) { return Value(static_cast<double>(n)); };
  const auto& s = run.statistics;
  return Value::Object{{"n_steps", count(s.n_steps)},
                       {"n_rejected", count(s.n_rejected)},
                       {"n_rhs", count(s.n_rhs)},
                       {"n_jacobian", count(s.n_jacobian)},
                       {"n_switches", count(s.n_switches)}};
}

/// A column of a table; the units of the clinic are computed.
std::vector<double> values_of(const simulation::Trajectory& table, std::string_view name) {
  if (auto converted = simulation::in_clinical_unit(table, name); !converted.empty())
    return converted;
  const auto found = table.column(name);
  return {found.begin(), found.end()};
}

/// Names of the columns to write: the time comes first, wherever it was named.
std::vector<std::string> columns_to_write(const Outputs& outputs,
                                          const simulation::Trajectory& table) {
  std::vector<std::string> names{"time_h"};
  for (const auto& name : outputs.columns.value_or(table.names()))
    if (name != "time_h") names.push_back(name);
  return names;
}

std::string csv(const Outputs& outputs, const simulation::Trajectory& table,
                std::string_view what) {
  const auto names = columns_to_write(outputs, table);
  std::vector<std::vector<double>> columns;
  std::string text = "# mgpk " + std::string(version) + ": " + std::string(what) +
                     "; the unit of a column ends its name\n# " + std::string(disclaimer) + "\n";
  for (const auto& name : names) {
    text += (columns.empty() ? "" : ",") + name;
    columns.push_back(values_of(table, name));
  }
  text += '\n';
  const std::size_t n = table.n_rows();
  for (std::size_t row = 0; row < n; ++row) {
    if (row % outputs.every_n_rows != 0 && row + 1 != n) continue;
    for (std::size_t i = 0; i < columns.size(); ++i)
      text += (i == 0 ? "" : ",") + text_of(columns[i][row]);
    text += '\n';
  }
  return text;
}

}  // namespace

Run run_document(const RunDocument& document) {
  if (document.plan().empty()) return simulate(document.subject(), document.options());
  return simulate(document.subject(), document.plan(), document.options());
}

Value versions() {
  return Value::Object{
      {"mgpk", version},
      {"boost", dotted(BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100)},
      {"eigen", dotted(EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION)},
      {"compiler", compiler()},
      {"instructions", std::string(simulation::lanes::kernels_for_one().instruction_set)}};
}

std::string digest_of(const Run& run) {
  Digest digest;
  digest.add(run.trajectory);
  digest.add(run.baseline);
  return digest.text();
}

std::string result_json(const RunDocument& document, const Run& run) {
  return json_text(
      Value::Object{{"mgpk_result", static_cast<double>(result_format_version)},
                    {"run", document.words()},
                    {"versions", versions()},
                    {"seed", static_cast<double>(document.seed())},
                    {"options_used", options_words(document.options())},
                    {"digest", digest_of(run)},
                    {"status", status_words(run)},
                    {"summary", summary_words(run)},
                    {"f_absorbed", f_absorbed_words(run)},
                    {"assumptions", Value::List(run.assumptions.begin(), run.assumptions.end())},
                    {"statistics", statistics_words(run)},
                    {"disclaimer", disclaimer}});
}

std::string table_csv(const RunDocument& document, const Run& run) {
  return csv(document.outputs(), run.trajectory, "the run");
}

std::string baseline_csv(const RunDocument& document, const Run& run) {
  return csv(document.outputs(), run.baseline, "the same person without the plan");
}

void check_folder(const RunDocument& document, const std::filesystem::path& folder,
                  bool overwrite) {
  std::error_code error;
  if (std::filesystem::exists(folder, error) && !std::filesystem::is_directory(folder, error))
    fail("outputs go into a folder", quoted(folder) + ", a file", "name a folder");
  const Outputs& o = document.outputs();
  for (const auto& name : {o.table_csv, o.baseline_csv, o.result_json})
    if (name) require_no_file(folder / *name, overwrite);
}

std::vector<std::filesystem::path> write_outputs(const RunDocument& document, const Run& run,
                                                 const std::filesystem::path& folder,
                                                 bool overwrite) {
  check_folder(document, folder, overwrite);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) fail("outputs need a folder", quoted(folder) + ": " + error.message(), "name another");
  std::vector<std::filesystem::path> files;
  const auto put = [&](const std::optional<std::string>& name, auto&& text_of_run) {
    if (!name) return;
    files.push_back(folder / *name);
    write_file(files.back(), text_of_run(document, run), overwrite);
  };
  put(document.outputs().table_csv, &table_csv);
  put(document.outputs().baseline_csv, &baseline_csv);
  put(document.outputs().result_json, &result_json);
  return files;
}

std::string compare_with_record(const RunDocument& document, const Run& run) {
  const auto& record = document.record();
  if (!record || record->digest.empty()) return "";
  if (record->digest == digest_of(run)) return "equal, bit for bit, to the result it repeats";
  std::string text = "not equal to the result it repeats";
  const Value now = versions();
  for (const auto& [key, value] : std::get<Value::Object>(now.held)) {
    const Value* then = record->versions.find(key);
    if (then && json_text(*then) != json_text(value))
      text += "; that was made with " + key + " " + shown(*then) + ", this with " + shown(value);
  }
  return text;
}

}  // namespace mgpk::document
