// Data sets from and to text, from columns in memory, and the linter.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <mgpk/compiled.hpp>
#include <mgpk/record/data_set.hpp>
#include <mgpk/record/input_column.hpp>
#include <mgpk/record/problem.hpp>
#include <mgpk/record/read_options.hpp>

namespace mgpk::record {

/// Reads a NONMEM-style table: a line of names, then a row per line. Nothing is repaired or sorted.
/// Throws DataSetError with all problems when one of them is an error.
MGPK_COMPILED DataSet read_csv(std::string_view text, const ReadOptions& options = {});
MGPK_COMPILED DataSet read_csv_file(const std::string& path, const ReadOptions& options = {});

/// All problems of a text. `read_csv` throws when one of them is an error, and only then.
MGPK_COMPILED std::vector<Problem> lint_csv(std::string_view text, const ReadOptions& options = {});

/// The cells as they were read: text of numbers, names, order, missing marks, quotes, comments.
MGPK_COMPILED std::string write_csv(const DataSet& data);

/// The same as reading the table that these columns would be written to.
MGPK_COMPILED DataSet from_columns(const std::vector<InputColumn>& columns,
                                   const ReadOptions& options = {});
MGPK_COMPILED std::vector<Problem> lint_columns(const std::vector<InputColumn>& columns,
                                                const ReadOptions& options = {});

}  // namespace mgpk::record

#if MGPK_DEFINE_COMPILED
#include <mgpk/record/detail/csv.hpp>
#endif
