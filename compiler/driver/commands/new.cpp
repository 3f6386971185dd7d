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

惠企政策，用惠语写成：规则读起来像条款，能检查、能运行、能解释。

| 文件 | 内容 |
|------|------|
| `rules/企业.hui` | 结构：一条企业记录有哪些项，各来自哪个部门 |
| `rules/技改补助.hui` | 名录、定义和一项政策 |
| `records.json` | 三条样例记录：一家符合，一家不符合，一家缺一项事实 |

## 用法

```
huiyu check rules                                                      # 检查写法、名称、类型、单位
huiyu eval rules --records records.json --as-of 2024-06-30             # 逐户逐项作答
huiyu explain rules --records records.json --as-of 2024-06-30          # 为什么
huiyu match rules --data records.json --as-of 2024-06-30               # 谁符合、给多少，合计多少
huiyu fmt rules                                                        # 排版
```

`--as-of` 是基准日：规则从不读时钟。

## 改成自己的

1. `rules/企业.hui`：换成本地登记表有的项；不需要的删去。
2. `rules/技改补助.hui`：`编号`、`依据`（现为 `待填〔文号〕第〇条`）、`辖区`、`有效` 和各个数额都是样例，换成正式文件的。
3. `records.json`：换成几户熟悉的企业，先看结果与人工核定是否一致。
)text"},
    {"rules/企业.hui", R"text(# 企业的事实：每一项写明类型和来自哪个部门。

结构 企业 键 统一社会信用代码
  统一社会信用代码 ： 信用代码
  企业名称         ： 文本
  注册地           ： 地区
  行业             ： 行业代码                   来源 市场监管
  从业人员         ： 人数 范围 0人 至 300万人   来源 统计
  营业收入         ： 金额                       来源 税务
  严重失信         ： 真假                       来源 信用
  设备             ： 列表 设备购置              来源 自行申报

结构 设备购置
  设备名称 ： 文本
  购置金额 ： 金额
  新购     ： 真假

名录 数据来源：市场监管 权威；统计 权威；税务 权威；信用 权威；自行申报 申报
)text"},
    {"rules/技改补助.hui",
     R"text(# 制造业小微企业技术改造设备补助。这是样例：编号、依据、辖区、期限和数额都要换成正式文件的。

名录 制造业 ： 行业代码 = C
名录 企业规模 从高到低：大型、中型、小型、微型

# 统计上大中小微型企业划分办法，工业
定义 划型 ： 企业规模 = 分档 首行：
  从业人员 1000人以上 且 营业收入 40000万元以上 ： 大型
  从业人员 300人以上 且 营业收入 2000万元以上   ： 中型
  从业人员 20人以上 且 营业收入 300万元以上     ： 小型
  其余                                          ： 微型

政策 技术改造设备补助   编号 样例-1   依据 待填〔文号〕第〇条   辖区 江苏省南京市（注册地）   有效 2024-01-01 至 2026-12-31
  条件 行业 属于 制造业
  条件 划型 属于 小型、微型
  条件 存在（设备，其中 新购 且 购置金额 10万元以上）
  除外 严重失信
  补助 合计（设备.购置金额，其中 新购 且 购置金额 10万元以上）× 20%，最高 100万元
)text"},
    {"records.json", R"text([
  {
    "统一社会信用代码": "91320100MA0000001B",
    "企业名称": "样例机床有限公司",
    "注册地": "江苏省南京市江宁区",
    "行业": "C3421",
    "从业人员": "120人",
    "营业收入": "3600万元",
    "严重失信": "否",
    "设备": [
      {"设备名称": "五轴加工中心", "购置金额": "260万元", "新购": "是"},
      {"设备名称": "旧车床", "购置金额": "40万元", "新购": "否"}
    ]
  },
  {
    "统一社会信用代码": "91320100MA0000002E",
    "企业名称": "样例软件有限公司",
    "注册地": "江苏省南京市建邺区",
    "行业": "I6513",
    "从业人员": "35人",
    "营业收入": "900万元",
    "严重失信": "否",
    "设备": []
  },
  {
    "统一社会信用代码": "91320100MA0000003H",
    "企业名称": "样例食品有限公司",
    "注册地": "江苏省南京市溧水区",
    "行业": "C1353",
    "从业人员": "15人",
    "营业收入": "280万元",
    "设备": [
      {"设备名称": "冷冻隧道", "购置金额": "48万元", "新购": "是"}
    ]
  }
]
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
                          {"新建一个项目：结构、定义、一项政策和样例记录",
                           "make a project: a schema, a definition, a policy and sample records"},
                          7,
                          set_up};

}  // namespace huiyu::driver
