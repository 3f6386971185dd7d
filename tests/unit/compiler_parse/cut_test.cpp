// The rules by which unspaced text is cut, one by one.

#include "compiler/parse/cut.h"

#include <string>

#include <doctest/doctest.h>

#include "compiler/parse/run_cutter.h"

namespace huiyu::parse {
namespace {

Dictionary names_of(std::initializer_list<char const*> general, std::initializer_list<char const*> codes = {}) {
  Dictionary names;
  for (char const* text : general) names.add({NameKind::Definition, text, "", "", {}, false, false, false});
  for (char const* text : codes) names.add({NameKind::Code, text, "名录", "", {}, false, false, false});
  return names;
}

// The words with `|` between them; `?` for no cut, and both cuts where words cross.
std::string cut(Dictionary const& names, std::string_view text, RunPlace place = {}) {
  static Dictionary const none;
  RunText run;
  run.read(text);
  Cutter cutter(none, names);
  Cut const& result = cutter.cut(run.characters(), place);
  auto const join = [&](std::vector<CutWord> const& words) {
    std::string out;
    for (CutWord const& word : words) {
      std::uint32_t const begin = run.offset(word.begin);
      out += (out.empty() ? "" : "|") + std::string(text.substr(begin, run.offset(word.end) - begin));
    }
    return out;
  };
  if (result.fault == CutFault::NoCut) return "?";
  return join(result.words) + (result.fault == CutFault::Crossing ? " / " + join(result.other) : "");
}

// shows L2.3
TEST_CASE("rule 2: the longest word after which the rest can still be cut") {
  Dictionary const names = names_of({"营业", "营业收入", "收入", "收入增长"});
  CHECK(cut(names, "营业收入超过100万元") == "营业收入|超过|100万元");
  // 营业收入 is longer, but 增长 is no word: then the rest could not be cut.
  CHECK(cut(names, "营业收入增长不满3%") == "营业|收入增长|不满|3%");
}

TEST_CASE("rule 2: ASCII words and numbers are not cut inside, a number takes the longest unit") {
  Dictionary const names = names_of({"C", "C16", "人数"}, {});
  CHECK(cut(names, "C16超过3") == "C16|超过|3");
  CHECK(cut(names, "人数30万元以上") == "人数|30万元|以上");
  CHECK(cut(names, "人数2024-01-01至2024-12-31") == "人数|2024-01-01|至|2024-12-31");
  CHECK(cut(names, "C1") == "C1");  // looks like an industry code; the checker knows
  CHECK(cut(names, "Cx") == "?");
}

// shows L2.4
TEST_CASE("rule 3: words that cross are an error that shows both") {
  Dictionary const names = names_of({"上年营业", "营业收入", "收入"});
  CHECK(cut(names, "上年营业收入") == "上年营业|收入 / 上年|营业收入");
  CHECK(cut(names_of({"营业收入", "营业", "收入"}), "营业收入") == "营业收入");
}

TEST_CASE("rule 4: a whole run that is a word is that word") {
  CHECK(cut(names_of({"以上年份", "以上", "年份"}), "以上年份") == "以上年份");
  CHECK(cut(names_of({"营业"}), "营业外") == "?");
}

TEST_CASE("rule 6: words act only where they can") {
  Dictionary const names = names_of({"企业", "数量"});
  RunPlace line_start;
  line_start.line_start = true;
  CHECK(cut(names, "条件企业", line_start) == "条件|企业");
  CHECK(cut(names, "条件企业") == "?");
  RunPlace call;
  call.before_left = true;
  CHECK(cut(names, "没有存在", call) == "没有|存在");
  CHECK(cut(names, "没有存在") == "?");
  RunPlace head;
  head.head_line = true;
  CHECK(cut(names, "编号", head) == "编号");
  CHECK(cut(names, "编号") == "?");
  CHECK(cut(names, "企业满3年") == "企业|满|3年");
  CHECK(cut(names, "企业满意") == "?");
}

TEST_CASE("rule 6: names of codes are read after 属于 and as whole runs") {
  Dictionary const names = names_of({"划型", "专精"}, {"小型", "中型"});
  CHECK(cut(names, "划型属于小型且专精") == "划型|属于|小型|且|专精");
  CHECK(cut(names, "小型") == "小型");
  CHECK(cut(names, "小型以上") == "小型|以上");
  CHECK(cut(names, "划型且小型") == "?");
  RunPlace after_list;
  after_list.state = ReadState::Code;
  CHECK(cut(names, "中型且专精", after_list) == "中型|且|专精");
}

TEST_CASE("text in another normal form is the same text") {
  Dictionary const names = names_of({"caf\u00e9数"});
  CHECK(cut(names, "cafe\u0301数超过3") == "cafe\u0301数|超过|3");
}

}  // namespace
}  // namespace huiyu::parse
