// 您是否想写…: the candidate that a mistyped name was meant to be.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huiyu {

// Those of the candidates that are near enough to be meant, by edit distance: nearest first, at most `most`.
std::vector<std::string> all_near(std::string_view name, std::span<std::string const> candidates, std::size_t most);
// The nearest of the candidates by edit distance, if near enough to be meant.
std::optional<std::string> nearest(std::string_view name, std::span<std::string const> candidates);

}  // namespace huiyu
