# Checks of the tree itself: layers, names, format, generated files, and headers that compile alone.
foreach(check IN ITEMS layers names format)
  add_test(NAME tree.${check}
    COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/tools/check_${check}.py")
  set_tests_properties(tree.${check} PROPERTIES LABELS tree SKIP_RETURN_CODE 77)
endforeach()

add_test(NAME tree.evidence
  COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/tools/generate_evidence.py" --check)
set_tests_properties(tree.evidence PROPERTIES LABELS tree)

add_test(NAME tree.headers_compile_alone
  COMMAND "${CMAKE_COMMAND}" --build "${PROJECT_BINARY_DIR}"
          --target mgpk_verify_interface_header_sets)
set_tests_properties(tree.headers_compile_alone PROPERTIES LABELS tree)
