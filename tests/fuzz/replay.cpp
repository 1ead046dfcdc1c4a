// Runs a fuzz target over files, with any compiler: each argument is a file or a folder of files.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace {

bool replay(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return false;
  const std::vector<char> text{std::istreambuf_iterator<char>(file), {}};
  const std::vector<std::uint8_t> bytes(text.begin(), text.end());
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  return true;
}

}  // namespace

int main(int n_arguments, char** arguments) {
  std::size_t n_files = 0;
  for (int i = 1; i < n_arguments; ++i) {
    const std::filesystem::path path(arguments[i]);
    if (!std::filesystem::is_directory(path)) {
      n_files += replay(path) ? 1U : 0U;
      continue;
    }
    for (const auto& entry : std::filesystem::directory_iterator(path))
      n_files += replay(entry.path()) ? 1U : 0U;
  }
  std::printf("%zu files\n", n_files);
  return n_files > 0 ? 0 : 1;  // a folder that is not found must not pass
}
