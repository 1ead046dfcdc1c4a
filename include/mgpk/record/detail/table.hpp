// What a data set holds, filled by the reader and never changed afterwards.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <mgpk/record/detail/cells.hpp>
#include <mgpk/record/detail/split.hpp>
#include <mgpk/record/known_columns.hpp>
#include <mgpk/record/problem.hpp>
#include <mgpk/record/read_options.hpp>
#include <mgpk/record/record.hpp>

namespace mgpk::record::detail {

struct Column {
  std::string header;    ///< as it stands in the file, with its quotes
  std::string own_name;  ///< the file's name without quotes, unit in brackets and blanks
  std::string name;      ///< the known name, or `own_name`
  std::string unit;      ///< as stated in the header or by the user; empty if nowhere
  const KnownColumn* known = nullptr;
  Cells cells;
};

struct Group {
  std::string id;
  std::size_t first_row = 0;
  std::size_t n_rows = 0;
};

struct Table {
  ReadOptions options;
  std::vector<Column> columns;
  std::vector<std::string> names;
  std::vector<Group> people;
  std::vector<std::uint32_t> lines;  ///< per row, the line of the file
  std::vector<double> times_h;       ///< per row
  std::vector<Event> events;         ///< per row
  std::vector<bool> observed;        ///< per row: an observation with a value, MDV 0
  std::vector<Problem> warnings;
  std::vector<std::string> assumptions;
  std::vector<Aside> asides;
  bool has_mark = false;      ///< the file began with a byte order mark
  bool returns = false;       ///< its lines end with carriage return and line feed
  bool clock = false;         ///< its times are dates or clock times
  double h_per_time = 1;      ///< of TIME
  double h_per_interval = 1;  ///< of II
  double h_per_rate = 1;      ///< of the time in the unit of RATE
  double h_per_end = 1;       ///< of TIME_END

  std::size_t n_rows() const { return lines.size(); }
  const Column* find(std::string_view name) const {
    for (const Column& column : columns)
      if (column.name == name) return &column;
    for (const Column& column : columns)
      if (column.own_name == name || column.header == name) return &column;
    return nullptr;
  }
  /// The column of a known name, for the rules.
  const Column* known(std::string_view name) const {
    for (const Column& column : columns)
      if (column.known != nullptr && column.name == name) return &column;
    return nullptr;
  }
};

}  // namespace mgpk::record::detail
