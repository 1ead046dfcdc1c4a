// What will not fit into memory is refused beforehand.
#include <mgpk/simulate/memory.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

using namespace mgpk;
using namespace mgpk::simulation;

namespace {

std::string folder_with(const char* name, const char* text) {
  const auto folder = std::filesystem::temp_directory_path() / "mgpk_memory_test";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / name) << text;
  return folder.string();
}

}  // namespace

TEST_CASE("this machine has some memory to give") { CHECK(available_memory_bytes() > 1e6); }

TEST_CASE("what Linux and a container say is read as they write it") {
  const auto folder =
      folder_with("meminfo", "MemTotal:  8 kB\nMemFree:  1 kB\nMemAvailable:   5 kB\n");
  CHECK(detail::free_on_linux_bytes(folder + "/meminfo") == 5 * 1024.0);
  CHECK(std::isinf(detail::free_on_linux_bytes(folder + "/none")));
  folder_with("memory.max", "3000\n");
  folder_with("memory.current", "1000\n");
  CHECK(detail::left_in_container_bytes(folder) == 2000.0);
  folder_with("memory.max", "max\n");
  CHECK(std::isinf(detail::left_in_container_bytes(folder)));
  std::filesystem::remove_all(folder);
}

TEST_CASE("the refusal says what there is, what is needed, and what to do") {
  CHECK_NOTHROW(require_memory(1e6, 1e6));
  CHECK_THROWS_WITH_AS(require_memory(5e9, 1e9),
                       "the result and the work must fit into the 1000 MB of memory that are "
                       "free, but it is 5000 MB; ask for fewer columns or times, or for some "
                       "subjects at a time",
                       InputError);
}
