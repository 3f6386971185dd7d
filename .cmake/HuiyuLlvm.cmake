# LLVM for compiler/codegen and compiler/jit, the only folders that may see it: target huiyu_llvm.
# Pinned to 19 to 21: earlier ones slow down more than linearly in the number of symbols, 22 loads objects slowly.
# Shared by default, for quick links while developing; a released command links it statically, which halves start-up.

include_guard(GLOBAL)

option(HUIYU_STATIC_LLVM "Link LLVM statically (needs libzstd-dev, zlib1g-dev, libxml2-dev, libz3-dev)" OFF)

# LLVM's version file accepts only its own minor version, so each is asked for; Debian keeps each in its own prefix.
set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON) # a test links it by way of our folders, from a folder of its own
foreach(version IN ITEMS 19.1 20.1 21.1)
  string(REGEX REPLACE "\\..*" "" major "${version}")
  find_package(LLVM ${version} CONFIG QUIET PATHS "/usr/lib/llvm-${major}")
  if(LLVM_FOUND)
    break()
  endif()
endforeach()
unset(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL)
if(NOT LLVM_FOUND)
  message(FATAL_ERROR "LLVM 19, 20 or 21 with its headers is needed; on Debian 12: llvm-19-dev")
endif()

add_library(huiyu_llvm INTERFACE)
target_include_directories(huiyu_llvm SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS})
# LLVM_DEFINITIONS are left out: they are for C++ before 11, and would keep these folders from the precompiled header.
if(HUIYU_STATIC_LLVM)
  llvm_map_components_to_libnames(libraries orcjit native passes)
  target_link_libraries(huiyu_llvm INTERFACE ${libraries})
else()
  target_link_libraries(huiyu_llvm INTERFACE LLVM)
endif()
