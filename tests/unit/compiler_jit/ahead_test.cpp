// Objects that were compiled ahead: nothing is compiled with them, and the answers are the same; what is made for
// another machine, build or rule book, or is damaged, is passed over.

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "compiler/cache/disk_cache.h"
#include "compiler/jit/native.h"
#include "runtime/engine/native_run.h"
#include "runtime/plan/rows.h"
#include "tests/unit/compiler_jit/random_shapes.h"

namespace huiyu::jit {
namespace {

namespace fs = std::filesystem;

struct Folder {
  Folder() {
    std::string name = (fs::temp_directory_path() / "huiyu-ahead-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { fs::remove_all(path); }
  std::vector<fs::path> objects() const {
    std::vector<fs::path> all;
    for (auto const& one : fs::directory_iterator(path / "native")) all.push_back(one.path());
    return all;
  }
  fs::path path;
};

NativeCode compiled(plan::Plan const& plan, fs::path const& ahead) {
  auto native = NativeCode::compile(plan, {"", ahead.string(), 1, nullptr});
  REQUIRE_MESSAGE(native.has_value(), (native ? "" : native.error().message));
  return std::move(*native);
}

// What every shape answers for some rows: how it stands, and the limbs of what is known.
std::vector<std::int64_t> answers(plan::Plan const& plan, NativeCode const& native) {
  std::vector<std::int64_t> all;
  constexpr std::int64_t rows = 65;
  Random random(3);
  for (std::size_t i = 0; i < plan.shapes.size(); ++i) {
    auto const slots = random_slots(plan, plan.shapes[i], rows, random);
    auto const width = plan::result_node(plan, plan.shapes[i]).width;
    std::vector<std::int64_t const*> inputs;
    std::vector<std::uint8_t const*> input_states;
    for (auto const& column : slots.inputs) inputs.push_back(column.data());
    for (auto const& flags : slots.input_states) input_states.push_back(flags.data());
    std::vector<std::int64_t> out(static_cast<std::size_t>(rows) * width);
    std::vector<std::uint8_t> states(static_cast<std::size_t>(rows));
    engine::KernelArguments const arguments{rows,
                                            inputs.data(),
                                            input_states.data(),
                                            slots.constants.data(),
                                            slots.constant_states.data(),
                                            class_tables().data(),
                                            out.data(),
                                            states.data()};
    auto* kernel = native.functions().kernels[i];
    REQUIRE((kernel != nullptr));
    engine::NativeRoom room;
    CHECK(engine::run_native(kernel, engine::make_program(plan, plan.shapes[i]), arguments, room));
    for (std::size_t row = 0; row < states.size(); ++row) {
      all.push_back(states[row]);
      for (std::size_t limb = row * width; limb < (row + 1) * width; ++limb)
        all.push_back(states[row] == state::known ? out[limb] : 0);
    }
  }
  return all;
}

TEST_CASE("with objects compiled ahead nothing is compiled, and the answers are the same") {
  Folder const folder;
  auto const plan = random_shapes(31, 100);
  auto const fresh = compiled(plan, "");
  CHECK(fresh.report().ahead == 0);
  auto const shapes = compile_ahead(plan, folder.path.string());
  REQUIRE_MESSAGE(shapes.has_value(), (shapes ? "" : shapes.error().message));
  CHECK(*shapes == fresh.report().compiled);
  CHECK(folder.objects().size() > 1);
  auto const ready = compiled(plan, folder.path);
  CHECK(ready.report().ahead == *shapes);
  CHECK(ready.report().compiled == 0);
  CHECK(ready.report().from_cache == 0);
  CHECK(answers(plan, ready) == answers(plan, fresh));
  // Anybody may read them, as a shipped release needs.
  for (auto const& object : folder.objects())
    CHECK((fs::status(object).permissions() & fs::perms::others_read) != fs::perms::none);
  // Reading them neither makes nor changes anything.
  Folder const empty;
  CHECK(compiled(plan, empty.path).report().compiled == *shapes);
  CHECK(fs::is_empty(empty.path));
}

TEST_CASE("told to stop, it takes what is kept, and leaves the rest to the interpreter") {
  Folder const folder;
  auto const some = random_shapes(35, 20), all = random_shapes(35, 100);
  std::atomic<bool> const stop{true};
  auto const shapes = compile_ahead(some, folder.path.string());
  REQUIRE(shapes.has_value());
  auto const kept = NativeCode::compile(some, {"", folder.path.string(), 1, &stop});
  REQUIRE(kept.has_value());
  CHECK(kept->report().ahead == *shapes);
  CHECK(kept->report().left == 0);
  CHECK(answers(some, *kept) == answers(some, compiled(some, folder.path)));
  auto const none = NativeCode::compile(all, {"", "", 1, &stop});
  REQUIRE(none.has_value());
  CHECK(none->report().compiled == 0);
  CHECK(none->report().left == compiled(all, "").report().compiled);
  for (auto* kernel : none->functions().kernels) CHECK((kernel == nullptr));
}

TEST_CASE("other rules, another edition and damaged objects are passed over") {
  Folder const folder;
  auto plan = random_shapes(32, 40);
  auto const shapes = compile_ahead(plan, folder.path.string());
  REQUIRE(shapes.has_value());
  auto const expected = answers(plan, compiled(plan, folder.path));

  auto const other = random_shapes(33, 40);
  CHECK(compiled(other, folder.path).report().ahead == 0);
  plan.edition += "x";
  auto const later = compiled(plan, folder.path);
  CHECK(later.report().ahead == 0);
  CHECK(answers(plan, later) == expected);
  plan.edition.pop_back();

  for (auto const& object : folder.objects()) {
    std::fstream file(object, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-1, std::ios::end);
    file.put('!');
  }
  auto const damaged = compiled(plan, folder.path);
  CHECK(damaged.report().ahead == 0);
  CHECK(damaged.report().compiled == *shapes);
  CHECK(answers(plan, damaged) == expected);
  // compile_ahead replaces them.
  REQUIRE(compile_ahead(plan, folder.path.string()).has_value());
  CHECK(compiled(plan, folder.path).report().ahead == *shapes);

  for (auto const& object : folder.objects()) REQUIRE(::chmod(object.c_str(), 0666) == 0);
  CHECK(compiled(plan, folder.path).report().ahead == 0);  // anybody may have written them
}

// An object says what it was made from: our sources, LLVM, the triple, the CPU and its features, the edition, the
// shapes. One that says something else is not this one's, whatever its name.
TEST_CASE("objects for another machine or another LLVM are passed over") {
  Folder const folder;
  auto const plan = random_shapes(34, 10);
  auto const shapes = compile_ahead(plan, folder.path.string());
  REQUIRE(shapes.has_value());
  REQUIRE(folder.objects().size() == 1);
  auto const path = folder.objects().front();
  std::ifstream in(path, std::ios::binary);
  std::string const bytes{std::istreambuf_iterator<char>(in), {}};
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data() + 16, sizeof length);
  auto const description = bytes.substr(48, length), object = bytes.substr(48 + length);
  for (auto const* said : {" LLVM ", "x86_64", "+sse2"}) {
    CAPTURE(said);
    auto foreign = description;
    auto const at = foreign.find(said);
    if (at == std::string::npos) continue;  // another kind of machine
    foreign[at + std::strlen(said) - 1] = '?';
    fs::remove(path);
    cache::DiskCache const kept(folder.path.string(), "native", 0, cache::Keeping::Shipped);
    kept.write(foreign, object);
    REQUIRE(kept.read(foreign) == object);
    CHECK(compiled(plan, folder.path).report().ahead == 0);
    fs::rename(folder.objects().front(), path);  // under the name that is looked for
    auto const native = compiled(plan, folder.path);
    CHECK(native.report().ahead == 0);
    CHECK(native.report().compiled == *shapes);
  }
}

}  // namespace
}  // namespace huiyu::jit
