#include "compiler/jit/native.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <span>
#include <thread>

#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

#include "compiler/cache/disk_cache.h"
#include "compiler/codegen/arguments.h"
#include "compiler/codegen/codegen.h"
#include "compiler/jit/linker.h"
#include "compiler/jit/object.h"
#include "compiler/jit/target.h"
#include "runtime/base/hash.h"
#include "runtime/engine/native_run.h"

namespace huiyu::jit {

namespace {

using engine::ClassTable;
using engine::KernelArguments;

// What codegen/arguments.h says of the engine's structs.
template <class Member>
constexpr bool at(Member const KernelArguments::* /*member*/, std::size_t offset, codegen::Field field) {
  return offset == std::size_t{field} * codegen::field_bytes && sizeof(Member) == codegen::field_bytes;
}
static_assert(sizeof(KernelArguments) == std::size_t{codegen::FieldCount} * codegen::field_bytes);
static_assert(at(&KernelArguments::row_count, offsetof(KernelArguments, row_count), codegen::RowCount));
static_assert(at(&KernelArguments::inputs, offsetof(KernelArguments, inputs), codegen::Inputs));
static_assert(at(&KernelArguments::input_states, offsetof(KernelArguments, input_states), codegen::InputStates));
static_assert(at(&KernelArguments::constants, offsetof(KernelArguments, constants), codegen::Constants));
static_assert(at(&KernelArguments::constant_states, offsetof(KernelArguments, constant_states),
                 codegen::ConstantStates));
static_assert(at(&KernelArguments::class_tables, offsetof(KernelArguments, class_tables), codegen::ClassTables));
static_assert(at(&KernelArguments::out, offsetof(KernelArguments, out), codegen::Out));
static_assert(at(&KernelArguments::out_states, offsetof(KernelArguments, out_states), codegen::OutStates));
static_assert(1U << codegen::group_bits == engine::native_group_rows);
static_assert(sizeof(ClassTable) == 16 && offsetof(ClassTable, member) == 0 && offsetof(ClassTable, size) == 8);

constexpr std::size_t shapes_per_group = 32;

// Shapes that are compiled into one object and kept together.
struct Group {
  std::vector<NamedShape> shapes;
  std::string description;
  std::string object;
  std::size_t CompileReport::* origin = &CompileReport::compiled;
  std::string refusal;
};

std::string symbol_of(Hash128 id) { return "huiyu.kernel." + to_hex(id); }

// The distinct shapes that have a native form, in groups. A shape's group depends on its own id and on how many shapes
// there are, roughly: a release that differs in a few shapes differs in a few groups.
std::vector<Group> group_shapes(plan::Plan const& plan, std::vector<std::string>& symbols, std::string const& common) {
  struct Shape {
    plan::Ref<plan::Shape> ref;
    std::string bytes;
  };
  std::map<Hash128, Shape> distinct;
  symbols.resize(plan.shapes.size());
  for (std::uint32_t i = 0; i < plan.shapes.size(); ++i) {
    if (!codegen::can_compile(plan, {i})) continue;
    auto bytes = codegen::shape_bytes(plan, {i});
    auto const id = hash_bytes(bytes);
    symbols[i] = symbol_of(id);
    distinct.try_emplace(id, Shape{{i}, std::move(bytes)});
  }
  unsigned bits = 0;
  while (bits < 16 && (distinct.size() >> bits) > shapes_per_group) ++bits;
  std::vector<Group> groups(std::size_t{1} << bits);
  for (auto& [id, shape] : distinct) {
    auto& group = groups[bits == 0 ? 0 : id.high >> (64 - bits)];
    if (group.shapes.empty()) group.description = common;
    group.description += std::to_string(shape.bytes.size()) + " ";
    group.description += shape.bytes;
    group.shapes.push_back({shape.ref, symbol_of(id)});
  }
  std::erase_if(groups, [](Group const& group) { return group.shapes.empty(); });
  // The largest first, so that no thread has one in hand when the others are done.
  std::ranges::stable_sort(groups, std::ranges::greater(), [](Group const& group) { return group.description.size(); });
  return groups;
}

// Calls `work` on each group, from several threads.
template <class Work> void for_each_group(std::vector<Group>& groups, unsigned threads, Work work) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  std::atomic<std::size_t> next{0};
  auto run = [&] {
    for (auto i = next++; i < groups.size(); i = next++) work(groups[i]);
  };
  std::vector<std::thread> helpers;
  for (unsigned i = 1; i < threads && i < groups.size(); ++i) helpers.emplace_back(run);
  run();
  for (auto& helper : helpers) helper.join();
}

bool take_kept(Group& group, cache::DiskCache const& objects, std::size_t CompileReport::* origin) {
  auto kept = objects.read(group.description);
  if (!kept || object_refusal(*kept)) return false;
  group.object = std::move(*kept);
  group.origin = origin;
  return true;
}

void provide_object(plan::Plan const& plan, Group& group, cache::DiskCache const& ahead, cache::DiskCache const& cache,
                    llvm::orc::JITTargetMachineBuilder target, std::atomic<bool> const* stop = nullptr) {
  if (take_kept(group, ahead, &CompileReport::ahead) || take_kept(group, cache, &CompileReport::from_cache)) return;
  if (stop != nullptr && *stop) {
    group.origin = &CompileReport::left;
    return;
  }
  auto machine = target.createTargetMachine();
  if (!machine) {
    group.refusal = failed(machine.takeError()).message;
    return;
  }
  auto object = build_object(plan, group.shapes, **machine);
  if (!object) {
    group.refusal = object.error().message;
    return;
  }
  group.object = std::move(*object);
  cache.write(group.description, group.object);
}

}  // namespace

struct NativeCode::State {
  std::optional<Linker> linker;  // none where no shape has a native form
  engine::FunctionTable functions;
  CompileReport report;
};

NativeCode::NativeCode(std::unique_ptr<State> state) : state_(std::move(state)) {}
NativeCode::NativeCode(NativeCode&&) noexcept = default;
NativeCode& NativeCode::operator=(NativeCode&&) noexcept = default;
NativeCode::~NativeCode() = default;
engine::FunctionTable const& NativeCode::functions() const { return state_->functions; }
CompileReport const& NativeCode::report() const { return state_->report; }

Result<NativeCode> NativeCode::compile(plan::Plan const& plan, CompileOptions const& options) {
  auto state = std::make_unique<State>();
  state->functions.kernels.resize(plan.shapes.size(), nullptr);
  auto target = host_target();
  if (!target) return target.error();
  std::vector<std::string> symbols;
  auto groups = group_shapes(plan, symbols, target_identity(*target) + "\n" + plan.edition + "\n");
  cache::DiskCache const cache(options.cache_folder, "native");
  cache::DiskCache const ahead(options.ahead_folder, "native", 0, cache::Keeping::Shipped);
  for_each_group(groups, options.threads,
                 [&](Group& group) { provide_object(plan, group, ahead, cache, *target, options.stop); });
  bool const compiled = std::any_of(groups.begin(), groups.end(),
                                    [](Group const& group) { return group.origin == &CompileReport::compiled; });
  if (compiled) cache.prune();

  auto linker = Linker::make();
  if (!linker) return linker.error();
  std::vector<std::string> wanted;
  for (auto& group : groups) {
    if (!group.refusal.empty()) {
      state->report.refusals.push_back(group.refusal);
      continue;
    }
    state->report.*group.origin += group.shapes.size();
    if (group.origin == &CompileReport::left) continue;
    if (auto added = linker->add(group.object); !added) return added.error();
    for (auto const& shape : group.shapes) wanted.push_back(shape.symbol);
  }
  auto kernels = linker->look_up(wanted);
  if (!kernels) return kernels.error();
  std::map<std::string, engine::Kernel> by_symbol;
  for (std::size_t i = 0; i < wanted.size(); ++i) by_symbol[wanted[i]] = (*kernels)[i];
  for (std::size_t i = 0; i < symbols.size(); ++i)
    if (auto found = by_symbol.find(symbols[i]); found != by_symbol.end()) state->functions.kernels[i] = found->second;
  state->linker.emplace(std::move(*linker));
  return NativeCode(std::move(state));
}

Result<std::size_t> compile_ahead(plan::Plan const& plan, std::string const& folder) {
  auto target = host_target();
  if (!target) return target.error();
  auto const native = std::filesystem::path(folder) / "native";
  std::error_code problem;
  std::filesystem::create_directories(native, problem);
  cache::DiskCache const ahead(folder, "native", 0, cache::Keeping::Shipped), none("", "native");
  if (!ahead.enabled())
    return Error{ErrorKind::Environment, native.string() + ": no folder that this user alone may write to"};
  std::vector<std::string> symbols;
  auto groups = group_shapes(plan, symbols, target_identity(*target) + "\n" + plan.edition + "\n");
  // What the folder has already is compiled no second time.
  for_each_group(groups, 0, [&](Group& group) { provide_object(plan, group, ahead, none, *target); });
  std::size_t shapes = 0;
  for (auto const& group : groups) {
    if (!group.refusal.empty()) return Error{ErrorKind::Environment, group.refusal};
    if (group.origin == &CompileReport::compiled) ahead.write(group.description, group.object);
    if (!ahead.read(group.description)) return Error{ErrorKind::Environment, native.string() + ": not written"};
    shapes += group.shapes.size();
  }
  return shapes;
}

std::string ahead_folder() {
  char const* chosen = std::getenv("HUIYU_OBJECT_DIR");  // NOLINT(concurrency-mt-unsafe): nothing here sets variables
  return chosen != nullptr ? chosen : "";
}

Result<std::string> print_ir(plan::Plan const& plan) {
  auto target = host_target();
  if (!target) return target.error();
  auto machine = target->createTargetMachine();
  if (!machine) return failed(machine.takeError());
  std::vector<NamedShape> shapes;
  for (std::uint32_t shape = 0; shape < plan.shapes.size(); ++shape)
    if (codegen::can_compile(plan, {shape})) shapes.push_back({{shape}, "huiyu.kernel." + std::to_string(shape)});
  llvm::LLVMContext context;
  auto const module = optimised_module(plan, shapes, context, **machine);
  std::string text;
  llvm::raw_string_ostream stream(text);
  module->print(stream, nullptr);
  return text;
}

}  // namespace huiyu::jit
