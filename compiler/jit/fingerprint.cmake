# cmake -DSOURCES=a|b|… -DOUTPUT=file -P fingerprint.cmake: writes one hash of all the files, as a string literal.
string(REPLACE "|" ";" sources "${SOURCES}")
set(hashes "")
foreach(source IN LISTS sources)
  file(SHA256 "${source}" hash)
  string(APPEND hashes "${hash}")
endforeach()
string(SHA256 hash "${hashes}")
file(WRITE "${OUTPUT}" "\"${hash}\"\n")
