#include "tests/bench/province/reference/run.h"

#include <cstdlib>

#include <fmt/format.h>
#include <sys/resource.h>

namespace huiyu::reference {
namespace {

long most_memory_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

}  // namespace

Arguments::Arguments(int count, char** arguments) {
  if (count < 4) {
    fmt::print(stderr, "{} RAW THREADS REPETITIONS [WORD...] [NAME=NUMBER...]\n", arguments[0]);
    std::exit(2);
  }
  raw = arguments[1];
  threads = std::atoi(arguments[2]);
  repetitions = std::atoi(arguments[3]);
  words.assign(arguments + 4, arguments + count);
}

std::size_t Arguments::number(std::string_view name, std::size_t otherwise) const {
  for (auto const word : words)
    if (word.size() > name.size() && word.starts_with(name) && word[name.size()] == '=')
      std::from_chars(word.data() + name.size() + 1, word.data() + word.size(), otherwise);
  return otherwise;
}

void print(std::string_view reference, int threads, std::size_t policies, std::size_t records, Times took,
           double prepared, Found const& found) {
  fmt::print(
      R"({{"engine":"{}","threads":{},"policies":{},"records":{},"s":{:.4f},"cpu":{:.4f},"prep_s":{:.3f},"matches":{},)"
      R"("digest":"{:016x}","fsum":"{}","mb":{}}})"
      "\n",
      reference, threads, policies, records, took.clock, took.processors, prepared, found.matches, found.digest,
      found.paid, most_memory_mb());
}

void print(std::string_view reference, std::size_t policies, std::size_t records, std::vector<double> microseconds,
           double prepared, Found const& found) {
  std::sort(microseconds.begin(), microseconds.end());
  auto const count = microseconds.size();
  fmt::print(R"({{"engine":"{}","policies":{},"records":{},"load_s":{:.3f},"p50_us":{:.2f},"p99_us":{:.2f},)"
             R"("matches":{},"digest":"{:016x}","mb":{}}})"
             "\n",
             reference, policies, records, prepared, microseconds[count / 2], microseconds[count * 99 / 100],
             found.matches, found.digest, most_memory_mb());
}

}  // namespace huiyu::reference
