// The version of mgpk: the only place where it is written. CMake and pyproject.toml read it here.
#pragma once

#define MGPK_VERSION_MAJOR 0
#define MGPK_VERSION_MINOR 1
#define MGPK_VERSION_PATCH 0

// Two steps, so that the numbers are expanded before they are turned into text.
#define MGPK_VERSION_TEXT_(major, minor, patch) #major "." #minor "." #patch
#define MGPK_VERSION_TEXT(major, minor, patch) MGPK_VERSION_TEXT_(major, minor, patch)

namespace mgpk {

inline constexpr int version_major = MGPK_VERSION_MAJOR;
inline constexpr int version_minor = MGPK_VERSION_MINOR;
inline constexpr int version_patch = MGPK_VERSION_PATCH;
inline constexpr const char* version =
    MGPK_VERSION_TEXT(MGPK_VERSION_MAJOR, MGPK_VERSION_MINOR, MGPK_VERSION_PATCH);

}  // namespace mgpk
