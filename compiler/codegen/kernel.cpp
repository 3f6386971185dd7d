// The loop around a shape's straight-line code, and what can be compiled at all.

#include <algorithm>
#include <array>

#include <llvm/IR/MDBuilder.h>
#include <llvm/IR/Module.h>

#include "compiler/codegen/arguments.h"
#include "compiler/codegen/codegen.h"
#include "compiler/codegen/emitter.h"
#include "runtime/base/check.h"
#include "runtime/plan/rows.h"

namespace huiyu::codegen {

using llvm::BasicBlock;
using plan::Op;

bool can_compile(plan::Plan const& plan, plan::Ref<plan::Shape> shape) {
  (void)plan, (void)shape;
  return true;
}

Emitter::Emitter(llvm::Function& kernel, plan::Plan const& plan, plan::Shape const& shape)
    : kernel_(kernel),
      plan_(plan),
      shape_(shape),
      builder_(kernel.getContext()),
      before_(kernel.getContext()),
      constant_limbs_(plan::constant_offsets(plan, shape)) {
  llvm::MDBuilder metadata(kernel.getContext());
  auto* domain = metadata.createAnonymousAliasScopeDomain();
  auto scope = [&] { return llvm::MDNode::get(kernel.getContext(), metadata.createAnonymousAliasScope(domain)); };
  read_scope_ = scope();
  out_scope_ = scope();
  out_states_scope_ = scope();
}

llvm::Value* Emitter::argument(unsigned field) {
  auto& value = arguments_[field];
  auto* type = field == RowCount ? static_cast<llvm::Type*>(before_.getInt64Ty()) : before_.getPtrTy();
  if (value == nullptr) value = load(before_, type, kernel_.getArg(0), before_.getInt64(field), 1);
  return value;
}

void Emitter::start_loop() {
  auto& context = kernel_.getContext();
  auto* entry = BasicBlock::Create(context, "entry", &kernel_);
  auto* start = BasicBlock::Create(context, "start", &kernel_);
  loop_ = BasicBlock::Create(context, "row", &kernel_);
  end_ = BasicBlock::Create(context, "end", &kernel_);

  before_.SetInsertPoint(entry);
  // Said so that LLVM sees it: whole groups, so the loop over vectors leaves no rows over.
  row_count_ = before_.CreateShl(before_.CreateLShr(argument(RowCount), group_bits), group_bits, "", true, true);
  before_.CreateCondBr(before_.CreateICmpNE(row_count_, before_.getInt64(0)), start, end_);
  // Everything that one row after another would load anew goes before the jump into the loop.
  before_.SetInsertPoint(start);
  before_.SetInsertPoint(before_.CreateBr(loop_));

  builder_.SetInsertPoint(end_);
  builder_.CreateRetVoid();
  builder_.SetInsertPoint(loop_);
  row_ = builder_.CreatePHI(builder_.getInt64Ty(), 2);
  row_->addIncoming(builder_.getInt64(0), start);
}

void Emitter::finish_row(Value result) {
  auto store = [&](llvm::Value* value, unsigned field, llvm::Type* element, unsigned stride) {
    auto* own = field == Out ? out_scope_ : out_states_scope_;
    auto* other = field == Out ? out_states_scope_ : out_scope_;
    auto* place =
        builder_.CreateInBoundsGEP(element, argument(field), builder_.CreateMul(row_, builder_.getInt64(stride)));
    auto* stored = builder_.CreateAlignedStore(value, place, llvm::Align(element->isIntegerTy(8) ? 1 : 8));
    stored->setMetadata(llvm::LLVMContext::MD_alias_scope, own);
    stored->setMetadata(llvm::LLVMContext::MD_noalias, llvm::MDNode::concatenate(read_scope_, other));
  };
  auto const width = plan::result_node(plan_, shape_).width;
  store(resize(result.value, builder_.getIntNTy(64U * width)), Out, builder_.getInt64Ty(), width);
  store(result.state, OutStates, builder_.getInt8Ty(), 1);

  auto* next = builder_.CreateAdd(row_, builder_.getInt64(1), "", true, true);
  row_->addIncoming(next, builder_.GetInsertBlock());
  auto* again = builder_.CreateCondBr(builder_.CreateICmpEQ(next, row_count_), end_, loop_);
  auto& context = kernel_.getContext();
  auto* once = llvm::MDNode::get(context, {llvm::MDString::get(context, "llvm.loop.interleave.count"),
                                           llvm::ConstantAsMetadata::get(builder_.getInt32(1))});
  auto* loop = llvm::MDNode::getDistinct(context, {nullptr, once});
  loop->replaceOperandWith(0, loop);
  again->setMetadata(llvm::LLVMContext::MD_loop, loop);
}

void Emitter::emit() {
  start_loop();
  for (auto const& node : plan::rows_of(shape_.nodes, plan_.nodes)) values_.push_back(compute(node));
  finish_row(values_.back());
}

Value Emitter::compute(plan::Node const& node) {
  switch (node.op) {
    case Op::Input: return input(node);
    case Op::Constant: return constant(node);
    case Op::Add:
    case Op::Multiply:
    case Op::Minimum:
    case Op::Maximum: return fold(node);
    case Op::Subtract: return subtract(node);
    case Op::Negate:
    case Op::Absolute:
    case Op::Sign: return change_sign(node);
    case Op::ScaleUp: return scale_up(node);
    case Op::DivideRound: return divide_round(node);
    case Op::RoundDecimal: return round_decimal(node);
    case Op::ReduceNumerator:
    case Op::ReduceDenominator: return reduce(node);
    case Op::NonZero:
    case Op::NonNegative: return guard(node);
    case Op::Fits: return fits(node);
    case Op::Less:
    case Op::AtMost:
    case Op::Equal: return compare(node);
    case Op::InClass: return in_class(node);
    case Op::And:
    case Op::Or: return join(node);
    case Op::Not: return invert(node);
    case Op::AtLeastOf: return at_least_of(node);
    case Op::OrElse: return or_else(node);
    case Op::ChooseFirst: return choose_first(node);
    case Op::ChooseUnique: return choose_unique(node);
    case Op::ChooseExclusive: return choose_exclusive(node);
    case Op::ChooseHighest:
    case Op::ChooseSum: return choose_all(node);
    case Op::AddMonths: return add_months(node);
    case Op::YearOf:
    case Op::MonthOf: return part_of_date(node);
  }
  HUIYU_CHECK(false, "an operation that is none");
  return {};
}

llvm::Function* emit_kernel(llvm::Module& module, plan::Plan const& plan, plan::Ref<plan::Shape> ref,
                            std::string const& name) {
  auto& context = module.getContext();
  auto* type = llvm::FunctionType::get(llvm::Type::getVoidTy(context), {llvm::PointerType::getUnqual(context)}, false);
  auto* kernel = llvm::Function::Create(type, llvm::Function::ExternalLinkage, name, module);
  kernel->setDoesNotThrow();
  kernel->addFnAttr("no-builtins");             // or a loop of stores becomes a call of memset
  kernel->addFnAttr("no-jump-tables", "true");  // nor may a table of constants be read
  kernel->addFnAttr("probe-stack",
                    "inline-asm");  // a frame that is larger than a page must not step over the guard page
  kernel->addParamAttr(0, llvm::Attribute::ReadOnly);
  kernel->addParamAttr(0, llvm::Attribute::NonNull);
  kernel->addDereferenceableParamAttr(0, std::uint64_t{FieldCount} * field_bytes);
  Emitter(*kernel, plan, plan.shapes[ref.index]).emit();
  return kernel;
}

std::string shape_bytes(plan::Plan const& plan, plan::Ref<plan::Shape> ref) {
  auto const& shape = plan.shapes[ref.index];
  std::string bytes;
  auto add = [&](auto number) {
    for (unsigned shift = 0; shift < 8 * sizeof number; shift += 8)
      bytes.push_back(static_cast<char>(static_cast<std::uint64_t>(number) >> shift & 0xFF));
  };
  for (auto const& node : plan::rows_of(shape.nodes, plan.nodes)) {
    add(static_cast<std::uint16_t>(node.op));
    add(node.width);
    add(node.truth);
    add(node.immediate);
    add(node.operand_count);
    for (auto operand : plan::operands_of(plan, node)) add(operand);
  }
  return bytes;
}

}  // namespace huiyu::codegen
