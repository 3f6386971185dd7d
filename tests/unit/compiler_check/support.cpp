#include "tests/unit/compiler_check/support.h"

#include <fstream>
#include <set>
#include <sstream>

#include "compiler/diag/render.h"
#include "compiler/modules/modules.h"
#include "compiler/parse/parse.h"
#include "compiler/tir/print.h"

namespace huiyu::test {

std::string Checked::codes() const {
  std::string text;
  for (auto const* diagnostic : diagnostics.sorted())
    text += (text.empty() ? "" : " ") + std::string(diagnostic->kind->code);
  return text;
}

std::string Checked::messages() const { return diag::render_text(diagnostics, sources); }

namespace {

class TextStore : public modules::Store {
 public:
  explicit TextStore(std::vector<ModuleText> const& texts) : texts_(texts) {}

  std::vector<std::string> names() const override {
    std::set<std::string> found;
    for (auto const& text : texts_) found.insert(text.name);
    return {found.begin(), found.end()};
  }
  std::vector<std::string> versions(std::string const& name) const override {
    std::set<std::string> found;
    for (auto const& text : texts_)
      if (text.name == name) found.insert(text.version);
    return {found.begin(), found.end()};
  }
  std::vector<modules::Text> read(std::string const& name, std::string const& version) const override {
    std::vector<modules::Text> found;
    for (auto const& text : texts_)
      if (text.name == name && text.version == version && !text.text.empty())
        found.push_back({name + "/" + version + "/" + std::to_string(found.size() + 1) + ".hui", text.text});
    return found;
  }
  std::string places() const override { return {}; }

 private:
  std::vector<ModuleText> const& texts_;
};

}  // namespace

Checked check_files(std::vector<std::pair<std::string, std::string>> const& files,
                    std::vector<ModuleText> const& texts) {
  Checked checked;
  for (auto const& [path, text] : files) checked.sources.add(path, text);
  auto const own = checked.sources.size();
  TextStore const store(texts);
  auto loaded = modules::Modules::load(checked.sources, store, checked.diagnostics);
  auto const parsed = [&](FileId file) {
    return parse::parse(checked.sources[file], loaded.names_for(file), checked.diagnostics);
  };
  for (std::size_t i = 0; i < own; ++i) checked.files.push_back(parsed(FileId{static_cast<std::int32_t>(i)}));
  for (auto const& module : loaded.all()) {
    checked.modules.push_back({module.name, {}});
    for (auto const file : module.files) checked.modules.back().files.push_back(parsed(file));
  }
  checked.program = check::check(checked.files, checked.sources, checked.diagnostics, &checked.tests, checked.modules);
  checked.facts = check::ranges(checked.program, checked.diagnostics);
  return checked;
}

std::string firm() {
  return R"(结构 企业 键 信用代码
  信用代码 ： 信用代码
  注册地   ： 地区
  行业代码 ： 行业代码
  成立日期 ： 日期
  员工人数 ： 人数
  营业收入 ： 金额
  利润     ： 金额
  负债率   ： 比率
  面积     ： 面积
  评级     ： 等级
  严重失信 ： 真假
  资质     ： 集合 资质名录
  设备     ： 列表 设备
  用电量   ： 电量 逐月
  研发费用 ： 金额 逐年 自 成立日期

结构 设备
  金额 ： 金额
  台数 ： 个数
  购置日期 ： 日期
  新上 ： 真假

名录 等级 从高到低：甲、乙、丙、丁
名录 资质名录：高新技术企业、专精特新
)";
}

std::string policy(std::string const& lines) {
  std::string text = firm() + "\n政策 测试政策 编号 1 辖区 全国 有效 长期\n";
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) text += "  " + line + "\n";
  return text;
}

std::string condition_of(Checked const& checked) {
  if (checked.program.policies.empty()) return "no policy";
  auto const condition = checked.program.policies.begin()->condition;
  return condition.has_value() ? tir::print(checked.program, condition) : "none";
}

std::string amount_of(Checked const& checked) {
  if (checked.program.policies.empty() || checked.program.policies.begin()->items.empty()) return "no item";
  return tir::print(checked.program, checked.program.policies.begin()->items.front().amount);
}

std::string definition_of(Checked const& checked, std::string const& name) {
  for (auto const& definition : checked.program.definitions)
    if (definition.name == name) return tir::print(checked.program, definition.value);
  return "no definition";
}

std::string read_file(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace huiyu::test
