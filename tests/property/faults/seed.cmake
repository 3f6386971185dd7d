# Lists the faults, or seeds one. Usage: cmake [-DNAME=<fault> -DROOT=<a copy of the project>] -P seed.cmake
# Listed: `name file what`, one a line. Seeding prints nothing.
function(fault name file what old new)
  if(NOT DEFINED NAME)
    execute_process(COMMAND ${CMAKE_COMMAND} -E echo "${name} ${file} ${what}")
  elseif(name STREQUAL NAME)
    file(READ "${ROOT}/${file}" text)
    string(REPLACE "${old}" "${new}" text "${text}")
    file(WRITE "${ROOT}/${file}" "${text}")
  endif()
endfunction()
include("${CMAKE_CURRENT_LIST_DIR}/list.cmake")
