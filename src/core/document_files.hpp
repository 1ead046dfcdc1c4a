// Files of run documents: read whole, written whole or not at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <ios>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

#include <mgpk/document/json.hpp>
#include <mgpk/error.hpp>

namespace mgpk::document {

inline std::string quoted(const std::filesystem::path& path) { return '"' + path.string() + '"'; }

inline std::string read_file(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error))
    fail("a run file must be a file", quoted(path) + ", which is none", "check the path");
  const auto size = std::filesystem::file_size(path, error);
  if (error || size > most_bytes)
    fail("a run file may hold 16 MiB", std::to_string(size) + " bytes long", "check the path");
  std::ifstream file(path, std::ios::binary);
  std::string text(static_cast<std::size_t>(size), ' ');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file) fail("a run file must be readable", quoted(path), "check its permissions");
  return text;
}

/// A link counts as a file, wherever it leads.
inline void require_no_file(const std::filesystem::path& path, bool overwrite) {
  std::error_code error;
  const auto status = std::filesystem::symlink_status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) return;
  if (!overwrite)
    fail("a file is never overwritten unasked", quoted(path) + ", which is there already",
         "choose another folder or name, or ask to overwrite");
  if (std::filesystem::is_directory(status))
    fail("a file cannot take the place of a folder", quoted(path), "choose another name");
}

/// Writes beside the place first, then renames: nobody sees half a file, and a link that stands
/// there is replaced, not followed.
inline void write_file(const std::filesystem::path& path, std::string_view text, bool overwrite) {
  require_no_file(path, overwrite);
  std::filesystem::path part = path;
  part += ".part";
  const auto close = [](std::FILE* file) { return std::fclose(file); };
  std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(part.string().c_str(), "wbx"), close);
  if (!file)
    fail("a file must be writable", quoted(part),
         "check the folder, and remove that file if it is left from a run that was broken off");
  const bool whole = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
  const bool closed = std::fclose(file.release()) == 0;
  std::error_code error;
  if (whole && closed) std::filesystem::rename(part, path, error);
  if (whole && closed && !error) return;
  std::filesystem::remove(part, error);
  fail("a file must be writable to its end", quoted(path), "check the space on the disk");
}

}  // namespace mgpk::document
