// Compiled once, for all users of mgpk::core.
#include <mgpk/simulate/detail/slopes.hpp>
#include <mgpk/study/fit/detail/body_predictor.hpp>
