# Checks of the tree itself: layers, names, format, generated files, and headers that compile alone.
foreach(check IN ITEMS layers names format)
  add_test(NAME tree.${check}
    COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/tools/check_${check}.py")
  set_tests_properties(tree.${check} PROPERTIES LABELS tree SKIP_RETURN_CODE 77)
endforeach()

add_test(NAME tree.evidence
  COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/tools/generate_evidence.py" --check)
set_tests_properties(tree.evidence PROPERTIES LABELS tree)

add_test(NAME tree.studies
  COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/tools/generate_studies.py" --check)
set_tests_properties(tree.studies PROPERTIES LABELS tree)

add_test(NAME tree.population
  COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/tools/generate_population.py" --check)
set_tests_properties(tree.population PROPERTIES LABELS tree)

add_test(NAME tree.tablets
  COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/tools/generate_tablets.py" --check)
set_tests_properties(tree.tablets PROPERTIES LABELS tree)

add_test(NAME tree.claims
  COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/tools/generate_claims.py" --check)
set_tests_properties(tree.claims PROPERTIES LABELS tree)

add_test(NAME tree.effects
  COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/tools/generate_effects.py" --check)
set_tests_properties(tree.effects PROPERTIES LABELS tree)

# Neither a sanitizer's build nor one that counts lines inlines what it should.
if(NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize|--coverage")
  add_test(NAME tree.kernel_symbols
    COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/tools/check_kernel_symbols.py"
            "$<FILTER:$<TARGET_OBJECTS:core>,INCLUDE,ensemble/(baseline|avx2|avx512)[.]cpp>"
    COMMAND_EXPAND_LISTS)
  set_tests_properties(tree.kernel_symbols PROPERTIES LABELS tree)
endif()

# Each header alone that users may include, as those of mgpk::core see it: without the definitions
# that core compiles, which would cost a quarter of a minute in each. package.find_package_headers
# compiles with them. The preset dev leaves this test to the presets clang and release, for its time.
get_target_property(mgpk_headers mgpk HEADER_SET)
list(FILTER mgpk_headers EXCLUDE REGEX "/detail/")
add_library(each_header INTERFACE)
target_sources(each_header INTERFACE
  FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/include" FILES ${mgpk_headers})
target_link_libraries(each_header INTERFACE mgpk::core)
set_target_properties(each_header PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
add_test(NAME tree.headers_compile_alone
  COMMAND "${CMAKE_COMMAND}" --build "${PROJECT_BINARY_DIR}"
          --target each_header_verify_interface_header_sets)
set_tests_properties(tree.headers_compile_alone PROPERTIES LABELS tree)
