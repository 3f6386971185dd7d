#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "runtime/base/check.h"

namespace huiyu {

// Values of one kind, owned together and named by typed ids instead of pointers, so that a tree is a value:
// movable, comparable, printable. Nothing is ever removed; a reference lives until the next `add`.
template <class IdT, class T> class Arena {
 public:
  using const_iterator = typename std::vector<T>::const_iterator;
  using iterator = typename std::vector<T>::iterator;

  // Stores the value and returns its id; ids count up from 0.
  IdT add(T value) {
    items_.push_back(std::move(value));
    return IdT{static_cast<std::int32_t>(items_.size() - 1)};
  }

  // Whether the id was made by this arena (or one at least as small).
  bool contains(IdT id) const { return id.has_value() && static_cast<std::size_t>(id.index) < items_.size(); }

  T const& operator[](IdT id) const {
    HUIYU_CHECK(contains(id), "an id from another arena, or none, was looked up");
    return items_[static_cast<std::size_t>(id.index)];
  }
  T& operator[](IdT id) { return const_cast<T&>(std::as_const(*this)[id]); }

  std::size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }
  void reserve(std::size_t count) { items_.reserve(count); }

  // In order of id.
  const_iterator begin() const { return items_.begin(); }
  const_iterator end() const { return items_.end(); }
  iterator begin() { return items_.begin(); }
  iterator end() { return items_.end(); }

  friend bool operator==(Arena const&, Arena const&) = default;

 private:
  std::vector<T> items_;
};

}  // namespace huiyu
