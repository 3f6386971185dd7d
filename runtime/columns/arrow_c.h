#pragma once

// The Arrow C Data and C Stream interfaces, the one batch format that crosses library boundaries, and owners for them.
// The three structs are fixed by the Arrow specification (arrow.apache.org/docs/format/CDataInterface.html), which asks
// users to copy them; the guards let them meet other copies in one translation unit.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/base/result.h"

extern "C" {

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  char const* format;
  char const* name;
  char const* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  void const** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

#endif  // ARROW_C_DATA_INTERFACE

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  char const* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

#endif  // ARROW_C_STREAM_INTERFACE

}  // extern "C"

namespace huiyu::columns {

// Owns one Arrow struct and releases it. Empty when its `release` is null, as the specification says of released
// structs.
template <class Raw> class ArrowOwner {
 public:
  ArrowOwner() = default;
  // Takes over what `raw` owns; the caller's copy must not be released again.
  explicit ArrowOwner(Raw raw) noexcept : raw_(raw) {}
  ArrowOwner(ArrowOwner&& other) noexcept : raw_(other.give_up()) {}
  ArrowOwner& operator=(ArrowOwner&& other) noexcept {
    if (this != &other) {
      reset();
      raw_ = other.give_up();
    }
    return *this;
  }
  ArrowOwner(ArrowOwner const&) = delete;
  ArrowOwner& operator=(ArrowOwner const&) = delete;
  ~ArrowOwner() { reset(); }

  bool empty() const noexcept { return raw_.release == nullptr; }
  Raw* get() noexcept { return &raw_; }
  Raw const* get() const noexcept { return &raw_; }
  Raw* operator->() noexcept { return &raw_; }
  Raw const* operator->() const noexcept { return &raw_; }
  Raw const& operator*() const noexcept { return raw_; }

  void reset() noexcept {
    if (raw_.release != nullptr) raw_.release(&raw_);
    raw_ = Raw{};
  }

  // Hands the struct to a consumer that will release it; the owner is empty afterwards.
  Raw give_up() noexcept { return std::exchange(raw_, Raw{}); }

 private:
  Raw raw_{};
};

using OwnedSchema = ArrowOwner<ArrowSchema>;
using OwnedArray = ArrowOwner<ArrowArray>;

// A stream of record batches of one schema, read once and by one thread at a time.
class ArrowStream : public ArrowOwner<ArrowArrayStream> {
 public:
  using ArrowOwner::ArrowOwner;

  // The schema of all batches: a struct whose children are the columns. May be asked for at any time.
  Result<OwnedSchema> schema() {
    HUIYU_CHECK(!empty(), "a released stream was asked for its schema");
    OwnedSchema out;
    if (get()->get_schema(get(), out.get()) != 0) return last_error("the schema cannot be read");
    return out;
  }

  // The next batch; nothing at the end. After an error the stream yields no more batches.
  Result<std::optional<OwnedArray>> next() {
    HUIYU_CHECK(!empty(), "a released stream was asked for a batch");
    OwnedArray out;
    if (get()->get_next(get(), out.get()) != 0) return last_error("the next batch cannot be read");
    if (out.empty()) return std::optional<OwnedArray>{};
    return std::optional<OwnedArray>{std::move(out)};
  }

 private:
  Error last_error(char const* otherwise) {
    char const* text = get()->get_last_error(get());
    return Error{ErrorKind::Data, text != nullptr ? text : otherwise};
  }
};

}  // namespace huiyu::columns
