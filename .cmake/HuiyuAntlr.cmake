# The parser is generated at build time from the grammar; nothing generated is committed.
# Debian 12 pairs the ANTLR tool 4.7.2 with the C++ runtime 4.9: they share the serialised automaton's format,
# but the tool writes u8"" literals that the runtime takes as plain char, hence -fno-char8_t for these files alone.

include_guard(GLOBAL)

find_program(HUIYU_ANTLR_TOOL antlr4 REQUIRED)
find_path(HUIYU_ANTLR_INCLUDE antlr4-runtime.h PATH_SUFFIXES antlr4-runtime REQUIRED)
find_library(HUIYU_ANTLR_LIBRARY antlr4-runtime REQUIRED)
mark_as_advanced(HUIYU_ANTLR_TOOL HUIYU_ANTLR_INCLUDE HUIYU_ANTLR_LIBRARY)

# Not the package's own CMake target: that one also asks the linker for libuuid's development files.
add_library(huiyu_antlr_runtime UNKNOWN IMPORTED GLOBAL)
set_target_properties(huiyu_antlr_runtime PROPERTIES
  IMPORTED_LOCATION "${HUIYU_ANTLR_LIBRARY}"
  INTERFACE_INCLUDE_DIRECTORIES "${HUIYU_ANTLR_INCLUDE}")

# huiyu_antlr_parser(<grammar.g4> [TOKENS <file.tokens>] [PACKAGE <namespace>])
# Makes the library huiyu_antlr_generated of the parser (no lexer, no listener, no visitor). The grammar is a
# `parser grammar`; its tokens stand in a `tokens { }` block, or in the TOKENS file that its tokenVocab names.
# Users include the header by the grammar's name: Huiyu.g4 becomes "Huiyu.h", class huiyu::grammar::Huiyu.
function(huiyu_antlr_parser grammar)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TOKENS;PACKAGE" "")
  if(NOT arg_PACKAGE)
    set(arg_PACKAGE huiyu::grammar)
  endif()
  get_filename_component(grammar "${grammar}" ABSOLUTE)
  get_filename_component(name "${grammar}" NAME_WE)
  get_filename_component(grammar_folder "${grammar}" DIRECTORY)
  set(vocabulary_folder "${grammar_folder}")
  if(arg_TOKENS)
    get_filename_component(arg_TOKENS "${arg_TOKENS}" ABSOLUTE)
    get_filename_component(vocabulary_folder "${arg_TOKENS}" DIRECTORY)
  endif()
  set(out "${CMAKE_BINARY_DIR}/generated/antlr")

  # The tool writes beside the given path's folder, so it runs inside the grammar's folder.
  # LANG: without a UTF-8 locale Java reads and writes Chinese as question marks.
  add_custom_command(
    OUTPUT "${out}/${name}.cpp" "${out}/${name}.h"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${out}"
    COMMAND "${CMAKE_COMMAND}" -E env LANG=C.UTF-8 LC_ALL=C.UTF-8
      "${HUIYU_ANTLR_TOOL}" -Dlanguage=Cpp -encoding UTF-8 -no-listener -no-visitor -Werror
      -package ${arg_PACKAGE} -lib "${vocabulary_folder}" -o "${out}" "${name}.g4"
    WORKING_DIRECTORY "${grammar_folder}"
    DEPENDS "${grammar}" ${arg_TOKENS}
    COMMENT "Generating the parser from ${name}.g4"
    VERBATIM)

  add_library(huiyu_antlr_generated STATIC "${out}/${name}.cpp")
  target_include_directories(huiyu_antlr_generated SYSTEM PUBLIC "${out}")
  target_link_libraries(huiyu_antlr_generated PUBLIC huiyu_antlr_runtime)
  target_compile_options(huiyu_antlr_generated PRIVATE -fno-char8_t -w)
endfunction()
