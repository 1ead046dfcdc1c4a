// Compiled once, for all users of mgpk::core.
#include <mgpk/simulate/detail/isotope_methods.hpp>
#include <mgpk/simulate/detail/isotopes.hpp>
