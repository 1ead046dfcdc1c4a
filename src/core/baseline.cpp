// Compiled once, for all users of mgpk::core.
#include <mgpk/simulate/detail/baseline.hpp>
#include <mgpk/simulate/detail/baselines.hpp>
