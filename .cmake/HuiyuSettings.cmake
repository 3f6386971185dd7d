# How our own code is compiled. Third-party and generated code does not get the warnings.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

option(HUIYU_WERROR "Treat warnings in our own code as errors" ON)
option(HUIYU_CCACHE "Compile through ccache when it is installed" ON)
option(HUIYU_PRECOMPILE "Parse the headers that most files share only once" ON)
option(HUIYU_FAST_LINKER "Link with mold or lld when installed" ON)
set(HUIYU_SANITIZE "" CACHE STRING "Value for -fsanitize=, for example address,undefined")

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Build type" FORCE)
endif()

# -g1 keeps function names and lines for back traces and makes objects about half the size of -g.
# Asserts of the standard headers stay on except in Release.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -g1")

# The static libraries end up in shared ones (C ABI, bindings), and one precompiled header serves programs too.
add_compile_options(-fPIC)

# __FILE__ names a place in the project, not on the machine that built it.
add_compile_options(-fmacro-prefix-map=${CMAKE_SOURCE_DIR}/=)

# The warnings every folder of ours is held to.
add_library(huiyu_warnings INTERFACE)
target_compile_options(huiyu_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wswitch-enum
  $<$<BOOL:${HUIYU_WERROR}>:-Werror>)
# gcc 12 invents overlapping and too long copies inside std::string's own code (its bug 105651, mended in 13).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(huiyu_warnings INTERFACE -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow)
endif()

# From a precompiled header clang warns of what libstdc++ 12 itself calls: std::stable_sort's get_temporary_buffer.
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  target_compile_options(huiyu_warnings INTERFACE -Wno-deprecated-declarations)
endif()

option(HUIYU_FUZZ "Build the fuzz targets with libFuzzer (clang)" OFF)
if(HUIYU_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

if(HUIYU_SANITIZE)
  add_compile_options(-fsanitize=${HUIYU_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${HUIYU_SANITIZE})
  # The checks that are put in hide from the compiler that a value was set (GCC's manual says so of -fsanitize).
  target_compile_options(huiyu_warnings INTERFACE -Wno-maybe-uninitialized)
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()

# One cache entry serves all build folders of all checkouts: paths below the source folder are made relative,
# and the folder in which the compiler runs is not part of the key.
if(HUIYU_CCACHE)
  find_program(HUIYU_CCACHE_PROGRAM ccache)
  mark_as_advanced(HUIYU_CCACHE_PROGRAM)
  if(HUIYU_CCACHE_PROGRAM)
    foreach(language IN ITEMS C CXX)
      set(CMAKE_${language}_COMPILER_LAUNCHER
        "${CMAKE_COMMAND};-E;env;CCACHE_BASEDIR=${CMAKE_SOURCE_DIR};CCACHE_NOHASHDIR=true;CCACHE_SLOPPINESS=pch_defines,time_macros;${HUIYU_CCACHE_PROGRAM}")
    endforeach()
  endif()
endif()

if(HUIYU_FAST_LINKER)
  include(CheckLinkerFlag)
  foreach(linker IN ITEMS mold lld)
    check_linker_flag(CXX "-fuse-ld=${linker}" HUIYU_HAS_${linker})
    if(HUIYU_HAS_${linker})
      add_link_options("-fuse-ld=${linker}")
      break()
    endif()
  endforeach()
endif()
