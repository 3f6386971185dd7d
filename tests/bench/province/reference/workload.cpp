#include "tests/bench/province/reference/workload.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace huiyu::reference {
namespace {

constexpr int list_kind = 6;

[[noreturn]] void give_up(std::string const& path) {
  std::perror(path.c_str());
  std::exit(2);
}

// The file's bytes, in memory until the program ends; null where it is empty.
char const* mapped(std::string const& path) {
  int const file = open(path.c_str(), O_RDONLY);
  struct stat about{};
  if (file < 0 || fstat(file, &about) != 0) give_up(path);
  if (about.st_size == 0) return nullptr;
  void* const bytes =
      mmap(nullptr, static_cast<std::size_t>(about.st_size), PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
  if (bytes == MAP_FAILED) give_up(path);
  close(file);
  return static_cast<char const*>(bytes);
}

Column column_of(std::string const& raw, std::istream& meta, std::size_t records) {
  Column column;
  int kind = 0;
  if (!(meta >> column.name >> kind >> column.width >> column.dictionary_size)) give_up(raw + "/meta.txt");
  column.is_list = kind == list_kind;
  if (!column.is_list) {
    column.bytes = mapped(raw + "/" + column.name + ".bin");
    return column;
  }
  column.lengths = reinterpret_cast<std::int16_t const*>(mapped(raw + "/" + column.name + ".len"));
  column.tags = reinterpret_cast<std::uint16_t const*>(mapped(raw + "/" + column.name + ".val"));
  column.starts.assign(records + 1, 0);
  for (std::size_t r = 0; r < records; ++r)
    column.starts[r + 1] = column.starts[r] + static_cast<std::uint32_t>(std::max<int>(0, column.lengths[r]));
  return column;
}

template <class T> char const* take(std::vector<T>& into, char const* bytes, std::int32_t count) {
  into.resize(static_cast<std::size_t>(count));
  std::memcpy(into.data(), bytes, into.size() * sizeof(T));
  return bytes + into.size() * sizeof(T);
}

}  // namespace

Workload::Workload(std::string const& raw) {
  std::ifstream meta(raw + "/meta.txt");
  std::size_t count = 0;
  if (!(meta >> records >> count)) give_up(raw + "/meta.txt");
  while (columns.size() < count) columns.push_back(column_of(raw, meta, records));

  auto const* bytes = mapped(raw + "/policies.bin");
  struct {
    std::int32_t magic, atoms, policies, sets, words, tiers;
  } counts;
  std::memcpy(&counts, bytes, sizeof counts);
  bytes = take(atoms, bytes + sizeof counts, counts.atoms);
  bytes = take(policies, bytes, counts.policies);
  bytes = take(sets, bytes, counts.sets);
  bytes = take(program, bytes, counts.words);
  take(tiers, bytes, counts.tiers);
}

std::vector<std::size_t> Workload::counties(std::size_t records_used) const {
  auto const* codes = columns[0].values<std::int16_t>();
  std::vector<std::size_t> begins;
  for (int county = 0; county <= columns[0].dictionary_size; ++county)
    begins.push_back(static_cast<std::size_t>(std::lower_bound(codes, codes + records_used, county) - codes));
  return begins;
}

}  // namespace huiyu::reference
