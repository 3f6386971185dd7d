#include "compiler/driver/shard_manifest.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <nlohmann/json.hpp>
#include <toml++/toml.h>
#include <unistd.h>

#include "compiler/driver/project.h"
#include "compiler/driver/rule_texts.h"
#include "compiler/driver/subjects.h"
#include "runtime/base/decimal.h"
#include "runtime/records/output_file.h"

namespace huiyu::driver {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int format = 1;

// Length and hash of a file's bytes; none where it cannot be read.
std::optional<Hash128> digest_of(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  HashBuilder hash;
  std::vector<char> bytes(std::size_t{1} << 20);
  std::uint64_t length = 0;
  while (file) {
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    auto const got = static_cast<std::size_t>(file.gcount());
    hash.add_bytes({bytes.data(), got});
    length += got;
  }
  if (!file.eof()) return std::nullopt;
  return hash.add(length).finish();
}

// Files that a mapping speaks of: every text in it that names one, seen from its folder.
void add_named(toml::node const& node, fs::path const& folder, std::set<fs::path>& files) {
  if (auto const* table = node.as_table())
    for (auto const& [key, value] : *table) add_named(value, folder, files);
  if (auto const* array = node.as_array())
    for (auto const& value : *array) add_named(value, folder, files);
  std::error_code fault;
  if (auto const text = node.value<std::string>(); text && text->size() < 4096)
    if (auto const path = folder / *text; fs::is_regular_file(path, fault)) files.insert(path);
}

Result<std::set<fs::path>> files_of(RecordOptions const& records, std::string const& inputs, Language language) {
  std::set<fs::path> files;
  std::vector<std::string> places{records.data, records.records, records.mapping, records.history, inputs};
  for (auto const* named : {&records.tables, &records.with, &records.beside})
    for (auto const& text : *named) places.push_back(named_place(text).place);
  for (auto const& place : places) {
    if (place.empty()) continue;
    files.insert(place);
    if (fs::path(place).extension() != ".toml") continue;
    try {
      auto const mapping = toml::parse_file(place);
      add_named(mapping, fs::path(place).parent_path(), files);
    } catch (toml::parse_error const&) {
      // Who reads the mapping says what is wrong with it.
    }
  }
  if (files.contains("-"))
    return Error{ErrorKind::Usage, words(language, "--shard 须能把数据从头再读，不能读标准输入",
                                         "--shard reads the data anew for each part, so not from standard input")};
  return files;
}

json to_json(PolicyName const& policy, PolicyCount const& count) {
  return {{"id", policy.id},
          {"name", policy.name},
          {"pays", policy.pays},
          {"eligible", count.eligible},
          {"pending", count.pending},
          {"unknown", count.unknown},
          {"error", count.error},
          {"ineligible", count.ineligible},
          {"not_applicable", count.not_applicable},
          {"sum_fen", to_string(count.sum_fen)}};
}

}  // namespace

std::string shard_file(std::string const& path, Shard shard) {
  auto const file = fs::path(path);
  auto const part = "." + std::to_string(shard.number) + "-of-" + std::to_string(shard.of);
  return (file.parent_path() / (file.stem().string() + part + file.extension().string())).string();
}

namespace {

std::string manifest_file(std::string const& results) {
  return fs::path(results).replace_extension(".manifest.json").string();
}

}  // namespace

Result<Hash128> run_identity(RuleOptions const& rules, RunOptions const& run, RecordOptions const& records,
                             std::vector<std::string> const& options, Language language) {
  HashBuilder hash;
  hash.add(format);
  auto const add_file = [&](fs::path const& path) -> Result<void> {
    auto const digest = digest_of(path);
    if (!digest) return Error{ErrorKind::Usage, path.string() + words(language, "：打不开", ": cannot be opened")};
    hash.add(path.filename().string()).add(*digest);
    return {};
  };
  if (auto added = add_file("/proc/self/exe"); !added) return added.error();
  auto const project = read_project(rules.paths, language, rules.modules);
  if (!project) return project.error();
  auto const texts = list_texts(*project);
  if (texts.empty())
    return Error{ErrorKind::Rules, words(language, "规则文件没有全部读到", "rules could not all be read")};
  hash.add(texts);
  hash.add(run.as_of).add(run.application_year.value_or(0));
  for (auto const& given : run.given) hash.add(given);
  hash.add(records.sql).add(records.subject);
  for (auto const* named : {&records.tables, &records.with, &records.beside})
    for (auto const& text : *named) hash.add(text);
  for (auto const& option : options) hash.add(option);
  auto const files = files_of(records, run.inputs_file, language);
  if (!files) return files.error();
  for (auto const& file : *files)
    if (auto added = add_file(file); !added) return added.error();
  return hash.finish();
}

std::optional<ShardManifest> find_done(std::string const& path, Shard shard, Hash128 run) {
  auto const results = shard_file(path, shard);
  std::ifstream file(manifest_file(results), std::ios::binary);
  auto const read = json::parse(std::string(std::istreambuf_iterator<char>(file), {}), nullptr, false);
  if (!read.is_object()) return std::nullopt;
  ShardManifest made;
  made.run = run;
  made.shard = shard;
  try {
    if (read.at("format") != format || read.at("run") != to_hex(run) || read.at("shard") != shard.number ||
        read.at("of") != shard.of)
      return std::nullopt;
    auto const digest = digest_of(results);
    if (!digest || read.at("results") != to_hex(*digest)) return std::nullopt;
    made.rows = read.at("rows");
    made.counted = static_cast<Counted>(read.at("counted").get<int>());
    made.outside = read.at("given_from_outside");
    for (auto const& policy : read.at("policies")) {
      auto& name = made.policies.emplace_back();
      name.id = policy.at("id");
      name.name = policy.at("name");
      name.pays = policy.at("pays");
      auto& count = made.counts.emplace_back();
      count.eligible = policy.at("eligible");
      count.pending = policy.at("pending");
      count.unknown = policy.at("unknown");
      count.error = policy.at("error");
      count.ineligible = policy.at("ineligible");
      count.not_applicable = policy.at("not_applicable");
      auto const sum = parse_decimal(policy.at("sum_fen").get<std::string>());
      if (!sum || sum->scale != 0) return std::nullopt;
      count.sum_fen = sum->mantissa;
    }
  } catch (json::exception const&) {
    return std::nullopt;  // no manifest of ours
  }
  return made;
}

Result<void> keep(ShardManifest const& manifest, std::string const& path) {
  auto const results = shard_file(path, manifest.shard);
  auto const digest = digest_of(results);
  if (!digest) return Error{ErrorKind::Environment, results + ": cannot be read again"};
  json policies = json::array();
  for (std::size_t i = 0; i < manifest.policies.size(); ++i)
    policies.push_back(to_json(manifest.policies[i], manifest.counts[i]));
  json const all{{"format", format},
                 {"run", to_hex(manifest.run)},
                 {"shard", manifest.shard.number},
                 {"of", manifest.shard.of},
                 {"file", fs::path(results).filename().string()},
                 {"results", to_hex(*digest)},
                 {"rows", manifest.rows},
                 {"counted", static_cast<int>(manifest.counted)},
                 {"given_from_outside", manifest.outside},
                 {"policies", std::move(policies)}};
  auto file = records::OutputFile::create(manifest_file(results));
  if (!file) return file.error();
  auto const text = all.dump(1) + "\n";
  for (std::size_t at = 0; at < text.size();) {
    auto const wrote = ::write(file->descriptor(), text.data() + at, text.size() - at);
    if (wrote < 0) return Error{ErrorKind::Environment, manifest_file(results) + ": cannot be written"};
    at += static_cast<std::size_t>(wrote);
  }
  return file->commit();
}

}  // namespace huiyu::driver
