// Compiled objects on disk, from one process to the next. Every fault of it is a miss: the code is compiled again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace huiyu::jit {

// INVARIANT (own): what is read was written by this user, into a folder that nobody else may write to.
// INVARIANT (whole): an entry is renamed into place when it is complete, and its checksum is compared when it is read.
class ObjectCache {
 public:
  // Keeps entries in `folder`/native, which is made if it is not there. An empty name: keeps nothing. `prune` leaves at
  // most `limit` bytes.
  explicit ObjectCache(std::string const& folder, std::uint64_t limit = std::uint64_t{256} << 20);
  ObjectCache(ObjectCache const&) = delete;
  ObjectCache& operator=(ObjectCache const&) = delete;
  ~ObjectCache();

  bool enabled() const { return folder_ >= 0; }

  // The object that was written for exactly this description: all that it was made from.
  std::optional<std::string> read(std::string_view description) const;

  // Keeps an object. Thread-safe, as `read` is, also among processes.
  void write(std::string_view description, std::string_view object) const;

  // Removes the entries that were not read for longest where all of them have grown past the limit.
  void prune() const;

 private:
  int folder_ = -1;
  std::uint64_t limit_;
};

}  // namespace huiyu::jit
