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
endfunction()
