#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

#include "compiler/driver/command.h"
#include "compiler/driver/options.h"
#include "compiler/driver/report.h"

namespace huiyu::driver {

namespace fs = std::filesystem;

namespace {

// A file of a new project; `{name}` stands for the project's name. The rules are laid out as `huiyu fmt` does.
struct Template {
  char const* path;
  char const* text;
};

constexpr Template templates[] = {
    {"README.md", R"text(# {name}

惠企政策，用惠语写成：规则读起来像条款，能检查、能测试、能运行、能解释。

| 文件 | 内容 |
|------|------|
| `rules/企业.hui` | 结构：一条企业记录有哪些项，各来自哪个部门 |
| `rules/技改补助.hui` | 文件、名录、定义、一项政策和它的测试 |
| `虚构企业.csv` | 五家虚构的企业，没有一家真有 |

## 用法

```
huiyu check rules                                                # 检查写法、名称、类型、单位
huiyu test rules                                                 # 运行规则里的测试
huiyu match rules --data 虚构企业.csv --as-of 2024-06-30         # 谁符合、给多少，合计多少
huiyu explain rules --data 虚构企业.csv --as-of 2024-06-30       # 第一家为什么
huiyu fmt rules                                                  # 排版
```

`--as-of` 是基准日：规则从不读时钟。

## 改成自己的

1. `rules/企业.hui`：换成本地登记表有的项；不需要的删去。
2. `rules/技改补助.hui`：文件、依据、辖区、有效和各个数额都是样例，换成正式文件的；测试里的界也跟着改。
3. `虚构企业.csv`：换成几户熟悉的企业，先看结果与人工核定是否一致。
)text"},
    {"rules/企业.hui", R"text(# 企业的事实：每一项写明类型和来自哪个部门。

结构 企业 键 统一社会信用代码
  统一社会信用代码 ： 信用代码
  企业名称         ： 文本
  注册地           ： 地区                       来源 市场监管
  行业             ： 行业代码                   来源 市场监管
  从业人员         ： 人数 范围 0人 至 300万人   来源 统计
  营业收入         ： 金额                       来源 税务
  设备投资额       ： 金额                       来源 自行申报
  严重失信         ： 真假                       来源 信用

名录 数据来源：市场监管 权威；统计 权威；税务 权威；信用 权威；自行申报 申报
)text"},
    {"rules/技改补助.hui",
     R"text(# 制造业小微企业技术改造设备补助。这是样例：文件、依据、辖区、期限和数额都要换成正式文件的。

名录 制造业 ： 行业代码 = C
名录 企业规模 从高到低：大型、中型、小型、微型

# 统计上大中小微型企业划分办法，工业
定义 划型 ： 企业规模 = 分档 首行：
  从业人员 1000人以上 且 营业收入 40000万元以上 ： 大型
  从业人员 300人以上 且 营业收入 2000万元以上   ： 中型
  从业人员 20人以上 且 营业收入 300万元以上     ： 小型
  其余                                          ： 微型

文件 "样例市推进技术改造若干措施"   文号 "样例〔2024〕1号"   辖区 江苏省南京市（注册地）   有效 2024-01-01 至 2026-12-31

政策 技术改造设备补助   编号 样例-1   依据 第二条第一款
  对象 企业 其中 行业 属于 制造业
  条件 划型 属于 小型、微型
  条件 设备投资额 50万元以上
  除外 严重失信
  补助 设备投资额 × 20%，最高 100万元

测试 五十万元起补，一百万元封顶
  基准日 2024-06-30
  已知 企业 甲：注册地 = 江苏省南京市江宁区，行业 = C3421，划型 = 小型，设备投资额 = 50万元，严重失信 = 否；
       企业 乙：同 甲，设备投资额 = 49.99万元；
       企业 丙：同 甲，设备投资额 = 500万元；
       企业 丁：同 甲，设备投资额 = 500.01万元
  期望 甲 技术改造设备补助 = 10万元
       乙 技术改造设备补助 不符合
       丙 技术改造设备补助 = 100万元
       丁 技术改造设备补助 = 100万元

测试 谁不在内，缺什么
  基准日 2024-06-30
  已知 企业 甲：注册地 = 江苏省南京市江宁区，行业 = C3421，划型 = 小型，设备投资额 = 50万元，严重失信 = 否；
       企业 乙：同 甲，行业 = I6513；
       企业 丙：同 甲，划型 = 中型；
       企业 丁：同 甲，严重失信 = 是；
       企业 戊：同 甲，设备投资额 缺
  期望 乙 技术改造设备补助 不适用
       丙 技术改造设备补助 不符合
       丁 技术改造设备补助 不符合
       戊 技术改造设备补助 待核 缺 设备投资额

测试 划型看人数和收入
  已知 企业 甲：从业人员 = 300人，营业收入 = 2000万元；
       企业 乙：从业人员 = 299人，营业收入 = 2000万元；
       企业 丙：从业人员 = 19人，营业收入 = 2000万元
  期望 甲 划型 = 中型；乙 划型 = 小型；丙 划型 = 微型
)text"},
    {"虚构企业.csv", R"text(统一社会信用代码,企业名称,注册地,行业,从业人员,营业收入,设备投资额,严重失信
91320100MA0000001B,虚构机床有限公司,江苏省南京市江宁区,C3421,120人,3600万元,260万元,否
91320100MA0000002E,虚构软件有限公司,江苏省南京市建邺区,I6513,35人,900万元,80万元,否
91320100MA0000003H,虚构食品有限公司,江苏省南京市溧水区,C1353,15人,280万元,,否
91320100MA0000004L,虚构重工有限公司,江苏省南京市六合区,C3411,1200人,52000万元,900万元,否
91320100MA0000005P,虚构电器有限公司,江苏省南京市浦口区,C3821,80人,1500万元,800万元,否
)text"},
};

std::string fill_in(std::string text, std::string const& name) {
  constexpr std::string_view gap = "{name}";
  if (auto at = text.find(gap); at != std::string::npos) text.replace(at, gap.size(), name);
  return text;
}

Result<void> write_all(fs::path const& folder, std::string const& name) {
  for (auto const& each : templates) {
    auto path = folder / each.path;
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    std::ofstream out(path, std::ios::binary);
    out << fill_in(each.text, name);
    out.flush();
    if (error || !out)
      return Error{ErrorKind::Environment,
                   path.string() + ": " + (error ? error : std::make_error_code(std::errc::io_error)).message()};
  }
  return {};
}

// The project appears whole or not at all: it is written beside its place and then moved there.
Result<void> create(std::string const& path, Language language) {
  auto folder = fs::path(path).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  auto name = folder.filename().string();
  std::error_code error;
  if (name.empty() || name == "." || name == "..")
    return Error{ErrorKind::Usage, path + words(language, "：不是项目的名称", ": is no name of a project")};
  if (fs::exists(fs::symlink_status(folder, error)))
    return Error{ErrorKind::Usage, path + words(language, "：已经存在，未改动", ": exists already and was left alone")};
  auto fresh = folder;
  fresh += fmt::format(".{}.tmp", getpid());
  auto written = write_all(fresh, name);
  if (written) fs::rename(fresh, folder, error);
  std::error_code ignored;
  fs::remove_all(fresh, ignored);
  if (!written) return written;
  if (error) return Error{ErrorKind::Environment, path + ": " + error.message()};
  return {};
}

ExitCode run(std::string const& path, Language language) {
  auto done = create(path, language);
  if (!done) return report(done.error(), language);
  for (auto const& each : templates) fmt::print("{}\n", (fs::path(path) / each.path).string());
  auto next = words(language, "接下来：cd {} && huiyu check rules\n", "next: cd {} && huiyu check rules\n");
  std::fputs(fmt::format(fmt::runtime(next), path).c_str(), stdout);
  return ExitCode::Fine;
}

void set_up(CLI::App& app, Language language, ExitCode& result) {
  auto name = std::make_shared<std::string>();
  app.add_option("name", *name, words(language, "项目的名称，即新文件夹", "the project's name: a new folder"))
      ->required();
  app.callback([name, language, &result] { result = run(*name, language); });
}

}  // namespace

extern Command const new_command;
Command const new_command{"new",
                          {"新建一个项目：结构、定义、一项政策、它的测试和虚构的企业",
                           "make a project: a schema, a definition, a policy with tests, and made-up firms"},
                          7,
                          set_up};

}  // namespace huiyu::driver
