// What the tests of hostile texts are made of.
#pragma once

#include <string>
#include <string_view>

namespace huiyu::test {

// A policy that is whole but for the clause that follows.
inline constexpr std::string_view before_clause =
    "结构 企业 键 记录\n  记录 ： 文本\n  员工人数 ： 人数\n  专精特新 ： 真假\n"
    "政策 甲 编号 1 辖区 全国 有效 长期\n  条件 ";

inline std::string repeat(std::string_view text, std::size_t count) {
  std::string out;
  out.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

}  // namespace huiyu::test
