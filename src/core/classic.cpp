// Compiled once, for all users of mgpk::core.
#include <mgpk/classic/detail/predict.hpp>
