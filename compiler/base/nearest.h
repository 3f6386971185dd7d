// 您是否想写…: the candidate that a mistyped name was meant to be.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace huiyu {

// The nearest of the candidates by edit distance, if near enough to be meant.
std::optional<std::string> nearest(std::string_view name, std::span<std::string const> candidates);

}  // namespace huiyu
