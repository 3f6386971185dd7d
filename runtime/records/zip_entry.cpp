#include "runtime/records/zip_entry.h"

#include <array>
#include <vector>

#include <minizip/unzip.h>

namespace huiyu::records {
namespace {

constexpr std::uint64_t largest_entry = std::uint64_t{2} << 30U;
// Sheets of equal rows pack some hundredfold; what is large and packs better than this was made to fill a disk.
constexpr std::uint64_t largest_ratio = 500;
constexpr std::uint64_t small_enough = 16U << 20U;

}  // namespace

void ZipFile::Close::operator()(void* file) const { unzClose(file); }

Result<ZipFile> ZipFile::open(std::filesystem::path const& path) {
  ZipFile zip;
  zip.path_ = path.string();
  std::error_code fault;
  if (!std::filesystem::is_regular_file(path, fault))
    return Error{ErrorKind::Environment, "`" + zip.path_ + "` is no file that can be opened"};
  zip.file_.reset(unzOpen64(path.c_str()));
  if (zip.file_ == nullptr)
    return Error{ErrorKind::Data, "`" + zip.path_ + "` is no .xlsx workbook: it is not packed as one"};
  return zip;
}

bool ZipFile::has(std::string const& name) const { return unzLocateFile(file_.get(), name.c_str(), 1) == UNZ_OK; }

Result<void> ZipFile::read(std::string const& name, std::function<bool(std::string_view)> const& take) const {
  auto const refused = [&](std::string const& why) {
    return Error{ErrorKind::Data, "`" + path_ + "`: " + name + " " + why};
  };
  unz_file_info64 info{};
  if (!has(name) || unzGetCurrentFileInfo64(file_.get(), &info, nullptr, 0, nullptr, 0, nullptr, 0) != UNZ_OK)
    return refused("is not there; the file is no .xlsx workbook");
  if ((info.flag & 1U) != 0) return refused("is encrypted; save the workbook without a password");
  if (unzOpenCurrentFile(file_.get()) != UNZ_OK) return refused("cannot be unpacked");
  std::uint64_t total = 0;
  std::vector<char> piece(1U << 16U);
  for (bool more = true; more;) {
    auto const bytes = unzReadCurrentFile(file_.get(), piece.data(), static_cast<unsigned>(piece.size()));
    if (bytes < 0) {
      unzCloseCurrentFile(file_.get());
      return refused("is damaged");
    }
    if (bytes == 0) break;
    total += static_cast<std::uint64_t>(bytes);
    // The sizes that the directory states may be lies; what came out is not.
    if (total > largest_entry || (total > small_enough && total / largest_ratio > info.compressed_size)) {
      unzCloseCurrentFile(file_.get());
      return refused("unpacks to more than a workbook holds; it is not read");
    }
    more = take({piece.data(), static_cast<std::size_t>(bytes)});
  }
  unzCloseCurrentFile(file_.get());
  return {};
}

}  // namespace huiyu::records
