// Dual numbers and their functions: exact slopes of any law written on a template scalar.
#pragma once

#include <mgpk/ode/dual_functions.hpp>  // IWYU pragma: export
#include <mgpk/ode/dual_number.hpp>     // IWYU pragma: export
