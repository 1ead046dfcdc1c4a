// How a data set is read, checked and written.
#pragma once

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/record/csv.hpp>
#include <mgpk/record/detail/reader.hpp>

namespace mgpk::record {

namespace detail {

inline DataSet strict(Reading&& reading) {
  if (reading.failed) throw DataSetError(std::move(reading.problems));
  return DataSet(std::move(reading.table));
}

}  // namespace detail

MGPK_COMPILED DataSet read_csv(std::string_view text, const ReadOptions& options) {
  return detail::strict(detail::Reader(options).read(text));
}

MGPK_COMPILED DataSet read_csv_file(const std::string& path, const ReadOptions& options) {
  std::ifstream file(path, std::ios::binary);
  if (!file) fail("the file of a data set must be readable", '"' + path + '"', "check the path");
  std::string text;
  file.seekg(0, std::ios::end);
  if (const auto size = file.tellg(); size > 0) text.resize(static_cast<std::size_t>(size));
  file.seekg(0);
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file) fail("the file of a data set must be readable", '"' + path + '"', "check the path");
  return read_csv(text, options);
}

MGPK_COMPILED std::vector<Problem> lint_csv(std::string_view text, const ReadOptions& options) {
  return detail::Reader(options).read(text).problems;
}

MGPK_COMPILED DataSet from_columns(const std::vector<InputColumn>& columns,
                                   const ReadOptions& options) {
  return detail::strict(detail::Reader(options).read(columns));
}

MGPK_COMPILED std::vector<Problem> lint_columns(const std::vector<InputColumn>& columns,
                                                const ReadOptions& options) {
  return detail::Reader(options).read(columns).problems;
}

MGPK_COMPILED std::string write_csv(const DataSet& data) {
  const detail::Table& table = data.table();
  const std::string line_end = table.returns ? "\r\n" : "\n";
  const auto& marks = table.options.missing;
  const bool has_point = std::find(marks.begin(), marks.end(), ".") != marks.end();
  const std::string missing = has_point || marks.empty() ? "." : marks.front();
  std::string text(table.has_mark ? detail::byte_order_mark : "");
  std::size_t next_aside = 0;
  const auto put_asides = [&](std::size_t before) {
    for (; next_aside < table.asides.size() && table.asides[next_aside].before <= before;
         ++next_aside)
      text += table.asides[next_aside].text + line_end;
  };
  put_asides(0);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (i > 0) text += table.options.delimiter;
    text += table.columns[i].header;
  }
  if (!table.columns.empty()) text += line_end;
  for (std::size_t row = 0; row < table.n_rows(); ++row) {
    put_asides(row + 1);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (i > 0) text += table.options.delimiter;
      text += table.columns[i].cells.raw(row, missing);
    }
    text += line_end;
  }
  put_asides(table.n_rows() + 1);
  return text;
}

}  // namespace mgpk::record
