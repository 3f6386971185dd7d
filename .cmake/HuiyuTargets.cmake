# The few functions that folders call. A folder's CMakeLists.txt is normally one line.

# huiyu_library(<folder> [DEPENDS <folders...>] [LINKS <targets...>])
# One static library per folder, named after it: runtime/base is runtime_base. Takes every .cpp in the folder
# itself, not below. A folder of headers only becomes an INTERFACE library. DEPENDS are folders of ours and are
# held to the table in docs/architecture.md; LINKS are third-party targets. Both reach whoever links the library.
function(huiyu_library folder)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DEPENDS;LINKS")
  huiyu_refuse_unknown_("${folder}" "${arg_UNPARSED_ARGUMENTS}")
  huiyu_target_of_("${folder}" target)
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/${folder}/*.cpp")
  if(sources)
    add_library(${target} STATIC ${sources})
    target_link_libraries(${target} PRIVATE huiyu_warnings)
    huiyu_precompile_(${target})
    set(reach PUBLIC)
  else()
    add_library(${target} INTERFACE)
    set(reach INTERFACE)
  endif()
  target_include_directories(${target} ${reach} "${CMAKE_SOURCE_DIR}")
  huiyu_link_folders_(${target} ${reach} ${arg_DEPENDS})
  target_link_libraries(${target} ${reach} ${arg_LINKS})
endfunction()

# huiyu_executable(<target> SOURCES <files...> [DEPENDS <folders...>] [LINKS <targets...>])
# A program in <build>/bin.
function(huiyu_executable target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS;LINKS")
  huiyu_refuse_unknown_("${target}" "${arg_UNPARSED_ARGUMENTS}")
  add_executable(${target} ${arg_SOURCES})
  target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}")
  huiyu_link_folders_(${target} PRIVATE ${arg_DEPENDS})
  target_link_libraries(${target} PRIVATE huiyu_warnings ${arg_LINKS})
  huiyu_precompile_(${target})
endfunction()

# huiyu_unit_test(<part> [LINKS <folders or targets...>])
# Every .cpp in tests/unit/<part> becomes the program unit_<part>; doctest's main is supplied.
# CTest runs it in the project root, so a test opens repository files by their path from there.
function(huiyu_unit_test part)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINKS")
  huiyu_refuse_unknown_("unit_${part}" "${arg_UNPARSED_ARGUMENTS}")
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  if(NOT sources)
    message(WARNING "tests/unit/${part} has no .cpp file yet, so unit_${part} is not built")
    return()
  endif()
  huiyu_split_links_(folders targets ${arg_LINKS})
  huiyu_executable(unit_${part} SOURCES ${sources} DEPENDS ${folders} LINKS ${targets} huiyu_doctest_main)
  add_test(NAME unit_${part} COMMAND unit_${part} WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
endfunction()

# huiyu_fuzz_target(<part> [LINKS <folders or targets...>])
# Every .cpp in tests/fuzz/<part>, one of which defines LLVMFuzzerTestOneInput. With HUIYU_FUZZ it becomes the
# libFuzzer program fuzz_<part>; otherwise the test fuzz_replay_<part>, which feeds it each file of corpus/ once.
function(huiyu_fuzz_target part)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINKS")
  huiyu_refuse_unknown_("fuzz_${part}" "${arg_UNPARSED_ARGUMENTS}")
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  huiyu_split_links_(folders targets ${arg_LINKS})
  if(HUIYU_FUZZ)
    huiyu_executable(fuzz_${part} SOURCES ${sources} DEPENDS ${folders} LINKS ${targets})
    target_link_options(fuzz_${part} PRIVATE -fsanitize=fuzzer)
    add_dependencies(fuzz fuzz_${part})
  else()
    huiyu_executable(fuzz_replay_${part} SOURCES ${sources} DEPENDS ${folders} LINKS ${targets} huiyu_fuzz_replay)
    add_test(NAME fuzz_replay_${part} COMMAND fuzz_replay_${part} "tests/fuzz/${part}/corpus"
      WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
  endif()
endfunction()

# huiyu_add_subfolders([folder])
# Adds every direct sub-folder (of the current folder, or of the given one) that has a CMakeLists.txt.
function(huiyu_add_subfolders)
  set(parent "${CMAKE_CURRENT_SOURCE_DIR}")
  if(ARGC GREATER 0)
    string(APPEND parent "/${ARGV0}")
  endif()
  file(GLOB lists RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}" CONFIGURE_DEPENDS "${parent}/*/CMakeLists.txt")
  foreach(list IN LISTS lists)
    get_filename_component(folder "${list}" DIRECTORY)
    add_subdirectory("${folder}")
  endforeach()
endfunction()

# huiyu_check_dependencies()
# Called last: names every folder that is depended on but is not there.
function(huiyu_check_dependencies)
  get_property(wanted GLOBAL PROPERTY HUIYU_WANTED_TARGETS)
  list(REMOVE_DUPLICATES wanted)
  foreach(edge IN LISTS wanted)
    string(REPLACE ">" ";" ends "${edge}")
    list(GET ends 0 from)
    list(GET ends 1 to)
    if(NOT TARGET ${to})
      message(FATAL_ERROR "${from} depends on ${to}, but that folder has no CMakeLists.txt")
    endif()
  endforeach()
endfunction()

# The headers that nearly every file reads, Boost's integers first among them, are parsed once for all of them.
function(huiyu_precompile_ target)
  if(NOT HUIYU_PRECOMPILE)
    return()
  endif()
  if(NOT TARGET huiyu_precompiled)
    file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/generated/precompiled.cpp" CONTENT "") # written once, then left alone
    add_library(huiyu_precompiled OBJECT "${CMAKE_BINARY_DIR}/generated/precompiled.cpp")
    target_include_directories(huiyu_precompiled PRIVATE "${CMAKE_SOURCE_DIR}")
    target_link_libraries(huiyu_precompiled PRIVATE huiyu_warnings Boost::headers)
    target_precompile_headers(huiyu_precompiled PRIVATE
      <algorithm> <array> <functional> <map> <memory> <optional> <string> <unordered_map> <variant> <vector>
      "\"runtime/base/big.h\"") # not by its whole path, which would make the header another one in every checkout
  endif()
  target_link_libraries(${target} PRIVATE Boost::headers) # its macros are part of what was precompiled
  target_precompile_headers(${target} REUSE_FROM huiyu_precompiled)
endfunction()

function(huiyu_target_of_ folder result)
  string(REPLACE "/" "_" target "${folder}")
  set(${result} "${target}" PARENT_SCOPE)
endfunction()

function(huiyu_refuse_unknown_ who unknown)
  if(unknown)
    message(FATAL_ERROR "${who}: not understood: ${unknown}")
  endif()
endfunction()

# Tells our folders (runtime/base) from targets (runtime_base, fmt::fmt) in a list of LINKS.
function(huiyu_split_links_ folders_result targets_result)
  set(folders ${ARGN})
  list(FILTER folders INCLUDE REGEX "/")
  set(targets ${ARGN})
  list(FILTER targets EXCLUDE REGEX "/")
  set(${folders_result} ${folders} PARENT_SCOPE)
  set(${targets_result} ${targets} PARENT_SCOPE)
endfunction()

# Accepts runtime/base and runtime_base alike. A folder that is not there yet is left out of the link and
# reported at the end, so that its absence is told in our words and not as a missing -lruntime_base.
function(huiyu_link_folders_ target reach)
  foreach(folder IN LISTS ARGN)
    huiyu_target_of_("${folder}" dependency)
    target_link_libraries(${target} ${reach} $<TARGET_NAME_IF_EXISTS:${dependency}>)
    set_property(GLOBAL APPEND PROPERTY HUIYU_WANTED_TARGETS "${target}>${dependency}")
  endforeach()
endfunction()
