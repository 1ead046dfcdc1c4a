# mgpk_precompile(<target>): parse the foreign headers once for all our own code (option
# MGPK_PRECOMPILE; a file that includes mgpk.hpp alone took 2.9 s instead of 6.8).
# Foreign ones only: a precompiled header counts as a system header, in which no warning is shown, and
# a change of one of ours would compile everything again. A source that forgets a standard header is
# found by the presets without the option; each of our headers is also compiled alone.
option(MGPK_PRECOMPILE "Parse Eigen, Boost.Odeint and the standard library once for all files" OFF)

function(mgpk_precompile target)
  if(NOT MGPK_PRECOMPILE)
    return()
  endif()
  if(target STREQUAL "core")
    target_precompile_headers(core PRIVATE
      <algorithm> <array> <charconv> <cmath> <filesystem> <fstream> <functional> <iostream> <limits>
      <map> <memory> <mutex> <optional> <random> <set> <span> <sstream> <string> <string_view>
      <thread> <tuple> <utility> <variant> <vector>
      <Eigen/Core> <Eigen/Eigenvalues> <Eigen/LU>
      <mgpk/ode/odeint/ublas_checks.hpp>  # before any header of Boost.Odeint
      <boost/numeric/odeint/algebra/array_algebra.hpp>
      <boost/numeric/odeint/algebra/default_operations.hpp>
      <boost/numeric/odeint/stepper/rosenbrock4.hpp>
      <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>)
  elseif(target STREQUAL "_core")
    # By itself: what is hidden there by default is not in the library.
    target_precompile_headers(_core PRIVATE
      <algorithm> <cmath> <functional> <map> <memory> <optional> <span> <string> <string_view>
      <utility> <vector>
      <Eigen/Core> <Eigen/Eigenvalues> <Eigen/LU>
      <pybind11/eigen.h> <pybind11/functional.h> <pybind11/numpy.h> <pybind11/pybind11.h>
      <pybind11/stl.h>)
  else()
    target_precompile_headers(${target} REUSE_FROM core)
    # It was made for the library, which goes into the Python module.
    target_compile_options(${target} PRIVATE -fPIC)
  endif()
endfunction()
