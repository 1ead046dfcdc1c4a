// Compiled once, for all users of mgpk::core.
#include <mgpk/nca/detail/plasma.hpp>
#include <mgpk/nca/detail/terminal.hpp>
#include <mgpk/nca/detail/urine.hpp>
