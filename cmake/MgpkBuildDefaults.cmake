# What a plain `cmake -B build` gets when mgpk is the top project: an optimised build, and ccache.
if(NOT PROJECT_IS_TOP_LEVEL)
  return()
endif()

get_property(_multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
if(NOT _multi_config AND NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Kind of build" FORCE)
endif()

if(NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(MGPK_CCACHE ccache)
  mark_as_advanced(MGPK_CCACHE)
  if(MGPK_CCACHE)
    # Without this word ccache passes by every file that reads a precompiled header; nothing of ours
    # prints the time of its compilation.
    set(CMAKE_CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros;${MGPK_CCACHE}")
  endif()
endif()

set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
