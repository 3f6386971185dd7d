#pragma once

#include <type_traits>
#include <utility>
#include <variant>

namespace huiyu {

template <class... Cases> struct Overload : Cases... {
  using Cases::operator()...;
};

// Calls the case that takes the alternative the variant holds.
// Leaving out an alternative does not compile, and the error names it: so no `auto const&` catch-all over an IR.
template <class Variant, class... Cases> decltype(auto) match(Variant&& value, Cases&&... cases) {
  return std::visit(Overload<std::remove_cvref_t<Cases>...>{std::forward<Cases>(cases)...},
                    std::forward<Variant>(value));
}

}  // namespace huiyu
