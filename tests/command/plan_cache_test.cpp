// Rules that were read before are not read again; what the checker has to say of them is said all the same.

#include <cstdlib>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "tests/command/folder.h"
#include "tests/conformance/run_command.h"

namespace huiyu::test {
namespace {

namespace fs = std::filesystem;

// A cache of the test's own, which the commands that it runs find in the environment.
class Cache {
 public:
  explicit Cache(std::string const& folder) : folder_(folder) {
    if (auto const* before = std::getenv(variable)) before_ = before;
    ::setenv(variable, folder.c_str(), 1);
  }
  ~Cache() { before_.empty() ? ::unsetenv(variable) : ::setenv(variable, before_.c_str(), 1); }
  Cache(Cache const&) = delete;
  Cache& operator=(Cache const&) = delete;

  std::size_t entries() const {
    std::size_t count = 0;
    if (fs::exists(folder_))
      for (auto const& entry : fs::recursive_directory_iterator(folder_)) count += entry.is_regular_file() ? 1 : 0;
    return count;
  }
  void clear() const { fs::remove_all(folder_); }

 private:
  static constexpr char const* variable = "HUIYU_CACHE_DIR";
  std::string folder_, before_;
};

}  // namespace

TEST_CASE("rules out of the cache give the same rows and the same warnings, in the language that is asked for") {
  Folder const folder;
  Cache const cache(folder.at("cache"));
  auto const rules = folder.write("规则.hui",
                                  "结构 企业 键 名称\n"
                                  "  名称 ： 文本\n"
                                  "  人数 ： 人数 范围 0人 至 100人\n"
                                  "政策 例 编号 1 依据 一 辖区 全国 有效 长期\n"
                                  "  条件 人数 0人以上\n"
                                  "  奖励 1万元\n");
  auto const records = folder.write("企业.json", R"([{"名称":"甲","人数":20}])");
  auto const eval = [&](std::string const& language) {
    return run_command(
        {"eval", rules, "--records", records, "--as-of", "2024-06-30", "--format", "json", "--lang", language});
  };
  for (std::string const language : {"zh", "en"}) {
    auto const before = cache.entries();
    auto const fresh = eval(language);
    CHECK(fresh.exit_code == 0);
    CHECK(fresh.error.find("R0402") != std::string::npos);
    CHECK(cache.entries() == before + 1);
    auto const kept = eval(language);
    CHECK(cache.entries() == before + 1);
    CHECK(kept.out == fresh.out);
    CHECK(kept.error == fresh.error);
  }
  CHECK(eval("zh").error != eval("en").error);
  // Other rules are other entries, and their warnings are theirs.
  folder.write("规则.hui",
               "结构 企业 键 名称\n"
               "  名称 ： 文本\n"
               "  人数 ： 人数 范围 0人 至 100人\n"
               "政策 例 编号 1 依据 一 辖区 全国 有效 长期\n"
               "  条件 人数 20人以上\n"
               "  奖励 1万元\n");
  CHECK(eval("zh").error.find("R0402") == std::string::npos);
  cache.clear();
}

TEST_CASE("an entry that was tampered with is a miss, not an answer") {
  Folder const folder;
  Cache const cache(folder.at("cache"));
  auto const rules = folder.write("规则.hui",
                                  "结构 企业 键 名称\n"
                                  "  名称 ： 文本\n"
                                  "  人数 ： 人数 范围 0人 至 100人\n"
                                  "政策 例 编号 1 依据 一 辖区 全国 有效 长期\n"
                                  "  条件 人数 0人以上\n"
                                  "  奖励 1万元\n");
  auto const records = folder.write("企业.json", R"([{"名称":"甲","人数":20}])");
  auto const eval = [&] {
    return run_command({"eval", rules, "--records", records, "--as-of", "2024-06-30", "--format", "json"});
  };
  auto const fresh = eval();
  for (auto const& entry : fs::recursive_directory_iterator(folder.at("cache")))
    if (entry.is_regular_file()) fs::resize_file(entry.path(), fs::file_size(entry.path()) / 2);
  auto const again = eval();
  CHECK(again.exit_code == 0);
  CHECK(again.out == fresh.out);
  CHECK(again.error == fresh.error);
}

}  // namespace huiyu::test
