// The solver core: any model that meets OdeSystem, and nothing of magnesium.
#pragma once

#include <mgpk/ode/concepts.hpp>    // what a model must offer
#include <mgpk/ode/dual.hpp>        // values that carry their exact slopes
#include <mgpk/ode/integrator.hpp>  // carry a model through time, stop by stop
#include <mgpk/ode/jacobian.hpp>    // the exact Jacobian of a model
#include <mgpk/ode/options.hpp>     // tolerances, budgets, methods
#include <mgpk/ode/periodic.hpp>    // the state that a turn of the map gives back
#include <mgpk/ode/solve.hpp>       // one call from a model to a table of states
#include <mgpk/ode/status.hpp>      // how a solve ended, and what to do about it
