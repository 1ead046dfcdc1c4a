// Elementary functions of lanes: exp, expm1, log, log1p, pow, tanh, sin, cos.
//
// Each is written once, in operations on lanes, and uses the same steps for every width, so that a
// lane's bits depend neither on its neighbours nor on how many there are. They do depend on the
// instruction set. Found by argument, so that a law may call `exp(x)` for a number as for lanes.
#pragma once

#include <mgpk/ode/lanes/exponential.hpp>
#include <mgpk/ode/lanes/logarithm.hpp>
#include <mgpk/ode/lanes/power.hpp>
#include <mgpk/ode/lanes/trigonometric.hpp>
