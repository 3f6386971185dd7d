// Law: unspaced text is read as it was meant, or it is an error. Never a silent wrong cut.
//
// Names are made of morphemes that hold keywords, operators and numerals. Those that rule 5 refuses are left out, as a
// drafter would leave them out; then random sentences are written without a blank and their words compared.

#include <random>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/parse/layout.h"
#include "compiler/parse/parse.h"
#include "compiler/parse/tokens.h"
#include "compiler/source/source_set.h"

namespace huiyu::parse {
namespace {

constexpr char const* morphemes[] = {
    "企业", "营业", "收入", "员工", "人数", "年",   "上年", "本年", "年度", "内",   "外",     "且",   "或", "以上",
    "超过", "属于", "在",   "至",   "是",   "为",   "满",   "起",   "到",   "当",   "前",     "近",   "第", "三",
    "十",   "万",   "元",   "不",   "没有", "其中", "补助", "条件", "最高", "合计", "一般",   "投资", "额", "研发",
    "费用", "比率", "不满", "低于", "个月", "当年", "金额", "保留", "表",   "记",   "不属于", "高",   "于"};

class Writer {
 public:
  explicit Writer(std::uint32_t seed) : random_(seed) {}

  std::string name() {
    std::string text;
    std::size_t const count = 1 + pick(4);
    for (std::size_t i = 0; i < count; ++i) text += morphemes[pick(std::size(morphemes))];
    return text;
  }

  // The words of a condition.
  std::vector<std::string> sentence(std::vector<std::string> const& names, std::vector<std::string> const& codes) {
    std::vector<std::string> words;
    std::size_t const count = 1 + pick(3);
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) words.push_back(pick(2) == 0 ? "且" : "或");
      clause(words, names, codes);
    }
    return words;
  }

  std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_); }

 private:
  std::string number() {
    static constexpr char const* units[] = {"万元", "元", "人", "个月", "年", "%"};
    return std::to_string(1 + pick(900)) + units[pick(std::size(units))];
  }

  void clause(std::vector<std::string>& words, std::vector<std::string> const& names,
              std::vector<std::string> const& codes) {
    static constexpr char const* prefixes[] = {"超过", "不满", "低于", "不低于", "不超过", "高于", "少于"};
    static constexpr char const* postfixes[] = {"以上", "以下"};
    static constexpr char const* periods[] = {"上年", "本年", "当年"};
    std::size_t const kind = pick(6);
    if (kind == 0) words.push_back("没有");
    if (kind == 1) words.push_back(periods[pick(std::size(periods))]);
    words.push_back(names[pick(names.size())]);
    if (kind == 1 || kind == 2) {
      words.push_back(prefixes[pick(std::size(prefixes))]);
      words.push_back(number());
    } else if (kind == 3) {
      words.push_back(number());
      words.push_back(postfixes[pick(std::size(postfixes))]);
    } else if (kind == 4) {
      words.push_back(pick(2) == 0 ? "属于" : "不属于");
      words.push_back(codes[pick(codes.size())]);
    } else if (kind == 5) {
      words.push_back(prefixes[pick(std::size(prefixes))]);
      words.push_back(names[pick(names.size())]);
    }
  }

  std::mt19937 random_;
};

std::string schema_of(std::vector<std::string> const& names, std::vector<std::string> const& codes) {
  std::string text = "结构 企业 键 键名\n";
  for (std::string const& name : names) text += "  " + name + " ： 金额 逐年\n";
  text += "名录 名单：";
  for (std::size_t i = 0; i < codes.size(); ++i) text += (i == 0 ? "" : "、") + codes[i];
  return text + "\n";
}

// Leaves out what is refused, until nothing is.
void settle(std::vector<std::string>& names, std::vector<std::string>& codes) {
  for (;;) {
    SourceSet sources;
    SourceFile const& file = sources.add("names.hui", schema_of(names, codes));
    Diagnostics diagnostics;
    make_tokens(file, lay_out(file), {}, diagnostics);
    if (!diagnostics.has_errors()) return;
    std::set<std::string> refused;
    for (diag::Diagnostic const& each : diagnostics.all()) refused.insert(std::string(file.slice(each.where)));
    std::erase_if(names, [&](std::string const& name) { return refused.contains(name); });
    std::erase_if(codes, [&](std::string const& code) { return refused.contains(code); });
  }
}

// Whether the parser refuses what the words alone do not show to be wrong.
bool parser_refuses(std::string const& declarations, std::string const& sentence) {
  SourceSet sources;
  SourceFile const& file = sources.add("sentence.hui", declarations + sentence);
  Diagnostics diagnostics;
  parse(file, {}, diagnostics);
  return diagnostics.has_errors();
}

TEST_CASE("a hundred thousand random sentences: no silent wrong cut") {
  constexpr std::size_t dictionaries = 500;
  constexpr std::size_t sentences = 200;
  std::size_t read = 0;
  std::size_t refused = 0;
  for (std::uint32_t round = 0; round < dictionaries; ++round) {
    Writer writer(round);
    std::vector<std::string> names;
    std::vector<std::string> codes;
    for (int i = 0; i < 20; ++i) names.push_back(writer.name());
    for (int i = 0; i < 8; ++i) codes.push_back(writer.name());
    settle(names, codes);
    if (names.empty() || codes.empty()) continue;

    std::string text = schema_of(names, codes);
    text += "政策 甲 编号 1 辖区 全国 有效 长期\n";
    std::string const declarations = text;
    std::vector<std::vector<std::string>> meant;
    std::vector<std::uint32_t> begins;
    for (std::size_t i = 0; i < sentences; ++i) {
      meant.push_back(writer.sentence(names, codes));
      begins.push_back(static_cast<std::uint32_t>(text.size()));
      text += "条件 ";
      for (std::string const& word : meant.back()) text += word;
      text += "\n";
    }
    begins.push_back(static_cast<std::uint32_t>(text.size()));

    SourceSet sources;
    SourceFile const& file = sources.add("sentences.hui", text);
    Diagnostics diagnostics;
    std::vector<ast::Token> const tokens = make_tokens(file, lay_out(file), {}, diagnostics).all;
    REQUIRE_FALSE(diagnostics.full());
    std::set<std::size_t> reported;
    auto const line_of = [&](std::uint32_t offset) {
      return static_cast<std::size_t>(std::upper_bound(begins.begin(), begins.end(), offset) - begins.begin()) - 1;
    };
    for (diag::Diagnostic const& each : diagnostics.all())
      if (each.kind->severity == diag::Severity::Error) reported.insert(line_of(each.where.begin));
    std::vector<std::vector<std::string>> found(sentences);
    for (ast::Token const& token : tokens) {
      if (token.span.begin < begins[0] || token.kind == ast::TokenKind::NewLine || token.kind == ast::TokenKind::End)
        continue;
      found[line_of(token.span.begin)].emplace_back(file.slice(token.span));
    }
    for (std::size_t i = 0; i < sentences; ++i) {
      if (reported.contains(i)) {
        ++refused;
        continue;
      }
      ++read;
      meant[i].insert(meant[i].begin(), "条件");
      if (meant[i] == found[i]) continue;
      std::string line(file.slice({begins[i], begins[i + 1], file.id()}));
      if (parser_refuses(declarations, line)) {
        --read;
        ++refused;
        continue;
      }
      std::string cut;
      for (std::string const& word : found[i]) cut += word + "|";
      CAPTURE(round);
      CAPTURE(line);
      CAPTURE(cut);
      CHECK(meant[i] == found[i]);
    }
  }
  MESSAGE("read " << read << ", refused " << refused);
  CHECK(read > refused);  // mistrust that refuses everything would prove nothing
}

}  // namespace
}  // namespace huiyu::parse
