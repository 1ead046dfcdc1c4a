// Compiled once, for all users of mgpk::core.
#include <mgpk/simulate/detail/columns_of_many.hpp>
