#include "compiler/cache/disk_cache.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/base/hash.h"

namespace huiyu::cache {

namespace {

constexpr std::uint64_t max_entry_bytes = std::uint64_t{512} << 20;
constexpr std::size_t piece_bytes = std::size_t{8} << 20;  // a multiple of every page
constexpr std::array<char, 16> entry_mark{'h', 'u', 'i', 'y', 'u', ' ', 'c', 'a', 'c', 'h', 'e', ' ', '2', '\n', 0, 0};
constexpr std::string_view entry_ending = ".entry", unfinished_ending = ".part";

// At the beginning of an entry; the description follows and, from the next multiple of 8 on, the bytes.
struct Header {
  std::array<char, 16> mark = entry_mark;
  std::uint64_t description_bytes = 0, object_bytes = 0;
  Hash128 checksum;  // of all that follows
};
static_assert(sizeof(Header) == 48);

// What lies between the description and the bytes.
std::string_view gap_after(std::size_t description_bytes) {
  return std::string_view("\0\0\0\0\0\0\0", (8 - description_bytes % 8) % 8);
}

std::string entry_name(std::string_view description) {
  return to_hex(hash_bytes(description)) + std::string(entry_ending);
}

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(File const&) = delete;
  File& operator=(File const&) = delete;
  ~File() {
    if (is_open()) ::close(descriptor_);
  }
  bool is_open() const { return descriptor_ >= 0; }
  int get() const { return descriptor_; }

  bool write(std::string_view bytes) const {
    while (!bytes.empty()) {
      auto const written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }

  // All of a file that has `size` bytes, and more than none.
  std::shared_ptr<void const> map(std::size_t size) const {
    auto* const at = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor_, 0);
    if (at == MAP_FAILED) return nullptr;
    return {at, [size](void const* mapped) { ::munmap(const_cast<void*>(mapped), size); }};
  }

 private:
  int descriptor_;
};

// Makes a folder and those above it, for the owner alone. Whether that worked shows when it is opened.
void make_folder(std::string const& path) {
  for (auto end = path.find('/', 1); end != std::string::npos; end = path.find('/', end + 1))
    ::mkdir(path.substr(0, end).c_str(), S_IRWXU);
  ::mkdir(path.c_str(), S_IRWXU);
}

bool trusted(int descriptor, Keeping keeping, mode_t kind, mode_t forbidden, struct stat& status) {
  if (::fstat(descriptor, &status) != 0 || (status.st_mode & S_IFMT) != kind || (status.st_mode & forbidden) != 0)
    return false;
  return status.st_uid == ::geteuid() || (keeping == Keeping::Shipped && status.st_uid == 0);
}

}  // namespace

DiskCache::DiskCache(std::string const& folder, std::string const& kind, std::uint64_t limit, Keeping keeping)
    : keeping_(keeping), limit_(limit) {
  if (folder.empty()) return;
  auto const path = folder + "/" + kind;
  if (keeping == Keeping::Own) make_folder(path);
  folder_ = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  struct stat status{};
  if (folder_ >= 0 && !trusted(folder_, keeping, S_IFDIR, S_IWGRP | S_IWOTH, status)) {
    ::close(folder_);
    folder_ = -1;
  }
}

DiskCache::~DiskCache() {
  if (enabled()) ::close(folder_);
}

std::optional<std::string> DiskCache::read(std::string_view description) const {
  auto const mapped = map(description);
  if (!mapped) return std::nullopt;
  return std::string(mapped->bytes);
}

std::optional<DiskCache::Mapped> DiskCache::map(std::string_view description) const {
  if (!enabled()) return std::nullopt;
  File const file(::openat(folder_, entry_name(description).c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat status{};
  mode_t const others = keeping_ == Keeping::Own ? S_IRWXG | S_IRWXO : S_IWGRP | S_IWOTH;
  if (!file.is_open() || !trusted(file.get(), keeping_, S_IFREG, others, status)) return std::nullopt;
  auto const size = static_cast<std::uint64_t>(status.st_size);
  if (size < sizeof(Header) || size > max_entry_bytes) return std::nullopt;
  auto const whole = file.map(size);
  if (!whole) return std::nullopt;
  std::string_view const bytes(static_cast<char const*>(whole.get()), size);

  Header header;
  std::memcpy(&header, bytes.data(), sizeof header);
  auto const rest = bytes.substr(sizeof header);
  auto const gap = gap_after(description.size()).size();
  if (header.mark != entry_mark || header.description_bytes != description.size() ||
      header.description_bytes + gap > rest.size() ||
      header.object_bytes != rest.size() - header.description_bytes - gap)
    return std::nullopt;
  auto const object = rest.substr(header.description_bytes + gap);
  if (rest.substr(0, header.description_bytes) != description) return std::nullopt;
  HashBuilder hash;
  hash.add(description);
  // What was read is let go again, piece by piece: of much that is kept little may be asked for.
  for (std::size_t at = 0; at < size; at += piece_bytes) {
    auto const begin = std::max(at, sizeof header + description.size());
    auto const end = std::min<std::size_t>(at + piece_bytes, size);
    if (begin < end) hash.add_bytes(bytes.substr(begin, end - begin));
    if (size > piece_bytes) ::madvise(const_cast<char*>(bytes.data()) + at, end - at, MADV_DONTNEED);
  }
  if (hash.finish() != header.checksum) return std::nullopt;
  if (keeping_ == Keeping::Own) ::futimens(file.get(), nullptr);  // read just now: the last to be pruned
  return Mapped{whole, object};
}

void DiskCache::write(std::string_view description, std::span<std::string_view const> pieces,
                      std::function<bool()> const& good) const {
  std::uint64_t object_bytes = 0;
  for (auto const piece : pieces) object_bytes += piece.size();
  if (!enabled() || sizeof(Header) + description.size() + object_bytes > max_entry_bytes) return;
  static std::atomic<unsigned> count{0};
  auto const name = entry_name(description);
  auto const unfinished =
      name + "." + std::to_string(::getpid()) + "." + std::to_string(count++) + std::string(unfinished_ending);
  Header header;
  header.description_bytes = description.size();
  header.object_bytes = object_bytes;
  auto const gap = gap_after(description.size());
  HashBuilder hash;
  hash.add(description).add_bytes(gap);
  for (auto const piece : pieces) hash.add_bytes(piece);
  header.checksum = hash.finish();
  bool complete = false;
  {
    File const file(
        ::openat(folder_, unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file.is_open()) return;
    complete = file.write({reinterpret_cast<char const*>(&header), sizeof header}) && file.write(description) &&
               file.write(gap);
    for (auto const piece : pieces) complete = complete && file.write(piece);
    if (keeping_ == Keeping::Shipped)
      complete = complete && ::fchmod(file.get(), S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH) == 0;
  }
  complete = complete && (!good || good());
  if (!complete || ::renameat(folder_, unfinished.c_str(), folder_, name.c_str()) != 0)
    ::unlinkat(folder_, unfinished.c_str(), 0);
}

void DiskCache::prune() const {
  if (!enabled()) return;
  auto const listing = ::openat(folder_, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  auto* entries = listing < 0 ? nullptr : ::fdopendir(listing);
  if (entries == nullptr) {
    if (listing >= 0) ::close(listing);
    return;
  }
  struct Entry {
    std::string name;
    std::uint64_t bytes = 0;
    timespec read{};
  };
  std::vector<Entry> found;
  std::uint64_t total = 0;
  while (auto const* entry = ::readdir(entries)) {
    std::string_view const name(entry->d_name);
    struct stat status{};
    if (!(name.ends_with(entry_ending) || name.ends_with(unfinished_ending)) ||
        ::fstatat(folder_, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
      continue;
    found.push_back({entry->d_name, static_cast<std::uint64_t>(status.st_size), status.st_mtim});
    total += found.back().bytes;
  }
  ::closedir(entries);
  if (total <= limit_) return;
  std::sort(found.begin(), found.end(), [](Entry const& a, Entry const& b) {
    return std::pair(a.read.tv_sec, a.read.tv_nsec) < std::pair(b.read.tv_sec, b.read.tv_nsec);
  });
  for (auto const& entry : found) {
    if (total <= limit_ / 2) break;
    if (::unlinkat(folder_, entry.name.c_str(), 0) == 0) total -= entry.bytes;
  }
}

}  // namespace huiyu::cache
