# The lanes of the body, once for each instruction set that this processor family has; which of them
# runs is chosen by the program (instruction_set.cpp). They are always optimised: without it a lane
# costs more than a whole run alone.
set(ensemble_sets baseline)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
  list(APPEND ensemble_sets avx2 avx512)
  set(definition_of_sets MGPK_SETS_OF_X86)
endif()
set(flags_of_baseline "")
set(flags_of_avx2 -mavx2 -mfma)
set(flags_of_avx512 -mavx512f -mavx512dq -mavx512vl -mavx512bw -mavx2 -mfma)

set(ensemble_optimised -O3)
if(CMAKE_CXX_FLAGS MATCHES "-fsanitize")
  set(ensemble_optimised -O1)  # what a sanitizer adds, -O3 would inline a hundred times over
endif()

# Of this file alone: a definition of the whole library would keep others from its precompiled header.
set(chooser "${CMAKE_CURRENT_LIST_DIR}/instruction_set.cpp")
target_sources(core PRIVATE "${chooser}")
set_source_files_properties("${chooser}" PROPERTIES
  COMPILE_DEFINITIONS "${definition_of_sets}"
  SKIP_PRECOMPILE_HEADERS ON)
foreach(set IN LISTS ensemble_sets)
  set(source "${CMAKE_CURRENT_LIST_DIR}/${set}.cpp")
  target_sources(core PRIVATE "${source}")
  # A precompiled header is for one instruction set.
  set_source_files_properties("${source}" PROPERTIES
    COMPILE_OPTIONS "${ensemble_optimised};${flags_of_${set}}"
    SKIP_PRECOMPILE_HEADERS ON)
endforeach()
