#pragma once

// Arrow batches as plain text, so that a test can say what it expects of them.

#include <filesystem>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "runtime/columns/arrow_c.h"
#include "runtime/records/data_module.h"

namespace huiyu::records::test {

#ifdef HUIYU_WITHOUT_DATA_MODULE
inline constexpr bool without_module = true;
#else
inline constexpr bool without_module = false;
#endif

struct Rows {
  std::vector<std::string> names;
  std::vector<std::string> formats;             // nested: +s{b,+l{u}}; dictionaries: C[u]
  std::vector<std::vector<std::string>> cells;  // by row; missing is ∅, texts in quotes, lists [..], structs {name:..}
  std::vector<std::int64_t> batch_lengths;
  std::string error;  // what ended the stream early, if anything did
};

// Reads a stream to its end.
Rows rows_of(columns::ArrowStream stream);
// Fails the test where there is no stream.
Rows rows_of(Result<columns::ArrowStream> stream);

// A module with default options, one for all tests of the program. Fails the test where it cannot be loaded.
DataModule const& module();

// An empty folder that goes with the object.
class Folder {
 public:
  Folder();
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
  ~Folder();

  std::filesystem::path operator/(std::string const& name) const { return path_ / name; }
  std::filesystem::path const& path() const { return path_; }
  // The names of what is in it, sorted.
  std::vector<std::string> names() const;

 private:
  std::filesystem::path path_;
};

void put(std::filesystem::path const& path, std::string_view bytes);
std::string bytes_of(std::filesystem::path const& path);

}  // namespace huiyu::records::test

// What doctest shows of lists of texts, and of lists of them.
template <class T> struct doctest::StringMaker<std::vector<T>> {
  static String convert(std::vector<T> const& list) {
    String out = "{";
    for (auto const& item : list) out += (out.size() > 1 ? String(", ") : String("")) + toString(item);
    return out + "}";
  }
};
