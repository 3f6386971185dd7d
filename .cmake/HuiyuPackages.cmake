# Libraries from Debian 12 that more than one folder uses; docs/dependencies.md says what each is for.
# LLVM and ANTLR are found by their own modules, which only the folders behind those walls include.

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(fmt 9.1 CONFIG REQUIRED)
find_package(nlohmann_json 3.11 CONFIG REQUIRED)
find_package(CLI11 2.1 CONFIG REQUIRED)
find_package(Boost 1.74 REQUIRED) # headers only: Boost::headers
find_package(doctest 2.4 CONFIG REQUIRED)
