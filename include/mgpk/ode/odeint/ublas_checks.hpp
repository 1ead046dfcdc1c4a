// Turns off what ublas checks at every step: sizes are fixed here, and the checks cost twentyfold.
//
// To be included before anything of Boost.Odeint, whose headers pull ublas in. A program that
// includes ublas itself before mgpk keeps its own choice.
#pragma once

#ifndef BOOST_UBLAS_NDEBUG
#define BOOST_UBLAS_NDEBUG 1
#endif
