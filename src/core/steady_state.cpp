// Compiled once, for all users of mgpk::core.
#include <mgpk/simulate/detail/regimen.hpp>
#include <mgpk/simulate/detail/steady_state.hpp>
