// Compiled once, for all users of mgpk::core: run documents, read and made.
#include <mgpk/document/run_document.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mgpk/document/run_file.hpp>
#include <mgpk/simulate/timeline.hpp>

#include "document_files.hpp"
#include "document_sections.hpp"

namespace mgpk::document {

/// Fills the private members of a document.
struct DocumentReader {
  static void read_into(RunDocument& target, Value words, const std::string& at,
                        Problems& problems);
  static RunDocument read(std::string_view text, std::string_view name);
};

namespace {

struct Sections {
  Subject subject;
  Schedule plan;
  simulation::Options options;
  Outputs outputs = default_outputs();
  std::uint64_t seed = 0;
  std::string note;
};

constexpr Key<Sections> keys[] = {
    {"$schema", every_kind, no_kind, [](const Field& field, Sections&) { field.text(); }},
    {"mgpk_run", every_kind, every_kind, [](const Field&, Sections&) {}},  // read before the others
    {"note", every_kind, no_kind,
     [](const Field& field, Sections& s) { s.note = field.text(longest_text).value_or(""); }},
    {"seed", every_kind, no_kind,
     [](const Field& field, Sections& s) {
       if (const auto seed = field.whole(0, static_cast<double>(largest_seed)))
         s.seed = static_cast<std::uint64_t>(*seed);
     }},
    {"subject", every_kind, every_kind,
     [](const Field& field, Sections& s) { read_subject(field, s.subject); }},
    {"plan", every_kind, every_kind,
     [](const Field& field, Sections& s) { read_plan(field, s.plan); }},
    {"options", every_kind, every_kind,
     [](const Field& field, Sections& s) { read_options(field, s.options); }},
    {"outputs", every_kind, no_kind,
     [](const Field& field, Sections& s) { read_outputs(field, s.outputs); }},
};

/// A document of another version is not read any further: its keys may mean something else.
bool is_of_version(const Field& document, std::string_view key, int version) {
  const auto field = document.find(key);
  if (!field) return true;  // the missing key is reported with the others
  const auto given = field->number();
  if (given && *given != version)
    field->wrong_form(
        std::string(key) + ", the version of the format, must be " + std::to_string(version),
        "this version of mgpk reads no other");
  return given && *given == version;
}

/// What only shows when all sections are read.
void check_together(const Field& document, const Sections& sections) {
  document.find("plan")->attempt([&] {
    simulation::timeline_of(sections.subject, sections.plan, simulation::sources_of(sections.plan),
                            0.0);  // a change of diet needs meals
  });
  const auto outputs = document.find("outputs");
  if (!outputs) return;
  check_columns(*outputs, sections.plan);
  if (sections.outputs.baseline_csv && !sections.options.with_baseline)
    outputs->problems().add(Fault::value, outputs->at() + "/baseline_csv",
                            "a baseline can be written only where it is run",
                            "with_baseline = false", "set it to true or leave baseline_csv out");
}

Sections read_sections(const Field& document) {
  Sections sections;
  if (!is_of_version(document, "mgpk_run", format_version)) return sections;
  read_object<Sections>(document, "a run document", keys, sections);
  if (document.problems().empty()) check_together(document, sections);
  return sections;
}

/// The parts of a result file; all but the run are for people.
struct ResultParts {
  std::string digest;
  Value versions;
};

void ignore(const Field&, ResultParts&) {}

constexpr Key<ResultParts> result_keys[] = {
    {"mgpk_result", every_kind, every_kind, &ignore},
    {"run", every_kind, every_kind, &ignore},
    {"versions", every_kind, no_kind,
     [](const Field& field, ResultParts& parts) { parts.versions = field.value(); }},
    {"seed", every_kind, no_kind, &ignore},
    {"options_used", every_kind, no_kind, &ignore},
    {"digest", every_kind, no_kind,
     [](const Field& field, ResultParts& parts) { parts.digest = field.text().value_or(""); }},
    {"status", every_kind, no_kind, &ignore},
    {"summary", every_kind, no_kind, &ignore},
    {"f_absorbed", every_kind, no_kind, &ignore},
    {"assumptions", every_kind, no_kind, &ignore},
    {"statistics", every_kind, no_kind, &ignore},
    {"disclaimer", every_kind, no_kind, &ignore},
};

void refuse(const Problems& problems, std::string_view name) {
  if (!problems.empty()) throw DocumentError(name, problems.list());
}

}  // namespace

void DocumentReader::read_into(RunDocument& target, Value words, const std::string& at,
                               Problems& problems) {
  target.words_ = std::move(words);
  Sections sections = read_sections({problems, target.words_, at});
  target.subject_ = std::move(sections.subject);
  target.plan_ = std::move(sections.plan);
  target.options_ = std::move(sections.options);
  target.outputs_ = std::move(sections.outputs);
  target.seed_ = sections.seed;
  target.note_ = std::move(sections.note);
}

RunDocument DocumentReader::read(std::string_view text, std::string_view name) {
  Problems problems;
  Value value;
  try {
    value = parse_json(text, problems.list());
  } catch (const DocumentError& error) {
    throw DocumentError(name, error.problems());
  }
  RunDocument document;
  if (!value.find("mgpk_result")) {
    read_into(document, std::move(value), "", problems);
  } else if (const Field result(problems, value, "");
             is_of_version(result, "mgpk_result", result_format_version)) {
    ResultParts parts;
    read_object<ResultParts>(result, "a result", result_keys, parts);
    if (const auto run = result.find("run"))
      read_into(document, std::move(run->value()), "/run", problems);
    document.record_ = Record{std::move(parts.digest), std::move(parts.versions)};
  }
  refuse(problems, name);
  return document;
}

RunDocument::RunDocument(const Value& words, std::string_view name)
    : RunDocument(DocumentReader::read(json_text(words), name)) {}

RunDocument read_run(std::string_view text, std::string_view name) {
  return DocumentReader::read(text, name);
}

RunDocument read_run_file(const std::filesystem::path& path) {
  return read_run(read_file(path), path.filename().string());
}

RunDocument document_of(const Subject& subject, const Schedule& plan,
                        const simulation::Options& options, const Outputs& outputs,
                        std::uint64_t seed, std::string_view note) {
  Value::Object words{{"mgpk_run", static_cast<double>(format_version)}};
  if (!note.empty()) words.push_back({"note", note});
  words.push_back({"seed", static_cast<double>(seed)});
  words.push_back({"subject", subject_words(subject)});
  words.push_back({"plan", plan_words(plan)});
  words.push_back({"options", options_words(options)});
  words.push_back({"outputs", outputs_words(outputs)});
  return RunDocument(std::move(words), "the run");
}

void write_run_file(const std::filesystem::path& path, const RunDocument& document,
                    bool overwrite) {
  write_file(path, document.text(), overwrite);
}

}  // namespace mgpk::document
