#include "compiler/driver/by_files.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>

#include <doctest/doctest.h>

#include "compiler/diag/render.h"
#include "runtime/plan/plan_file.h"
#include "runtime/plan/verify.h"
#include "tests/unit/compiler_format/command/temporary.h"

namespace huiyu {
namespace {

namespace fs = std::filesystem;
using driver::Language;

using Texts = std::map<std::string, std::string>;

std::string policy(int number, std::string const& conditions, std::string const& amount) {
  auto const id = std::to_string(number);
  return "政策 补助" + id + "   编号 P" + id + "   依据 样例   辖区 全国   有效 长期\n" + conditions + "  奖励 " +
         amount + "\n\n";
}

// A province in small: what all share, and files of policies. Some of what they say is senseless, so that there is
// something to be said.
Texts province() {
  Texts texts;
  texts["企业.hui"] =
      "结构 企业 键 key\n  key ： 文本\n  营业收入 ： 金额\n  员工人数 ： 人数\n  规模 ： 规模名录\n  成立日期 ： "
      "日期\n\n"
      "名录 规模名录：大型、中型、小型、微型\n\n参数 门槛 ： 金额\n  自 2024-01-01 为 500万元\n\n定义 人均 ： 金额 = "
      "营业收入 × 2\n";
  int number = 0;
  for (char const* region : {"甲", "乙", "丙", "丁", "戊"}) {
    std::string text;
    for (int i = 0; i < 6; ++i, ++number) {
      auto const bound = std::to_string(100 + 10 * number);
      std::string conditions = "  条件 营业收入 ≥ " + bound + "万元\n  条件 规模 属于 中型、小型\n";
      if (i == 1) conditions += "  条件 营业收入 ≥ 50万元\n";
      if (i == 2) conditions += "  条件 人均 ＞ 门槛\n  条件 员工人数 ＞ 20人 或 规模 属于 中型\n";
      if (i == 3) conditions += "  条件 员工人数 ＞ 30人\n  条件 员工人数 ＜ 20人\n";
      text += policy(number, conditions, i % 2 == 0 ? "营业收入 × 5%，最高 " + bound + "万元" : bound + "元");
    }
    texts[std::string("policies/") + region + ".hui"] = text;
  }
  return texts;
}

struct Made {
  std::vector<std::byte> plan;
  std::string said;
  friend bool operator==(Made const&, Made const&) = default;
};

class Folder {
 public:
  explicit Folder(Texts const& texts) { write(texts); }
  void write(Texts const& texts) const {
    fs::remove_all(rules());
    for (auto const& [name, text] : texts) {
      fs::create_directories((rules() / name).parent_path());
      std::ofstream(rules() / name, std::ios::binary) << text;
    }
  }
  fs::path rules() const { return folder_ / "rules"; }
  std::string cache() const { return (folder_ / "cache").string(); }

  driver::Project project() const {
    auto project = driver::read_project({rules().string()}, Language::Chinese);
    REQUIRE_MESSAGE(project, project.error().message);
    return std::move(*project);
  }

 private:
  format::test::TemporaryFolder folder_;
};

Made made_of(plan::Plan const& plan, std::string said) { return {*plan::save(plan), std::move(said)}; }

// As a project that is looked at as a whole; nothing where it has errors.
std::optional<Made> whole(Folder const& folder) {
  auto project = folder.project();
  driver::check_project(project);
  driver::leave_out_advice_on_tests(project);
  if (project.diagnostics.has_errors()) return std::nullopt;
  auto const plan = driver::make_plan(project);
  REQUIRE_MESSAGE(plan, plan.error().message);
  return made_of(*plan, diag::render_text(project.diagnostics, project.sources, Language::Chinese));
}

std::optional<Made> by_files(Folder const& folder, std::size_t jobs, std::size_t share_bytes, bool kept) {
  auto project = folder.project();
  cache::DiskCache const cache(kept ? folder.cache() : std::string(), "parts");
  auto planned =
      driver::plan_by_files(project, Language::Chinese, {jobs, 0, share_bytes}, cache, kept ? "this command\n" : "");
  if (!planned) return std::nullopt;
  auto const faults = plan::verify(planned->plan, jobs);
  CHECK_MESSAGE(faults.empty(), faults.front());
  return made_of(planned->plan, planned->said);
}

std::string replaced(std::string text, std::string const& from, std::string const& to) {
  auto const at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a release that is planned file by file is the one that is planned as a whole, for any number of threads") {
  Folder const folder(province());
  auto const expected = whole(folder);
  REQUIRE(expected);
  CHECK(!expected->said.empty());
  for (std::size_t const jobs : {1U, 2U, 7U})
    for (std::size_t const share_bytes : {std::size_t{1}, std::size_t{2000}, std::size_t{1} << 30}) {
      CAPTURE(jobs);
      CAPTURE(share_bytes);
      CHECK(by_files(folder, jobs, share_bytes, false) == expected);
    }
}

TEST_CASE("what was kept of a release never answers for another") {
  auto const texts = province();
  Folder const folder(texts);
  REQUIRE(by_files(folder, 2, 1, true) == whole(folder));
  REQUIRE(by_files(folder, 2, 1, true) == whole(folder));
  struct Edit {
    char const *file, *from, *to;
  };
  for (auto const& edit : std::initializer_list<Edit>{
           {"policies/乙.hui", "营业收入 ≥ 170万元", "营业收入 ≥ 171万元"},  // a bound
           {"policies/乙.hui", "最高 160万元", "最高 161万元"},
           {"policies/乙.hui", "政策 补助7", "\n\n政策 补助7"},  // lines move
           {"policies/乙.hui", "编号 P7", "编号 P700"},
           {"policies/乙.hui", "政策 补助7 ", "政策 补助七 "},           // a name that others may be cut with
           {"policies/乙.hui", "员工人数 ＜ 20人", "员工人数 ＜ 40人"},  // what was said falls away
           {"企业.hui", "为 500万元", "为 600万元"},
           {"企业.hui", "营业收入 × 2", "营业收入 × 3"},
           {"企业.hui", "大型、中型、小型、微型", "大型、小型、中型、微型"},
           {"企业.hui", "  成立日期 ： 日期\n", "  成立日期 ： 日期\n  登记日期 ： 日期\n"},
           {"企业.hui", "营业收入 ： 金额", "营业收入 ： 金额（万元）"},
       }) {
    CAPTURE(edit.from);
    auto changed = texts;
    changed[edit.file] = replaced(changed[edit.file], edit.from, edit.to);
    folder.write(changed);
    auto const expected = whole(folder);
    CHECK(by_files(folder, 2, 1, true) == expected);
    CHECK(by_files(folder, 1, 1 << 20, true) == expected);
    folder.write(texts);
    CHECK(by_files(folder, 2, 1, true) == whole(folder));
  }
  auto fewer = texts;
  fewer.erase("policies/丙.hui");
  folder.write(fewer);
  CHECK(by_files(folder, 2, 1, true) == whole(folder));
  auto more = texts;
  more["policies/己.hui"] = policy(900, "  条件 营业收入 ≥ 1万元\n", "3元");
  folder.write(more);
  CHECK(by_files(folder, 2, 1, true) == whole(folder));
  // The same text under another path says other places.
  auto moved = texts;
  moved["policies/庚.hui"] = moved["policies/甲.hui"];
  moved.erase("policies/甲.hui");
  folder.write(moved);
  CHECK(by_files(folder, 2, 1, true) == whole(folder));
}

TEST_CASE("a project whose policies hang on each other is looked at as a whole") {
  auto const refuses = [](std::function<void(Texts&)> const& change) {
    auto texts = province();
    change(texts);
    return !by_files(Folder(texts), 2, 1, false);
  };
  CHECK(!refuses([](Texts&) {}));
  // Errors, in one file and between two.
  CHECK(refuses([](Texts& texts) {
    texts["policies/甲.hui"] +=
        "政策 补助99   编号 P99   依据 样例   辖区 全国   有效 长期\n  条件 无此字段 ＞ 3\n  奖励 3元\n";
  }));
  CHECK(refuses(
      [](Texts& texts) { texts["policies/甲.hui"] = replaced(texts["policies/甲.hui"], "编号 P3 ", "编号 P29 "); }));
  CHECK(refuses([](Texts& texts) {
    texts["测试.hui"] = "测试 一\n  已知 企业 甲：营业收入 = 300万元\n  期望 甲 补助1 不符合\n";
  }));
  CHECK(refuses([](Texts& texts) { texts["预算.hui"] = "预算 池子 100万元 用于 补助1、补助2 超出 按比例\n"; }));
  CHECK(refuses([](Texts& texts) {
    texts["policies/甲.hui"] = replaced(texts["policies/甲.hui"], "辖区 全国", "辖区 全国   只奖一次 每家企业");
  }));
}

TEST_CASE("more is said of a release than is shown, and the same of it is shown") {
  auto texts = province();
  for (int i = 0; i < 1100; ++i)
    texts["policies/" + std::string(i % 2 == 0 ? "甲" : "丁") + ".hui"] +=
        policy(1000 + i, "  条件 员工人数 ＞ 30人\n  条件 员工人数 ＜ 20人\n", "3元");
  Folder const folder(texts);
  auto const expected = whole(folder);
  REQUIRE(expected);
  CHECK(expected->said.find("条未列出") != std::string::npos);
  CHECK(by_files(folder, 2, 1, false) == expected);
}

}  // namespace huiyu
