// Compiled once, for all users of mgpk::core.
#include <mgpk/simulate/detail/simulate_many.hpp>
#include <mgpk/simulate/detail/solve_many.hpp>
