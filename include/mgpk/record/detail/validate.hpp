// Options of reading that cannot be.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/nearest_name.hpp>
#include <mgpk/record/detail/names.hpp>
#include <mgpk/record/known_columns.hpp>
#include <mgpk/record/read_options.hpp>

namespace mgpk::record::detail {

/// Marks are compared with cells without the blanks around them, and are written unquoted.
inline void validate_missing(const ReadOptions& options) {
  if (options.missing.empty())
    fail("there must be a text that stands for no value", "none", "give one such as .");
  const std::string special{options.delimiter, '"', '\r', '\n'};
  for (const std::string& mark : options.missing)
    if (mark != trimmed(mark) || mark.find_first_of(special) != std::string::npos)
      fail("a text for no value must have no blanks around it, and neither quotes nor delimiters",
           '"' + mark + '"', "give one such as .");
}

inline void validate(const ReadOptions& options) {
  validate_missing(options);
  if (!options.time_unit.empty() && h_per_unit(options.time_unit) == 0)
    fail("time_unit must be h, min, d or s", '"' + options.time_unit + '"', "give one of them");
  if (!is_one_of(options.date_order, {"ymd", "dmy", "mdy", "ydm"}))
    fail("date_order must be ymd, dmy, mdy or ydm", '"' + options.date_order + '"',
         "give one of them");
  if (std::string_view(",;\t|").find(options.delimiter) == std::string_view::npos)
    fail("delimiter must be a comma, a semicolon, a tab or a vertical bar",
         options.delimiter == '\0' ? "\"\"" : '"' + std::string(1, options.delimiter) + '"',
         "give one of them");
  // A sign that can begin a row of data would make rows vanish.
  if (std::string_view("\"\r\n \t,;|.+-0123456789").find(options.ignore) != std::string_view::npos)
    fail("ignore must be a sign that begins a comment", '"' + std::string(1, options.ignore) + '"',
         "give one such as #");
  std::vector<std::string_view> names;
  names.reserve(known_columns.size());
  for (const KnownColumn& column : known_columns) names.push_back(column.name);
  for (const NamePairs* pairs : {&options.columns, &options.units})
    for (const auto& [name, stated] : *pairs)
      if (column_called(name) == nullptr || column_called(name)->name != name)
        fail_unknown_name("a known column must be stated", name, names,
                          "the known columns stand in the documentation");
  for (const auto& [value, kind] : options.kinds)
    if (!is_one_of(kind, {"value", "urine_amount", "isotope_ratio"}))
      fail("a kind must be value, urine_amount or isotope_ratio", '"' + kind + '"',
           "give one of them");
}

}  // namespace mgpk::record::detail
