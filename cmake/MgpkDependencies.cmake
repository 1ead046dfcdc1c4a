# Eigen and Boost headers come from the system; whoever lacks them is told what to install.
find_package(Eigen3 3.4 QUIET CONFIG)
if(NOT TARGET Eigen3::Eigen)
  message(FATAL_ERROR
    "mgpk needs the headers of Eigen 3.4 or newer, but CMake did not find them; "
    "on Debian or Ubuntu install the package libeigen3-dev, "
    "elsewhere point CMAKE_PREFIX_PATH at your Eigen.")
endif()

# 1.74, Debian's default, is too old: its rosenbrock4 stepper does not compile as C++20.
find_package(Boost 1.81 QUIET)
if(NOT TARGET Boost::headers)
  message(FATAL_ERROR
    "mgpk needs the headers of Boost 1.81 or newer, but CMake did not find them; "
    "on Debian or Ubuntu install the package libboost1.81-dev, "
    "elsewhere point CMAKE_PREFIX_PATH at your Boost.")
endif()

# Sweeps run on all cores.
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
