#include "compiler/diag/render.h"

#include <string>

#include <doctest/doctest.h>

namespace huiyu::diag {
namespace {

inline constexpr Kind<Words, Count> Sample{
    {"P9901", "Sample", Severity::Error, {"`{}` 出现 {} 次", "`{}` occurs {} times"}}};
inline constexpr Kind<Words, Words> Swapped{{"P9902", "Swapped", Severity::Warning, {"{1}在{0}前", "{0} after {1}"}}};
inline constexpr Note<Words> DeclaredHere{{"`{}` 声明于此", "`{}` is declared here"}};

struct Given {
  SourceSet sources;
  Diagnostics diagnostics;
  explicit Given(std::string text) { sources.add("a.hui", std::move(text)); }
  Span find(std::string_view part) const {
    auto const at = static_cast<std::uint32_t>(sources[FileId{0}].text().find(part));
    return {at, at + static_cast<std::uint32_t>(part.size()), FileId{0}};
  }
  std::string text(Language language = Language::Chinese) const { return render_text(diagnostics, sources, language); }
};

TEST_CASE("carets stand under Chinese text, which is two columns wide") {
  Given g("政策 甲\n  条件 营业额 20人\n");
  g.diagnostics.add(g.find("营业额"), Sample, "营业额", 3);
  CHECK(g.text() ==
        "错误[P9901]：`营业额` 出现 3 次\n"
        " --> a.hui:2:6\n"
        "2 |   条件 营业额 20人\n"
        "  |        ^^^^^^\n");
  CHECK(g.text(Language::English) ==
        "error[P9901]: `营业额` occurs 3 times\n"
        " --> a.hui:2:6\n"
        "2 |   条件 营业额 20人\n"
        "  |        ^^^^^^\n");
}

TEST_CASE("labels, help and fixes follow") {
  Given g("甲 乙\n丙\n丁\n");
  g.diagnostics.add(g.find("丁"), Swapped, "甲", "乙")
      .label(g.find("甲"), DeclaredHere, "甲")
      .label(g.find("丁"), Phrase{"这里", "here"})
      .add_help(Phrase{"加空格", "put a space"})
      .fix(g.find("丁"), "「丁」");
  CHECK(g.text() ==
        "警告[P9902]：乙在甲前\n"
        " --> a.hui:3:1\n"
        "1 | 甲 乙\n"
        "  | -- `甲` 声明于此\n"
        "  …\n"
        "3 | 丁\n"
        "  | ^^ 这里\n"
        "  = 说明：加空格\n"
        "  = 改法：把 `丁` 改为 `「丁」`\n");
}

TEST_CASE("order is by place, whatever the order of finding") {
  Given g("甲乙丙");
  g.diagnostics.add(g.find("丙"), Sample, "丙", 1);
  g.diagnostics.add(g.find("甲"), Sample, "甲", 1);
  auto const sorted = g.diagnostics.sorted();
  REQUIRE(sorted.size() == 2);
  CHECK(sorted[0]->where == g.find("甲"));
}

TEST_CASE("only so many are kept, the rest is counted") {
  SourceSet sources;
  sources.add("a.hui", "甲");
  Diagnostics few(2);
  for (int i = 0; i < 5; ++i) few.add({0, 3, FileId{0}}, Sample, "甲", i).label({0, 3, FileId{0}}, DeclaredHere, "甲");
  CHECK(few.all().size() == 2);
  CHECK(few.error_count() == 5);
  CHECK(few.dropped_count() == 3);
  CHECK(render_text(few, sources).ends_with("另有 3 条未列出\n"));
  CHECK(render_json(few, sources).ends_with("{\"dropped\":3}\n"));
}

TEST_CASE("text that would reorder or hide what follows is made visible") {
  CHECK(make_visible("甲\u202E乙\u200B\x1b[2J") == "甲<U+202E>乙<U+200B><U+001B>[2J");
  Given g("甲\u202E乙");
  g.diagnostics.add(g.find("乙"), Sample, "\u202E", 1);
  CHECK(g.text().find("\u202E") == std::string::npos);
}

TEST_CASE("a line of a megabyte is shown in part, around the place") {
  std::string text;
  for (int i = 0; i < 200000; ++i) text += "条";
  Given g(text + "错" + text);
  g.diagnostics.add(g.find("错"), Sample, "错", 1);
  std::string const shown = g.text();
  CHECK(shown.size() < 2000);
  CHECK(shown.find("错条") != std::string::npos);
  CHECK(shown.find("a.hui:1:200001") != std::string::npos);
}

TEST_CASE("long words are cut in messages") {
  std::string name;
  for (int i = 0; i < 100000; ++i) name += "长";
  Given g(name);
  g.diagnostics.add({0, 3, FileId{0}}, Sample, name, 1);
  CHECK(print(g.diagnostics.all()[0].message, Language::Chinese).size() < 500);
}

TEST_CASE("JSON lines carry places in lines, characters and bytes") {
  Given g("政策 \"甲\"\n");
  g.diagnostics.add(g.find("\"甲\""), Sample, "\"甲\"", 2).add_help(Phrase{"说", "say"}).fix(g.find("甲"), "乙");
  CHECK(render_json(g.diagnostics, g.sources) ==
        "{\"code\":\"P9901\",\"name\":\"Sample\",\"severity\":\"error\",\"message\":\"`\\\"甲\\\"` 出现 2 次\","
        "\"file\":\"a.hui\",\"line\":1,\"column\":4,\"end_line\":1,\"end_column\":7,\"begin\":7,\"end\":12,"
        "\"labels\":[],\"help\":[\"说\"],\"fixes\":[[{\"file\":\"a.hui\",\"line\":1,\"column\":5,\"end_line\":1,"
        "\"end_column\":6,\"begin\":8,\"end\":11,\"replacement\":\"乙\"}]]}\n");
}

}  // namespace
}  // namespace huiyu::diag
