#pragma once

// Owns an open file descriptor.

#include <utility>

#include <unistd.h>

namespace huiyu::records {

class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int number) noexcept : number_(number) {}
  FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  FileDescriptor(FileDescriptor const&) = delete;
  FileDescriptor& operator=(FileDescriptor const&) = delete;
  ~FileDescriptor() {
    if (number_ >= 0) close(number_);
  }

  int number() const noexcept { return number_; }  // negative: none

 private:
  int number_ = -1;
};

}  // namespace huiyu::records
