// Compiled once, for all users of mgpk::core.
#include <mgpk/claim/detail/answers.hpp>
#include <mgpk/claim/detail/catalogue.hpp>
