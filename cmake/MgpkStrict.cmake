# mgpk_strict(<target>): every warning that we promise to be free of, as an error (option MGPK_STRICT).
# PRIVATE: a user of the library chooses warnings for the user's own code.
function(mgpk_strict target)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  if(NOT MGPK_STRICT)
    return()
  endif()
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
    -Wdouble-promotion -Wnon-virtual-dtor -Wnull-dereference -Werror)
  # At -O2 and beyond g++ 12 sees these two inside std::string (GCC bug 105651) and Eigen, wrongly;
  # the strict presets compile with -O1, where both hold.
  target_compile_options(${target} PRIVATE
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-restrict;-Wno-null-dereference>)
  # Under a sanitizer g++ takes what it has itself put in for uninitialised memory.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_FLAGS MATCHES "-fsanitize")
    target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)
  endif()
endfunction()
