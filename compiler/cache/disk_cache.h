// What was made of something, on disk, from one process to the next: machine code of shapes, Plans of rules. Every
// fault of it is a miss: the thing is made again. Or made ahead, and shipped.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace huiyu::cache {

enum class Keeping : std::uint8_t {
  Own,      // a cache: nobody but this user reads or writes it
  Shipped,  // everybody may read, and root may have written it too
};

// INVARIANT (own): what is read was written by this user (Shipped: or root), into a folder that nobody else may write
// to. INVARIANT (whole): an entry is renamed into place when it is complete, and its checksum is compared when it is
// read.
class DiskCache {
 public:
  // Keeps entries of a kind (a file name) in `folder`/kind, which is made if it is not there (Shipped: is not). An
  // empty folder: keeps nothing. `prune` leaves at most `limit` bytes.
  DiskCache(std::string const& folder, std::string const& kind, std::uint64_t limit = std::uint64_t{256} << 20,
            Keeping keeping = Keeping::Own);
  DiskCache(DiskCache const&) = delete;
  DiskCache& operator=(DiskCache const&) = delete;
  ~DiskCache();

  bool enabled() const { return folder_ >= 0; }

  // The bytes that were written for exactly this description: all that they were made from.
  std::optional<std::string> read(std::string_view description) const;

  // The same where they lie in the file, at a multiple of 8; they stay there as long as anybody holds `keeper`.
  struct Mapped {
    std::shared_ptr<void const> keeper;
    std::string_view bytes;
  };
  std::optional<Mapped> map(std::string_view description) const;

  // Keeps bytes, the pieces one after the other. Thread-safe, as `read` is, also among processes. `good` is asked once
  // they are written: if they are not, nothing is kept.
  void write(std::string_view description, std::span<std::string_view const> pieces,
             std::function<bool()> const& good = nullptr) const;
  void write(std::string_view description, std::string_view bytes) const { write(description, std::span(&bytes, 1)); }

  // Removes the entries that were not read for longest where all of them have grown past the limit.
  void prune() const;

 private:
  int folder_ = -1;
  Keeping keeping_;
  std::uint64_t limit_;
};

// HUIYU_CACHE_DIR (empty: no cache), else huiyu in XDG_CACHE_HOME, else ~/.cache/huiyu; empty where there is none.
std::string default_folder();

}  // namespace huiyu::cache
