// Whatever stands in the folder, a read gives the object that was written for the description, or nothing.

#include "compiler/cache/disk_cache.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace huiyu::cache {
namespace {

namespace fs = std::filesystem;

struct Folder {
  Folder() {
    std::string name = (fs::temp_directory_path() / "huiyu-cache-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { fs::remove_all(path); }
  fs::path entry() const {
    for (auto const& one : fs::directory_iterator(path / "native")) return one.path();
    return {};
  }
  fs::path path;
};

std::string bytes_of(fs::path const& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void put(fs::path const& path, std::string const& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

TEST_CASE("what was written is read for that description alone") {
  Folder const folder;
  DiskCache const cache(folder.path.string(), "native");
  CHECK(!cache.read("a"));
  cache.write("a", "object of a");
  CHECK(cache.read("a") == "object of a");
  CHECK(!cache.read("b"));
  CHECK(DiskCache(folder.path.string(), "native").read("a") == "object of a");
  CHECK(!DiskCache("", "native").read("a"));
}

TEST_CASE("what is kept in pieces is mapped as one, at a multiple of 8, for as long as somebody holds it") {
  Folder const folder;
  DiskCache const cache(folder.path.string(), "native");
  std::string const large(20'000'000, 'x');
  for (std::string const description : {"", "a", "seven..", "eight..."}) {
    CAPTURE(description);
    CHECK(!cache.map(description));
    cache.write(description, std::vector<std::string_view>{"one", "", large, "two"});
    auto mapped = cache.map(description);
    REQUIRE(mapped);
    CHECK(reinterpret_cast<std::uintptr_t>(mapped->bytes.data()) % 8 == 0);
    fs::remove(folder.entry());
    CHECK(mapped->bytes == "one" + large + "two");
  }
}

TEST_CASE("what turns out not to be good is not kept") {
  Folder const folder;
  DiskCache const cache(folder.path.string(), "native");
  std::vector<std::string_view> const pieces{"object of a"};
  cache.write("a", pieces, [] { return false; });
  CHECK(!cache.read("a"));
  CHECK(fs::is_empty(folder.path / "native"));
  cache.write("a", pieces, [] { return true; });
  CHECK(cache.read("a") == "object of a");
}

TEST_CASE("a truncated or changed entry is a miss and is replaced") {
  Folder const folder;
  DiskCache const cache(folder.path.string(), "native");
  cache.write("a", "object of a");
  auto const path = folder.entry();
  auto const whole = bytes_of(path);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    put(path, whole.substr(0, size));
    REQUIRE(!cache.read("a"));
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    put(path, changed);
    REQUIRE(!cache.read("a"));
  }
  put(path, whole + "more");
  CHECK(!cache.read("a"));
  cache.write("a", "object of a");
  CHECK(cache.read("a") == "object of a");
}

TEST_CASE("an entry of another description, a link and a file for others are misses") {
  Folder const folder;
  DiskCache const cache(folder.path.string(), "native");
  cache.write("a", "object of a");
  auto const path = folder.entry();
  auto const other = folder.path / "other";
  fs::rename(path, other);
  cache.write("b", "object of b");
  fs::rename(folder.entry(), path);
  CHECK(!cache.read("a"));
  fs::remove(path);
  fs::create_symlink(other, path);
  CHECK(!cache.read("a"));
  fs::remove(path);
  fs::rename(other, path);
  CHECK(cache.read("a") == "object of a");
  REQUIRE(::chmod(path.c_str(), 0644) == 0);
  CHECK(!cache.read("a"));
}

TEST_CASE("a folder that others may write to is not used") {
  Folder const folder;
  fs::create_directory(folder.path / "native");
  REQUIRE(::chmod((folder.path / "native").c_str(), 0777) == 0);
  DiskCache const cache(folder.path.string(), "native");
  CHECK(!cache.enabled());
  cache.write("a", "object of a");
  CHECK(!cache.read("a"));
}

TEST_CASE("two processes write and read the same entry") {
  Folder const folder;
  std::string const object(20'000, 'x');
  auto const child = ::fork();
  REQUIRE(child >= 0);
  DiskCache const cache(folder.path.string(), "native");
  bool sound = true;
  for (int i = 0; i < 200; ++i) {
    cache.write("a", object);
    sound = sound && cache.read("a") == object;
  }
  if (child == 0) ::_exit(sound ? 0 : 1);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK(sound);
  CHECK(std::distance(fs::directory_iterator(folder.path / "native"), fs::directory_iterator{}) == 1);
}

TEST_CASE("past its limit a folder loses what was read longest ago") {
  Folder const folder;
  DiskCache const cache(folder.path.string(), "native", 10'000);
  for (int i = 0; i < 9; ++i) cache.write("entry " + std::to_string(i), std::string(900, 'x'));
  cache.prune();
  CHECK(cache.read("entry 0").has_value());
  for (int i = 9; i < 20; ++i) cache.write("entry " + std::to_string(i), std::string(900, 'x'));
  for (auto const& one : fs::directory_iterator(folder.path / "native"))
    fs::last_write_time(one.path(), fs::file_time_type::clock::now() - std::chrono::hours(1));
  CHECK(cache.read("entry 0").has_value());
  cache.prune();
  std::uintmax_t total = 0;
  for (auto const& one : fs::directory_iterator(folder.path / "native")) total += one.file_size();
  CHECK(total <= 5'000);
  CHECK(cache.read("entry 0").has_value());
}

}  // namespace
}  // namespace huiyu::cache
