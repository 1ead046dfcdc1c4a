// Some columns of the runs of many persons, written straight to where the caller wants them.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <mgpk/body/subject.hpp>
#include <mgpk/compiled.hpp>
#include <mgpk/dose/schedule.hpp>
#include <mgpk/simulate/options.hpp>

namespace mgpk {

/// What is asked of many persons. The persons and plans stay where they are.
struct ColumnsOfMany {
  std::vector<const Subject*> subjects;
  std::vector<const Schedule*> plans;  ///< one each, one for all, or none: the diet alone
  std::vector<std::string> columns;    ///< of their tables; clinical units are computed
  simulation::Options options;         ///< for all; `with_baseline` is not read
  std::size_t n_threads = 0;           ///< 0: as many as the machine has cores
  /// Called after persons were done, from one thread at a time; false stops the rest.
  std::function<bool(std::size_t done, std::size_t total)> progress{};
};

/// Why somebody has no numbers.
struct FailureOfOne {
  std::size_t who = 0;
  std::string reason;
};

/// How many numbers each person has: output times times columns.
/// @throws InputError for options that are refused; UnknownNameError for a column that the table of
///         one of the plans does not have.
MGPK_COMPILED std::size_t n_numbers_of_one(const ColumnsOfMany& wanted);

/// What the work needs besides the result, an upper bound. It does not grow with the persons.
MGPK_COMPILED double working_memory_bytes(const ColumnsOfMany& wanted);

/// Solves everybody from their own baseline, as `simulate` does and within the tolerance, and
/// writes values[person][time][column]. No table is kept, so that no more memory is needed than for
/// the result and some megabytes. Who is refused or fails gets NaN, costs the others nothing, and
/// is named in what is returned, in order. Neither the others, nor their order, nor the number of
/// threads change a bit of anybody's numbers.
/// @throws what `n_numbers_of_one` throws, and InputError when plans are neither none, one for all
///         nor one each, or `values` has another size.
MGPK_COMPILED std::vector<FailureOfOne> solve_columns(const ColumnsOfMany& wanted,
                                                      std::span<double> values);

}  // namespace mgpk

#if MGPK_DEFINE_COMPILED
#include <mgpk/simulate/detail/columns_of_many.hpp>
#endif
