// How much memory this machine can still give, so that what will not fit is refused beforehand.
#pragma once

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <string>

#include <mgpk/error.hpp>

namespace mgpk::simulation {

namespace detail {

/// A file that holds one number, as those of control groups; infinity where there is none.
inline double number_in(const std::string& path) {
  std::ifstream file(path);
  double number = 0.0;
  return file >> number ? number : std::numeric_limits<double>::infinity();
}

/// What Linux says can be had without swapping.
inline double free_on_linux_bytes(const std::string& path = "/proc/meminfo") {
  std::ifstream file(path);
  std::string name;
  for (double kilobytes = 0.0; file >> name; file.ignore(256, '\n'))
    if (name == "MemAvailable:" && file >> kilobytes) return 1024.0 * kilobytes;
  return std::numeric_limits<double>::infinity();
}

/// What is left of the limit of a container.
inline double left_in_container_bytes(const std::string& folder = "/sys/fs/cgroup") {
  const double most = number_in(folder + "/memory.max");
  const double used = number_in(folder + "/memory.current");
  return used < most ? most - used : std::numeric_limits<double>::infinity();
}

}  // namespace detail

/// Infinity where the machine does not say.
inline double available_memory_bytes() {
  return std::min(detail::free_on_linux_bytes(), detail::left_in_container_bytes());
}

/// @throws InputError when what is needed is more than there is.
inline void require_memory(double needed_bytes, double available_bytes) {
  constexpr double of_megabyte = 1e6;
  if (needed_bytes <= available_bytes) return;
  fail("the result and the work must fit into the " +
           text_of(std::floor(available_bytes / of_megabyte)) + " MB of memory that are free",
       text_of(std::ceil(needed_bytes / of_megabyte)) + " MB",
       "ask for fewer columns or times, or for some subjects at a time");
}

}  // namespace mgpk::simulation
