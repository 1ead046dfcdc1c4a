# Installs headers, library, CMake package and pkg-config files; nothing in them names this machine,
# so the installed tree may be moved.
include(CMakePackageConfigHelpers)

set(_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/mgpk")

install(TARGETS mgpk core EXPORT mgpkTargets
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT cpp
  FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT cpp)
install(EXPORT mgpkTargets NAMESPACE mgpk:: DESTINATION "${_package_dir}" COMPONENT cpp)

configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/mgpkConfig.cmake.in"
  "${PROJECT_BINARY_DIR}/mgpkConfig.cmake" INSTALL_DESTINATION "${_package_dir}")
# Before 1.0 every minor version may change a name.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/mgpkConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/mgpkConfig.cmake" "${PROJECT_BINARY_DIR}/mgpkConfigVersion.cmake"
  DESTINATION "${_package_dir}" COMPONENT cpp)

# pkg-config: paths are relative to the .pc file itself.
set(_pkgconfig_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
file(RELATIVE_PATH MGPK_PC_PREFIX "/${_pkgconfig_dir}" "/")
string(REGEX REPLACE "/$" "" MGPK_PC_PREFIX "${MGPK_PC_PREFIX}")
foreach(_name IN ITEMS mgpk mgpk-core)
  configure_file("${PROJECT_SOURCE_DIR}/cmake/${_name}.pc.in"
    "${PROJECT_BINARY_DIR}/${_name}.pc" @ONLY)
  install(FILES "${PROJECT_BINARY_DIR}/${_name}.pc"
    DESTINATION "${_pkgconfig_dir}" COMPONENT cpp)
endforeach()

install(FILES "${PROJECT_SOURCE_DIR}/LICENSE"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/licenses/mgpk" COMPONENT cpp)
