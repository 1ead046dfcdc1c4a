// Compiled once, for all users of mgpk::core.
#include <mgpk/record/detail/csv.hpp>
#include <mgpk/record/detail/data_set.hpp>
