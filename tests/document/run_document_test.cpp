// A run document is read with all its problems at once, and says what a program would have said.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include <mgpk/document/run_document.hpp>

namespace document = mgpk::document;
using document::RunDocument;
using mgpk::Schedule;
using mgpk::Subject;

namespace {

/// A document with these lines as its plan and these options.
std::string text_with(const std::string& plan, const std::string& subject = "{}",
                      const std::string& options = R"({"until_h": 24})",
                      const std::string& more = "") {
  return R"({"mgpk_run": 1, "subject": )" + subject + R"(, "plan": )" + plan + R"(, "options": )" +
         options + more + "}";
}

Schedule plan_of(const std::string& line) {
  return document::read_run(text_with("[" + line + "]")).plan();
}

std::vector<document::Problem> problems_of(const std::string& text) {
  try {
    document::read_run(text);
  } catch (const document::DocumentError& error) {
    return error.problems();
  }
  return {};
}

/// The message of the one problem of a text; its place must be `at`.
std::string problem_at(const std::string& at, const std::string& text) {
  const auto problems = problems_of(text);
  CAPTURE(text);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].at == at);
  return problems[0].message;
}

std::string line_problem_at(const std::string& at, const std::string& line) {
  return problem_at("/plan/0" + at, text_with("[" + line + "]"));
}

bool mentions(const std::string& text, const std::string& part) {
  CAPTURE(text);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("each kind of line says what the call of its name says") {
  CHECK(plan_of(R"({"kind": "oral", "salt": "glycinate", "elemental_mg": 300, "at_h": 22,
                    "every_h": 24, "times": 28, "with_meal": true, "label": "evening"})") ==
        Schedule().oral("glycinate", mgpk::elemental_mg(300), {22, 24, 28, 0}, true, "evening"));
  CHECK(plan_of(
            R"({"kind": "oral", "salt": "sulfate", "salt_mg": 1000, "hydrate": "heptahydrate"})") ==
        Schedule().oral("sulfate", mgpk::salt_mg(1000), {}, false, "", "heptahydrate"));
  CHECK(plan_of(R"({"kind": "oral_mix", "label": "buffered", "elemental_mg": 200, "at_h": 8,
                    "shares": [{"salt": "glycinate", "f_of_magnesium": 0.6},
                               {"salt": "oxide", "f_of_magnesium": 0.4}]})") ==
        Schedule().oral_mix({{"glycinate", 0.6}, {"oxide", 0.4}}, mgpk::elemental_mg(200),
                            "buffered", {8, 0, 1, 0}));
  CHECK(plan_of(R"({"kind": "iv", "salt": "sulfate", "mmol": 16, "over_h": 4, "at_h": 1})") ==
        Schedule().iv("sulfate", mgpk::mmol(16), {1, 0, 1, 4}));
  CHECK(plan_of(R"({"kind": "im", "salt": "sulfate", "mEq": 8})") ==
        Schedule().im("sulfate", mgpk::mEq(8)));
  CHECK(plan_of(R"({"kind": "meal", "elemental_mg": 0, "at_h": 10})") ==
        Schedule().meal(mgpk::elemental_mg(0), {10, 0, 1, 0}));
  CHECK(plan_of(R"({"kind": "diet", "mg_per_d": 100, "at_h": 24, "over_h": 48})") ==
        Schedule().diet(100, 24, 48));
  CHECK(plan_of(R"({"kind": "fast", "over_h": 12})") == Schedule().fast(0, 12));
  CHECK(plan_of(R"({"kind": "reset", "at_h": 30, "to": "empty_gut"})") ==
        Schedule().reset(30, mgpk::dose::ResetTo::empty_gut));
  CHECK(plan_of(R"({"kind": "covariate", "name": "gfr_mL_per_min", "values": [90, 45],
                    "at_h": [0, 24], "rule": "linear"})") ==
        Schedule().covariate(
            {"gfr_mL_per_min", {90, 45}, {0, 24}, mgpk::dose::CovariateRule::linear}));
  CHECK(plan_of(R"({"kind": "occasion", "number": 2, "at_h": 24})") == Schedule().occasion(2, 24));
  CHECK(plan_of(R"({"kind": "modify", "name": "caffeine", "strength": 0.5, "at_h": 8, "over_h": 2,
                    "every_h": 24, "times": 3})") ==
        Schedule().modify("caffeine", {.at_h = 8, .every_h = 24, .times = 3, .over_h = 2}, 0.5));
  CHECK(plan_of(R"({"kind": "iv", "salt": "sulfate", "mmol": 8, "at_h": 20, "every_h": 12,
                    "over_h": 1, "tlag_h": 0.5, "f_bioavailable": 0.9,
                    "at_steady_state": true})") ==
        Schedule().iv("sulfate", mgpk::mmol(8), {20, 12, 1, 1, 0.5, 0.9, true}));
}

TEST_CASE("every field of the subject and the options is read") {
  const auto read = document::read_run(text_with(
      "[]",
      R"({"sex": "female", "age_y": 34, "weight_kg": 62, "height_cm": 168,
          "creatinine_mg_per_dL": 0.8, "diet_mg_per_d": 310, "albumin_g_per_L": 41,
          "c_plasma_total_mmol_per_L": 0.84, "meals_at_h": [7, 12, 18], "f_acid_secreted": 0.5,
          "pregnant": false, "diet_phytate_mmol_per_d": 1.2, "diet_oxalate_mmol_per_d": 0.4,
          "modifiers": {"thiazide": 0.7, "ileal_resection": 1},
          "parameters": {"f_uf_reference": 0.72}, "allow_outside_range": true})",
      R"({"times_h": [0, 1, 2.5], "relative_tolerance": 1e-8, "absolute_tolerance_mmol": 1e-12,
          "max_steps": 1000, "method": "rosenbrock4", "with_baseline": false,
          "raise_on_failure": false, "empty_gut_at_start": true,
          "start_c_plasma_total_mmol_per_L": 1.1})",
      R"(, "seed": 7, "note": "words", "outputs": {"every_n_rows": 2})"));
  Subject subject;
  subject.sex = mgpk::Sex::female;
  subject.age_y = 34;
  subject.weight_kg = 62;
  subject.height_cm = 168;
  subject.creatinine_mg_per_dL = 0.8;
  subject.diet_mg_per_d = 310;
  subject.diet_phytate_mmol_per_d = 1.2;
  subject.diet_oxalate_mmol_per_d = 0.4;
  subject.albumin_g_per_L = 41;
  subject.c_plasma_total_mmol_per_L = 0.84;
  subject.meals_at_h = {7, 12, 18};
  subject.f_acid_secreted = 0.5;
  subject.parameters = {{"f_uf_reference", 0.72}};
  subject.modifiers = {{"thiazide", 0.7}, {"ileal_resection", 1}};
  subject.allow_outside_range = true;
  CHECK(read.subject() == subject);
  const auto& o = read.options();
  CHECK(o.times_h == std::vector<double>{0, 1, 2.5});
  CHECK(o.relative_tolerance == 1e-8);
  CHECK(o.absolute_tolerance_mmol == 1e-12);
  CHECK(o.max_steps == 1000);
  CHECK(o.method == mgpk::ode::Method::rosenbrock4);
  CHECK_FALSE(o.with_baseline);
  CHECK_FALSE(o.throw_on_failure);
  CHECK(o.empty_gut_at_start);
  CHECK(o.start_c_plasma_total_mmol_per_L == 1.1);
  CHECK(read.seed() == 7);
  CHECK(read.note() == "words");
  CHECK(read.outputs() == document::Outputs{{}, 2, {}, {}, {}});
}

TEST_CASE("outputs left out are the usual ones, an empty section writes nothing") {
  CHECK(document::read_run(text_with("[]")).outputs() == document::default_outputs());
  const auto none = text_with("[]", "{}", R"({"until_h": 24})", R"(, "outputs": {})");
  CHECK(document::read_run(none).outputs() == document::Outputs{});
}

TEST_CASE("all problems come at once, each with its place") {
  const auto problems = problems_of(text_with(
      R"([{"kind": "oral", "salt": "citrat", "elemental_mg": 300},
          {"kind": "oral", "salt": "oxide", "elemental_mg": -3, "colour": "red"},
          {"kind": "iv", "salt": "sulfate", "mmol": "16"}])",
      R"({"weight_kg": -3, "age_y": 200, "sex": "femal", "parameters": {"tm_mmol_per_l": 1}})",
      R"({"until_h": 24, "until_h": 25, "relative_tolerance": 2})",
      R"(, "seed": -1, "outputs": {"table_csv": "../table.csv"})"));
  std::vector<std::string> places;
  places.reserve(problems.size());
  for (const auto& problem : problems) places.push_back(problem.at);
  std::sort(places.begin(), places.end());
  CHECK(places == std::vector<std::string>{
                      "/options/relative_tolerance", "/options/until_h", "/outputs/table_csv",
                      "/plan/0/salt", "/plan/1/colour", "/plan/2/mmol", "/seed", "/subject/age_y",
                      "/subject/parameters/tm_mmol_per_l", "/subject/sex", "/subject/weight_kg"});
}

TEST_CASE("a problem says the rule, the value and what to do") {
  CHECK(mentions(
      line_problem_at("/elemental_mg", R"({"kind": "oral", "salt": "oxide", "elemental_mg": -3})"),
      "elemental_mg must be finite and positive, but it is -3; give the dose"));
  CHECK(mentions(line_problem_at("/salt", R"({"kind": "iv", "salt": "sulfat", "mmol": 4})"),
                 "did you mean \"sulfate\"?"));
  CHECK(mentions(
      line_problem_at("/elemental_mgs", R"({"kind": "meal", "mmol": 3, "elemental_mgs": 3})"),
      "did you mean \"elemental_mg\"?"));
  CHECK(mentions(
      line_problem_at("/over_h", R"({"kind": "oral", "salt": "oxide", "mmol": 3, "over_h": 1})"),
      "each key of oral must be one that it knows"));
  CHECK(mentions(line_problem_at("/kind", R"({"kind": "orl", "salt": "oxide"})"), "\"oral\""));
  CHECK(mentions(line_problem_at("", R"({"salt": "oxide"})"), "needs the key \"kind\""));
  CHECK(mentions(line_problem_at("/mmol", R"({"kind": "im", "salt": "sulfate", "mmol": true})"),
                 "mmol must be a number, but it is true"));
  CHECK(mentions(
      line_problem_at("/times", R"({"kind": "im", "salt": "sulfate", "mmol": 1, "times": 1.5})"),
      "whole number"));
}

TEST_CASE("an amount is said exactly once") {
  CHECK(mentions(line_problem_at("", R"({"kind": "oral", "salt": "oxide"})"), "without"));
  CHECK(mentions(line_problem_at("", R"({"kind": "oral", "salt": "oxide", "mmol": 1, "mEq": 2})"),
                 "\"mmol\" and \"mEq\""));
  CHECK(mentions(line_problem_at("", R"({"kind": "meal"})"), "a meal takes one amount"));
  CHECK(mentions(line_problem_at("", R"({"kind": "oral_mix", "label": "a", "mmol": 3})"),
                 "shares of one amount"));
}

TEST_CASE("what Schedule, Subject and Options refuse is refused here, with the place") {
  CHECK(mentions(line_problem_at("/every_h", R"({"kind": "im", "salt": "sulfate", "mmol": 1,
                                                 "times": 3, "every_h": 0})"),
                 "every_h > 0"));
  CHECK(mentions(line_problem_at("/label", R"({"kind": "oral", "salt": "oxide", "mmol": 1,
                                               "label": "Food"})"),
                 "a label takes"));
  CHECK(mentions(problem_at("/subject/creatinine_mg_per_dL",
                            text_with("[]", R"({"creatinine_mg_per_dL": 50})")),
                 "between 0.1 and 20"));
  CHECK(mentions(problem_at("/subject", text_with("[]", R"({"creatinine_mg_per_dL": 1})")),
                 "needs sex"));
  CHECK(mentions(problem_at("/options", text_with("[]", "{}", "{}")), "neither"));
  CHECK(mentions(problem_at("/options", text_with("[]", "{}", R"({"until_h": 1, "times_h": [1]})")),
                 "both"));
  CHECK(mentions(
      problem_at("/options/every_h", text_with("[]", "{}", R"({"times_h": [1], "every_h": 1})")),
      "leave it out"));
}

TEST_CASE("no file asks for more than a computer holds") {
  CHECK(mentions(problem_at("/options/every_h",
                            text_with("[]", "{}", R"({"until_h": 8760, "every_h": 0.01})")),
                 "at most 200000 times"));
  CHECK(mentions(problem_at("/plan", text_with(R"([
      {"kind": "im", "salt": "sulfate", "mmol": 1, "times": 30000, "every_h": 1},
      {"kind": "meal", "mmol": 1, "times": 30000, "every_h": 1}])")),
                 "50000 doses"));
  std::string lines = "[";
  for (int i = 0; i < 1001; ++i)
    lines += std::string(i ? "," : "") + R"({"kind":"fast","over_h":1})";
  CHECK(mentions(problem_at("/plan", text_with(lines + "]")), "at most 1000"));
}

TEST_CASE("what would only fail in the run is refused before it") {
  const auto steady = [](const std::string& more) {
    return text_with(R"([{"kind": "im", "salt": "sulfate", "mmol": 1, "at_steady_state": true, )" +
                     more + "}]");
  };
  CHECK(problems_of(steady(R"("every_h": 8)")).empty());
  CHECK(mentions(problem_at("/plan", steady(R"("every_h": 7.1)")), "common period"));
  CHECK(mentions(problem_at("/plan", steady(R"("every_h": 0.001)")), "50000 doses"));
  CHECK(mentions(problem_at("/plan/0/at_steady_state", steady(R"("at_h": 1)")), "every_h > 0"));
  CHECK(mentions(problem_at("/plan", text_with(R"([{"kind": "diet", "mg_per_d": 9, "over_h": 9}])",
                                               R"({"meals_at_h": [], "diet_mg_per_d": 0})")),
                 "must bring 0 mg"));
}

TEST_CASE("a line after a hundred problems is still not taken for a good one") {
  std::string lines;
  for (int i = 0; i < 150; ++i) lines += R"({"kind": "fast", "colour": 1}, )";
  CHECK(problems_of(text_with("[" + lines + R"({"kind": "oral", "salt": "oxide"}])")).size() ==
        100);
}

TEST_CASE("a file name stays in its folder") {
  for (const std::string name : {"/etc/passwd.csv", "../table.csv", "a/b.csv", "a\\\\b.csv",
                                 "..csv", "a..csv", ".csv", "C:a.csv", "-o.csv", "table.txt",
                                 "table.csv\\u0000", "~.csv", "tab le.csv", ".hidden.csv"}) {
    const std::string outputs = R"(, "outputs": {"table_csv": ")" + name + "\"}";
    const auto text = text_with("[]", "{}", R"({"until_h": 24})", outputs);
    CHECK(mentions(problem_at("/outputs/table_csv", text), "plain name of a file"));
  }
  CHECK(mentions(problem_at("/outputs", text_with("[]", "{}", R"({"until_h": 24})",
                                                  R"(, "outputs": {"table_csv": "A.csv",
                                                                   "baseline_csv": "a.csv"})")),
                 "a file of its own"));
}

TEST_CASE("columns are those that the run will have") {
  const auto with = [](const std::string& columns) {
    return text_with(R"([{"kind": "oral", "salt": "oxide", "mmol": 5}])", "{}",
                     R"({"until_h": 24})", R"(, "outputs": {"columns": )" + columns + "}");
  };
  CHECK(problems_of(with(R"(["time_h", "f_absorbed_oxide", "c_plasma_total_mg_per_dL"])")).empty());
  CHECK(mentions(problem_at("/outputs/columns/0", with(R"(["f_absorbed_oxid"])")),
                 "did you mean \"f_absorbed_oxide\""));
  CHECK(mentions(problem_at("/outputs/columns", with("[]")), "must hold a name"));
  CHECK(mentions(problem_at("/outputs/columns/1", with(R"(["time_h", "time_h"])")), "only once"));
}

TEST_CASE("a document of another version, or none, is refused by that alone") {
  CHECK(mentions(problem_at("/mgpk_run", R"({"mgpk_run": 2, "later": {}})"), "must be 1"));
  CHECK(problems_of("{}").size() == 4);
  CHECK(problems_of("[]").size() == 1);
  CHECK(problems_of("null").size() == 1);
}

TEST_CASE("the words of the user come back, keys in one order") {
  const std::string text =
      text_with(R"([{"elemental_mg": 300.0, "kind": "oral", "times": 1, "salt": "Mg citrate"}])",
                R"({"weight_kg": 70, "sex": "male"})");
  const RunDocument once = document::read_run(text);
  CHECK(mentions(once.text(),
                 R"({"kind": "oral", "salt": "Mg citrate", "elemental_mg": 300, "times": 1})"));
  CHECK(once.text().find("\"sex\"") < once.text().find("\"weight_kg\""));
  CHECK(document::read_run(once.text()).text() == once.text());
  CHECK(RunDocument(once.words()).text() == once.text());
}

TEST_CASE("the document of a program reads back as what the program had, exactly") {
  Subject subject;
  subject.weight_kg = 70.1;
  subject.parameters = {{"f_uf_reference", 0.72}};
  Schedule plan;
  plan.oral("citrate", mgpk::elemental_mg(301.7), {8, 24, 3, 0}, true, "morning");
  plan.oral_mix({{"glycinate", 1.0 / 3}, {"oxide", 2.0 / 3}}, mgpk::elemental_mg(100), "mix");
  plan.iv("sulfate", mgpk::mEq(0.3), {1.0 / 3, 0, 1, 4}).im("sulfate", mgpk::mmol(0.1));
  plan.meal(mgpk::elemental_mg(17)).diet(123.4, 24, 24).fast(50, 3);
  plan.iv("chloride", mgpk::mmol(1), {9, 12, 1, 1, 0.1, 0.7, true}).reset(10).occasion(3, 11);
  plan.covariate({"gfr_mL_per_min", {90.1, 45}, {0.3, 24}});
  plan.modify("alcohol", {.at_h = 20, .over_h = 4}).modify("caffeine", {.over_h = 2}, 0.3);
  mgpk::simulation::Options options;
  options.times_h = {0, 0.1, 1.0 / 3};
  options.jump_limit = mgpk::simulation::JumpLimit::before;
  const auto made = document::document_of(subject, plan, options,
                                          {{{"urine_mmol_per_h"}}, 1, {}, {}, {}}, 12345, "a note");
  const auto read = document::read_run(made.text());
  CHECK(read.subject() == subject);
  CHECK(read.plan() == plan);
  CHECK(read.options().times_h == options.times_h);
  CHECK(read.options().jump_limit == options.jump_limit);
  CHECK(read.outputs() == made.outputs());
  CHECK(read.seed() == 12345);
  CHECK(read.note() == "a note");
  CHECK(read.text() == made.text());
}
