#pragma once

// Arrow arrays made by hand, lies included. Releases are counted, so that a leak or a double release shows.

#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/columns/arrow_c.h"
#include "runtime/columns/builder.h"

namespace huiyu::columns {

inline int living_arrays = 0;

// A node of schema and array together; `release` frees the whole.
struct MadeArray {
  std::string format, name;
  ArrowSchema schema{};
  ArrowArray array{};
  std::vector<std::vector<std::uint8_t>> buffers;
  std::vector<void const*> buffer_pointers;
  std::vector<std::unique_ptr<MadeArray>> children;
  std::vector<ArrowSchema*> child_schemas;
  std::vector<ArrowArray*> child_arrays;
  std::unique_ptr<MadeArray> dictionary;

  MadeArray& slice(std::int64_t offset, std::int64_t length) {
    array.offset = offset;
    array.length = length;
    return *this;
  }
};
using Made = std::unique_ptr<MadeArray>;

template <class T> std::vector<std::uint8_t> bytes_of(std::vector<T> const& values) {
  std::vector<std::uint8_t> bytes(values.size() * sizeof(T));
  if (!bytes.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}
inline std::vector<std::uint8_t> bits_of(std::vector<bool> const& bits) {
  std::vector<std::uint8_t> bytes((bits.size() + 7) / 8);
  for (std::size_t i = 0; i < bits.size(); ++i)
    if (bits[i]) bytes[i / 8] = static_cast<std::uint8_t>(bytes[i / 8] | (1U << (i % 8)));
  return bytes;
}

// Buffers in order; an absent one is a null pointer.
inline Made make_array(std::string format, std::string name, std::int64_t length,
                       std::vector<std::optional<std::vector<std::uint8_t>>> buffers, std::vector<Made> children = {}) {
  auto made = std::make_unique<MadeArray>();
  made->format = std::move(format);
  made->name = std::move(name);
  for (auto& buffer : buffers) {
    // Room even for an empty buffer, so that its pointer is not null.
    made->buffers.push_back(buffer ? std::move(*buffer) : std::vector<std::uint8_t>());
    made->buffers.back().reserve(16);
    made->buffer_pointers.push_back(buffer ? made->buffers.back().data() : nullptr);
  }
  made->children = std::move(children);
  for (auto& child : made->children) {
    made->child_schemas.push_back(&child->schema);
    made->child_arrays.push_back(&child->array);
  }
  auto& array = made->array;
  array.length = length;
  array.null_count = buffers.empty() || !buffers[0] ? 0 : -1;
  array.n_buffers = static_cast<std::int64_t>(made->buffer_pointers.size());
  array.buffers = made->buffer_pointers.data();
  array.n_children = static_cast<std::int64_t>(made->children.size());
  array.children = made->child_arrays.data();
  array.release = [](ArrowArray* self) { self->release = nullptr; };
  auto& schema = made->schema;
  schema.format = made->format.c_str();
  schema.name = made->name.c_str();
  schema.n_children = array.n_children;
  schema.children = made->child_schemas.data();
  schema.release = [](ArrowSchema* self) { self->release = nullptr; };
  return made;
}

template <class T>
Made fixed(std::string format, std::string name, std::vector<T> const& values,
           std::optional<std::vector<bool>> valid = std::nullopt) {
  std::optional<std::vector<std::uint8_t>> validity;
  if (valid) validity = bits_of(*valid);
  return make_array(std::move(format), std::move(name), static_cast<std::int64_t>(values.size()),
                    {std::move(validity), bytes_of(values)});
}
inline Made truths(std::string name, std::vector<bool> const& values,
                   std::optional<std::vector<bool>> valid = std::nullopt) {
  std::optional<std::vector<std::uint8_t>> validity;
  if (valid) validity = bits_of(*valid);
  return make_array("b", std::move(name), static_cast<std::int64_t>(values.size()),
                    {std::move(validity), bits_of(values)});
}
template <class Offset = std::int32_t>
Made texts(std::string name, std::vector<std::optional<std::string>> const& values) {
  std::vector<Offset> offsets{0};
  std::vector<std::uint8_t> data;
  std::vector<bool> valid;
  for (auto const& value : values) {
    if (value) data.insert(data.end(), value->begin(), value->end());
    offsets.push_back(static_cast<Offset>(data.size()));
    valid.push_back(value.has_value());
  }
  return make_array(sizeof(Offset) == 4 ? "u" : "U", std::move(name), static_cast<std::int64_t>(values.size()),
                    {bits_of(valid), bytes_of(offsets), std::move(data)});
}
template <class Offset = std::int32_t>
Made lists(std::string format, std::string name, std::vector<Offset> const& offsets, Made child,
           std::optional<std::vector<bool>> valid = std::nullopt) {
  std::optional<std::vector<std::uint8_t>> validity;
  if (valid) validity = bits_of(*valid);
  std::vector<Made> children;
  children.push_back(std::move(child));
  return make_array(std::move(format), std::move(name), static_cast<std::int64_t>(offsets.size()) - 1,
                    {std::move(validity), bytes_of(offsets)}, std::move(children));
}
inline Made structs(std::string name, std::int64_t length, std::vector<Made> children,
                    std::optional<std::vector<bool>> valid = std::nullopt) {
  std::optional<std::vector<std::uint8_t>> validity;
  if (valid) validity = bits_of(*valid);
  return make_array("+s", std::move(name), length, {std::move(validity)}, std::move(children));
}
template <class... Columns> Made record(std::int64_t length, Columns... columns) {
  std::vector<Made> children;
  (children.push_back(std::move(columns)), ...);
  return structs("", length, std::move(children));
}

// A foreign array that owns `made` and says when it goes.
inline ArrowArray hand_over(Made made) {
  ++living_arrays;
  ArrowArray array = made->array;
  array.private_data = made.release();
  array.release = [](ArrowArray* self) {
    delete static_cast<MadeArray*>(self->private_data);
    self->release = nullptr;
    --living_arrays;
  };
  return array;
}

}  // namespace huiyu::columns
