// The loop around a shape's straight-line code, and what can be compiled at all.

#include <llvm/IR/Module.h>

#include <algorithm>
#include <cstddef>

#include "compiler/codegen/emitter.h"
#include "runtime/base/check.h"

namespace huiyu::codegen {

using plan::Op;

namespace {

std::span<plan::Node const> nodes_of(plan::Plan const& plan, plan::Shape const& shape) {
  return std::span(plan.nodes).subspan(shape.nodes.begin, shape.nodes.count);
}

// Field order of engine::KernelArguments; the struct is all pointers and 64-bit integers.
enum Field : unsigned { RowCount, Inputs, InputValid, Constants, ConstantValid, ClassTables, Out, OutValid, FieldCount };

llvm::StructType* arguments_type(llvm::LLVMContext& context) {
  auto* pointer = llvm::PointerType::getUnqual(context);
  return llvm::StructType::get(context, {llvm::Type::getInt64Ty(context), pointer, pointer, pointer, pointer, pointer, pointer, pointer});
}

}  // namespace

bool can_compile(plan::Plan const& plan, plan::Ref<plan::Shape> shape) {
  return std::ranges::all_of(nodes_of(plan, plan.shapes[shape.index]), [](plan::Node const& node) {
    if (node.width > 2) return false;
    return node.op != Op::AddMonths && node.op != Op::YearOf && node.op != Op::MonthOf;
  });
}

Emitter::Emitter(llvm::Function& kernel, plan::Plan const& plan, plan::Shape const& shape)
    : kernel_(kernel), plan_(plan), shape_(shape), builder_(kernel.getContext()) {
  // A slot is as wide as the nodes that read it.
  std::vector<std::uint32_t> width(shape.constant_count, 1);
  for (auto const& node : nodes_of(plan, shape))
    if (node.op == Op::Constant) width[static_cast<std::size_t>(node.immediate)] = node.width;
  std::uint32_t limb = 0;
  for (auto limbs : width) {
    constant_limb_.push_back(limb);
    limb += limbs;
  }
}

void Emitter::start_row(llvm::Value* row) {
  row_ = row;
  values_.clear();
}

Value Emitter::emit(plan::Node const& node) {
  switch (node.op) {
    case Op::Input: return input(node);
    case Op::Constant: return constant(node);
    case Op::Add:
    case Op::Subtract:
    case Op::Multiply:
    case Op::Minimum:
    case Op::Maximum: return arithmetic(node);
    case Op::Negate:
    case Op::Absolute:
    case Op::Sign: return sign(node);
    case Op::DivideRound: return divide_round(node);
    case Op::NonZero:
    case Op::NonNegative:
    case Op::Fits: return guarded(node);
    case Op::Less:
    case Op::AtMost:
    case Op::Equal: return compare(node);
    case Op::InClass: return in_class(node);
    case Op::And:
    case Op::Or:
    case Op::Not:
    case Op::AtLeastOf:
    case Op::OrElse: return logic(node);
    case Op::ChooseFirst: return choose_first(node);
    case Op::ChooseUnique: return choose_unique(node);
    case Op::ChooseHighest:
    case Op::ChooseSum: return choose_all(node);
    case Op::AddMonths:
    case Op::YearOf:
    case Op::MonthOf: break;
  }
  HUIYU_CHECK(false, "an operation without a native form");
  return {};
}

llvm::Function* emit_kernel(llvm::Module& module, plan::Plan const& plan, plan::Ref<plan::Shape> ref, std::string const& name) {
  auto& context = module.getContext();
  auto const& shape = plan.shapes[ref.index];
  auto* pointer = llvm::PointerType::getUnqual(context);
  auto* kernel = llvm::Function::Create(llvm::FunctionType::get(llvm::Type::getVoidTy(context), {pointer}, false), llvm::Function::ExternalLinkage, name, module);
  kernel->addFnAttr(llvm::Attribute::NoUnwind);
  kernel->addFnAttr("no-builtins");  // or a loop of stores becomes a call of memset
  Emitter emitter(*kernel, plan, shape);
  auto& builder = emitter.builder();

  auto* entry = llvm::BasicBlock::Create(context, "entry", kernel);
  auto* loop = llvm::BasicBlock::Create(context, "row", kernel);
  auto* exit = llvm::BasicBlock::Create(context, "exit", kernel);
  builder.SetInsertPoint(entry);
  auto* type = arguments_type(context);
  auto load = [&](Field field) -> llvm::Value* {
    auto* place = builder.CreateStructGEP(type, kernel->getArg(0), field);
    return field == RowCount ? static_cast<llvm::Value*>(builder.CreateLoad(builder.getInt64Ty(), place)) : builder.CreateLoad(pointer, place);
  };
  auto* row_count = load(RowCount);
  emitter.arrays() = {load(Inputs), load(InputValid), load(Constants), load(ConstantValid), load(ClassTables)};
  auto* out = load(Out);
  auto* out_valid = load(OutValid);
  builder.CreateCondBr(builder.CreateICmpSGT(row_count, builder.getInt64(0)), loop, exit);

  builder.SetInsertPoint(loop);
  auto* row = builder.CreatePHI(builder.getInt64Ty(), 2);
  row->addIncoming(builder.getInt64(0), entry);
  emitter.start_row(row);
  for (auto const& node : nodes_of(plan, shape)) emitter.add(emitter.emit(node));

  auto result = emitter.last();
  auto width = plan.nodes[shape.nodes.begin + shape.nodes.count - 1].width;
  auto* stored = result.value->getType()->isIntegerTy(1) ? builder.CreateZExt(result.value, builder.getInt64Ty()) : result.value;
  auto* place = builder.CreateInBoundsGEP(builder.getInt64Ty(), out, builder.CreateMul(row, builder.getInt64(width)));
  builder.CreateAlignedStore(stored, place, llvm::Align(8));
  builder.CreateStore(builder.CreateZExt(result.valid, builder.getInt8Ty()), builder.CreateInBoundsGEP(builder.getInt8Ty(), out_valid, row));
  auto* next = builder.CreateAdd(row, builder.getInt64(1));
  row->addIncoming(next, builder.GetInsertBlock());
  builder.CreateCondBr(builder.CreateICmpSLT(next, row_count), loop, exit);
  builder.SetInsertPoint(exit);
  builder.CreateRetVoid();
  return kernel;
}

}  // namespace huiyu::codegen
