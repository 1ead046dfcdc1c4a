// The line of names: which column is which, and in which unit.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include <mgpk/nearest_name.hpp>
#include <mgpk/record/detail/cells.hpp>
#include <mgpk/record/detail/names.hpp>
#include <mgpk/record/detail/number_text.hpp>
#include <mgpk/record/detail/problems.hpp>
#include <mgpk/record/detail/table.hpp>
#include <mgpk/record/detail/unit_text.hpp>
#include <mgpk/record/known_columns.hpp>

namespace mgpk::record::detail {

class Header {
 public:
  Header(const ReadOptions& options, std::size_t line, Problems& problems)
      : options_(options), line_(line), problems_(problems) {}

  std::vector<Column> columns(const std::vector<std::string_view>& cells) {
    for (const std::string_view cell : cells) columns_.push_back(named(cell));
    refuse_numbers();
    take_stated_columns();
    take_names();
    take_aliases();
    for (Column& column : columns_) finish(column);
    check_duplicates();
    check_stated_names();
    return std::move(columns_);
  }

 private:
  static Column named(std::string_view cell) {
    Column column;
    column.header = std::string(cell);
    const std::string text = unquoted(cell);
    const auto [stem, unit] = without_brackets(trimmed(text));
    const auto [short_stem, suffix] = without_suffix(stem);
    column.own_name = std::string(stem);
    column.unit = std::string(unit.empty() ? suffix : unit);
    return column;
  }

  /// The name under which a known column may stand in the file.
  static std::string_view stem_of(const Column& column) {
    return without_suffix(column.own_name).first;
  }

  bool taken(const KnownColumn* known) const {
    return std::any_of(columns_.begin(), columns_.end(),
                       [&](const Column& column) { return column.known == known; });
  }
  bool is_covariate(const Column& column) const {
    const auto& names = options_.covariates;
    return std::find(names.begin(), names.end(), column.own_name) != names.end();
  }
  static bool has_name(const Column& column, std::string_view name) {
    return column.own_name == name || trimmed(unquoted(column.header)) == name;
  }

  void refuse_numbers() {
    const bool all_numbers =
        std::all_of(columns_.begin(), columns_.end(),
                    [](const Column& column) { return parse_number(column.own_name).is_number; });
    if (all_numbers)
      problems_.error("no_header", {line_, "", columns_.front().own_name},
                      "the first line must name the columns; put ID,TIME,... before the numbers");
  }

  void take_stated_columns() {
    for (const auto& [known, own] : options_.columns) {
      bool found = false;
      for (Column& column : columns_) {
        if (found || !has_name(column, own)) continue;
        found = true;
        if (column.known != nullptr) say_ambiguous(column, *column.known);
        column.known = column_called(known);
      }
      if (!found) say_unknown(own, "the column stated for " + known + " must be in the file");
    }
  }

  void take_names() {
    for (Column& column : columns_) {
      if (column.known != nullptr || is_covariate(column)) continue;
      const KnownColumn* known = column_called(stem_of(column));
      if (known != nullptr && !stated(known)) column.known = known;
    }
  }

  /// An alias counts only where it is the only one: two could both be meant.
  void take_aliases() {
    for (const KnownColumn& known : known_columns) {
      std::vector<Column*> meant;
      for (Column& column : columns_)
        if (column.known == nullptr && !is_covariate(column) &&
            column_with_alias(stem_of(column)) == &known)
          meant.push_back(&column);
      if (stated(&known) || meant.empty()) continue;
      if (taken(&known)) {
        for (const Column* column : meant) say_overruled(*column, known);
      } else if (meant.size() == 1) {
        meant.front()->known = &known;
      } else {
        for (const Column* column : meant) say_ambiguous(*column, known);
      }
    }
  }

  bool stated(const KnownColumn* known) const {
    return std::any_of(options_.columns.begin(), options_.columns.end(),
                       [&](const auto& pair) { return pair.first == known->name; });
  }

  void finish(Column& column) {
    if (column.known != nullptr) {
      column.name = std::string(column.known->name);
      take_unit(column);
      return;
    }
    column.name = column.own_name;
    if (column_meant(column.own_name) == nullptr && !without_suffix(column.own_name).second.empty())
      column.unit = std::string(without_suffix(column.own_name).second);
    if (is_covariate(column)) return;
    check_covariate(column);
  }

  void take_unit(Column& column) {
    if (!column.unit.empty()) column.unit = in_slash_form(parsed_unit(column.unit));
    std::string given;
    for (const auto& [name, unit] : options_.units)
      if (name == column.name) given = in_slash_form(parsed_unit(unit));
    if (column.name == "TIME" && !options_.time_unit.empty()) given = options_.time_unit;
    if (given.empty()) return;
    const bool same_time = h_per_unit(given) > 0 && h_per_unit(given) == h_per_unit(column.unit);
    if (!column.unit.empty() && column.unit != given && !same_time)
      problems_.error(
          "unit_mismatch", {line_, column.name, unquoted(column.header)},
          "the header must have the unit that the options state, " + given + "; state it once");
    else if (column.unit.empty())
      column.unit = given;
  }

  /// What is no known column is a covariate, unless it looks like a slip of the pen.
  void check_covariate(const Column& column) {
    const std::string word = folded(column.own_name);
    if (column.own_name.empty()) {
      problems_.error("unknown_column", {line_, "", ""}, "every column must have a name; give one");
    } else if (word == "DUR" || word == "TINF" || word == "DURATION") {
      problems_.error("duration_not_read", {line_, column.own_name, ""},
                      "an infusion is given by RATE, amount per time; compute it from AMT and the "
                      "duration, or state the column as a covariate");
    } else if (!options_.covariates.empty()) {
      problems_.warning("unknown_column", {line_, column.own_name, ""},
                        "the column is neither known nor stated as a covariate; state it, or "
                        "leave it: nothing reads it");
    } else if (const std::string near = near_name(word); !near.empty()) {
      problems_.warning("unknown_column", {line_, column.own_name, ""},
                        "the column is taken as a covariate; did you mean " + near + "?");
    }
  }

  /// A known name that one slip away; names of two letters are near to everything.
  std::string near_name(const std::string& word) const {
    if (word.size() < 3) return "";
    for (const KnownColumn& known : known_columns)
      if (known.name.size() >= 3 && edit_distance(word, known.name) == 1 && !taken(&known))
        return std::string(known.name);
    return "";
  }

  void check_duplicates() {
    std::unordered_set<std::string> seen;
    for (const Column& column : columns_)
      if (!seen.insert(column.name).second)
        problems_.error("duplicate_column", {line_, column.name, unquoted(column.header)},
                        "a name must stand once in the header; rename one of the columns");
  }

  void check_stated_names() {
    for (const std::string& name : options_.covariates) {
      const bool found = std::any_of(columns_.begin(), columns_.end(),
                                     [&](const Column& c) { return has_name(c, name); });
      if (!found) say_unknown(name, "a covariate that is stated must be in the file");
    }
    for (const auto& [name, unit] : options_.units) {
      const bool found =
          std::any_of(columns_.begin(), columns_.end(),
                      [&, &wanted = name](const Column& c) { return c.name == wanted; });
      if (!found) say_unknown(name, "a column whose unit is stated must be in the file");
    }
    if (!options_.kinds.empty() && !taken(column_called("DVID")))
      say_unknown("DVID", "a column DVID must be in the file where its kinds are stated");
    if (!taken(column_called("TIME")))
      problems_.error("missing_column", {line_, "TIME", ""},
                      "a data set must have a column TIME; add it, or state which column it is");
  }

  void say_unknown(const std::string& name, const std::string& rule) {
    std::vector<std::string> names;
    for (const Column& column : columns_) names.push_back(column.own_name);
    const auto near = nearest_names(name, names);
    problems_.error("unknown_column", {line_, name, ""},
                    rule + "; " +
                        (near.empty() ? std::string("use one of its names")
                                      : "did you mean " + quoted_list(near) + "?"));
  }
  void say_ambiguous(const Column& column, const KnownColumn& known) {
    problems_.error("ambiguous_column", {line_, column.own_name, ""},
                    "a known column must be one column of the file, and more could be " +
                        std::string(known.name) +
                        "; state which one is, and the others are covariates");
  }
  void say_overruled(const Column& column, const KnownColumn& known) {
    problems_.warning("ambiguous_column", {line_, column.own_name, ""},
                      "there is a column " + std::string(known.name) +
                          " as well, so this one is a covariate; if it is not, state which is " +
                          std::string(known.name));
  }

  const ReadOptions& options_;
  std::size_t line_;
  Problems& problems_;
  std::vector<Column> columns_;
};

}  // namespace mgpk::record::detail
