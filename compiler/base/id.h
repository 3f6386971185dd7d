#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace huiyu {

// The place of a value in its arena. The tag keeps ids of different arenas from being mixed up.
// The order is the order of creation; it means nothing else and appears in no output.
template <class Tag> struct Id {
  std::int32_t index = -1;

  constexpr bool has_value() const { return index >= 0; }

  friend constexpr auto operator<=>(Id, Id) = default;
};

}  // namespace huiyu

template <class Tag> struct std::hash<huiyu::Id<Tag>> {
  std::size_t operator()(huiyu::Id<Tag> id) const noexcept { return std::hash<std::int32_t>{}(id.index); }
};
