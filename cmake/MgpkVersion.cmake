# Reads MGPK_VERSION out of include/mgpk/version.hpp, so that the version is written only there.
set(_version_header "${CMAKE_CURRENT_LIST_DIR}/../include/mgpk/version.hpp")
file(READ "${_version_header}" _version_text)

set(MGPK_VERSION "")
foreach(_part IN ITEMS MAJOR MINOR PATCH)
  if(NOT _version_text MATCHES "#define MGPK_VERSION_${_part} ([0-9]+)")
    message(FATAL_ERROR "${_version_header} must define MGPK_VERSION_${_part}, but it does not")
  endif()
  list(APPEND MGPK_VERSION "${CMAKE_MATCH_1}")
endforeach()
list(JOIN MGPK_VERSION "." MGPK_VERSION)

# A new version must be seen by the next build, not by the next clean one.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${_version_header}")
