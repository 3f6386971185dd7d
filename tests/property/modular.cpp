#include "tests/property/modular.h"

#include <algorithm>

#include "tests/property/files.h"
#include "tests/property/writer.h"

namespace huiyu::test {

namespace {

// Both use what the first module publishes: 名录, 结构 of lists, 参数.
constexpr std::string_view use_common = "使用 通用 1\n";

// Facts of its own; lists, sets and series, which are only ever taken as they are, are the other's.
World world_beside(World const& other, std::string const& subject, RandomSource& random) {
  auto world = random_world(random);
  auto const fields = std::move(world.fields);
  auto const sources = world.sources;
  world = other;
  world.subject = subject;
  // 数据来源 is published only where the other has it.
  world.sources = other.sources == Sources::None || sources == Sources::Authority ? Sources::None : sources;
  world.document = false;
  world.definitions.clear();
  world.item_definitions.clear();
  std::erase_if(world.fields, [](Field const& field) { return field.series == Series::None; });
  for (auto const& field : fields)
    if (field.series == Series::None) world.fields.push_back(field);
  return world;
}

// 引用 of all that the module publishes, with 其中 where a fact is called otherwise, or now and then anything.
void import_all(World& own, World const& module, bool published, std::vector<std::string>& declarations,
                RandomSource& random) {
  Writer writer(own, random);
  for (auto const& definition : module.definitions) {
    auto text = std::string(published ? "公开 " : "") + "引用 " + definition.name;
    std::string mapping;
    for (auto const& field : module.fields) {
      if (field.series != Series::None) {
        if (random.chance(10)) mapping += "，" + field.name + " = " + field.name;
        continue;
      }
      auto const same = own.plain(field.kind);
      bool const there = std::ranges::any_of(same, [&](auto const* one) { return one->name == field.name; });
      if (there && random.chance(70)) continue;
      mapping += "，" + field.name + " = " + writer.stand_in(field.kind);
    }
    if (!mapping.empty()) text += " 其中 " + mapping.substr(std::string_view("，").size());
    declarations.push_back(text + " \n");
    if (!published && random.chance(25)) {
      auto exception = writer.exception_of(definition);
      if (!exception.empty()) declarations.push_back("例外 " + definition.name + exception + "\n");
    }
  }
  own.definitions.insert(own.definitions.end(), module.definitions.begin(), module.definitions.end());
}

}  // namespace

std::vector<std::string> modular_schema(World& world, RandomSource& random) {
  std::vector<std::string> declarations;
  declarations.push_back(file_mark("modules/通用/1/名录.hui") + schema_text(world, random, "公开 ").shared);
  // One below the other: what the last takes from the one before, and so on.
  struct Level {
    std::string module, use, names, subject;
  };
  std::vector<Level> levels{{"国标/2024", "使用 国标 2024\n", "国标值", "统计单位"}};
  if (random.chance(40)) levels.push_back({"省标/3", "使用 省标\n", "省标值", "市场主体"});
  World below;
  std::string uses(use_common);
  for (auto const& level : levels) {
    auto made = world_beside(world, level.subject, random);
    auto const schema = schema_text(made, random);
    declarations.push_back(file_mark("modules/" + level.module + "/规则.hui") + uses + schema.record + schema.tables);
    if (&level != levels.data()) import_all(made, below, true, declarations, random);
    Writer writer(made, random);
    for (auto i = static_cast<int>(random.between(1, 3)); i > 0; --i)
      declarations.push_back("公开 " + writer.definition(level.names, i - 1));
    declarations.insert(declarations.end(), writer.elsewhere().begin(), writer.elsewhere().end());
    // Each of a list's rows is no record of ours.
    made.item_definitions.clear();
    below = std::move(made);
    uses = std::string(use_common) + level.use;
  }
  auto const schema = schema_text(world, random);
  declarations.push_back(file_mark("一总则.hui") + uses + schema.record + schema.tables);
  import_all(world, below, false, declarations, random);
  return declarations;
}

std::string second_file(World const& world) {
  return file_mark("二分则.hui") + std::string(use_common) +
         (world.document ? "文件 \"样例通知二\" 文号 \"样例〔2024〕2号\" 辖区 全国 有效 2023年\n" : "");
}

}  // namespace huiyu::test
