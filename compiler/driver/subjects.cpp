#include "compiler/driver/subjects.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "compiler/driver/options.h"
#include "runtime/engine/layout.h"

namespace huiyu::driver {

NamedPlace named_place(std::string const& text) {
  auto const sign = text.find('=');
  bool const named =
      sign != std::string::npos && sign > 0 && sign + 1 < text.size() && text.find_first_of("./\\") > sign;
  return named ? NamedPlace{text.substr(0, sign), text.substr(sign + 1)} : NamedPlace{{}, text};
}

Result<std::vector<RecordOptions>> each_source(RecordOptions const& options, Language language) {
  auto const one = [](RecordOptions made, NamedPlace const& source) {
    made.tables.clear();
    made.subject = source.schema;
    // A mapping names its data itself.
    bool const mapping = std::filesystem::path(source.place).extension() == ".toml";
    (mapping ? made.mapping : made.data) = source.place;
    return made;
  };
  if (options.tables.empty()) {
    auto alone = options;
    auto const records = named_place(options.records);
    if (!options.records.empty()) alone.subject = records.schema, alone.records = records.place;
    return std::vector{alone};
  }
  std::vector<NamedPlace> sources;
  for (auto const& table : options.tables) {
    sources.push_back(named_place(table));
    auto const& made = sources.back();
    if (options.tables.size() > 1 && made.schema.empty())
      return Error{ErrorKind::Usage, "--data " + table +
                                         words(language, "：几种记录要写明各是哪一种，如 --data 企业=企业.csv",
                                               ": of several each is named, as in --data 企业=企业.csv")};
    if (std::ranges::count(sources, made.schema, &NamedPlace::schema) > 1)
      return Error{ErrorKind::Usage, "--data " + made.schema + words(language, "：给了两次", ": is given twice")};
  }
  if (sources.size() > 1 && (!options.mapping.empty() || !options.history.empty()))
    return Error{ErrorKind::Usage,
                 words(language, "几种记录的映射各写各的：--data 企业=企业.toml；发放记录写在映射里",
                       "of several kinds of records each has its mapping: --data 企业=企业.toml, which also names its "
                       "payments")};
  std::vector<RecordOptions> all;
  for (auto const& source : sources) {
    all.push_back(one(options, source));
    // What is named once for all may be pointed at by one of them alone.
    if (sources.size() > 1) all.back().beside = std::exchange(all.back().with, {});
    for (auto const& other : sources)
      if (other.schema != source.schema) all.back().beside.push_back(other.schema + "=" + other.place);
  }
  return all;
}

Result<RecordOptions> single_source(RecordOptions const& options, Language language) {
  auto sources = each_source(options, language);
  if (!sources) return sources.error();
  if (sources->size() == 1) return std::move(sources->front());
  return Error{ErrorKind::Usage, words(language, "这里一次只看一种记录，别的用 --with",
                                       "one kind of records at a time here: name the others with --with")};
}

Error several_subjects(std::vector<std::string> const& names) {
  if (names.empty()) return {ErrorKind::Usage, "规则里没有政策 / there is no policy in the rules"};
  std::string all;
  for (auto const& name : names) all += (all.empty() ? "" : "、") + name;
  return {ErrorKind::Usage, "政策说的记录有几种：" + all + "；请写明给的是哪一种，如 --data " + names.front() +
                                "=文件 / the policies are about several kinds of records: say which these are, as in "
                                "--data " +
                                names.front() + "=FILE"};
}

Result<plan::Ref<plan::Relation>> subject_named(plan::Plan const& plan, std::string const& schema) {
  if (!schema.empty()) {
    auto const found = engine::find_relation(plan, schema);
    if (found) return found;
    return Error{ErrorKind::Usage, "规则没有用到结构 " + schema + " / the rules use no records " + schema};
  }
  std::vector<std::string> names;
  for (auto const& policy : plan.policies)
    if (std::string name(plan.text(plan.relations[policy.subject.index].name));
        std::ranges::find(names, name) == names.end())
      names.push_back(std::move(name));
  if (names.size() != 1) return several_subjects(names);
  return plan.policies.front().subject;
}

}  // namespace huiyu::driver
