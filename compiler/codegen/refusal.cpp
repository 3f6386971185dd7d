// The allow-list that optimised modules must pass: no call but of intrinsics that become instructions, no memory but
// what the argument leads to, no write but to the two arrays of results.

#include <map>

#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Operator.h>

#include "compiler/codegen/arguments.h"
#include "compiler/codegen/codegen.h"

namespace huiyu::codegen {

namespace {

using llvm::Instruction;

bool allowed_opcode(Instruction const& instruction) {
  switch (instruction.getOpcode()) {
    case Instruction::Ret:
    case Instruction::Br:
    case Instruction::Switch:
    case Instruction::PHI:
    case Instruction::Select:
    case Instruction::Freeze:
    case Instruction::ICmp:
    case Instruction::Add:
    case Instruction::Sub:
    case Instruction::Mul:
    case Instruction::And:
    case Instruction::Or:
    case Instruction::Xor:
    case Instruction::Shl:
    case Instruction::LShr:
    case Instruction::AShr:
    case Instruction::Trunc:
    case Instruction::ZExt:
    case Instruction::SExt:
    case Instruction::BitCast:
    case Instruction::ExtractElement:
    case Instruction::InsertElement:
    case Instruction::ShuffleVector:
    case Instruction::GetElementPtr:
    case Instruction::Load:
    case Instruction::Store: return true;
    // Above a word LLVM makes calls of these.
    case Instruction::UDiv:
    case Instruction::SDiv:
    case Instruction::URem:
    case Instruction::SRem: return instruction.getType()->getScalarSizeInBits() <= 64;
    case Instruction::Call: {
      auto const* intrinsic = llvm::dyn_cast<llvm::IntrinsicInst>(&instruction);
      if (intrinsic == nullptr) return false;
      switch (intrinsic->getIntrinsicID()) {
        case llvm::Intrinsic::abs:
        case llvm::Intrinsic::smin:
        case llvm::Intrinsic::smax:
        case llvm::Intrinsic::umin:
        case llvm::Intrinsic::umax:
        case llvm::Intrinsic::scmp:
        case llvm::Intrinsic::ucmp:
        case llvm::Intrinsic::ctlz:
        case llvm::Intrinsic::cttz:
        case llvm::Intrinsic::ctpop:
        case llvm::Intrinsic::fshl:
        case llvm::Intrinsic::fshr:
        case llvm::Intrinsic::usub_sat:
        case llvm::Intrinsic::uadd_sat:
        case llvm::Intrinsic::ssub_sat:
        case llvm::Intrinsic::sadd_sat:
        case llvm::Intrinsic::assume: return true;
        default: return false;
      }
    }
    default: return false;
  }
}

// Where a pointer comes from: the argument, one of its fields, or a column that a field leads to.
struct Origin {
  enum class Kind : std::uint8_t { Unknown, Argument, Array, Column } kind = Kind::Unknown;
  unsigned field = FieldCount;  // Array, Column
  friend bool operator==(Origin, Origin) = default;
};

class Origins {
 public:
  explicit Origins(llvm::Function const& kernel) : layout_(kernel.getParent()->getDataLayout()) {
    if (kernel.arg_size() == 1) known_[kernel.getArg(0)] = Origin{Origin::Kind::Argument};
  }

  Origin of(llvm::Value const* pointer) {
    if (auto const found = known_.find(pointer); found != known_.end()) return found->second;
    known_[pointer] = {};  // a circle of phis is not known before all that enters it is
    auto const origin = look(pointer);
    if (origin.kind != Origin::Kind::Unknown) known_[pointer] = origin;
    return origin;
  }

 private:
  Origin look(llvm::Value const* pointer) {
    if (auto const* element = llvm::dyn_cast<llvm::GEPOperator>(pointer)) return of(element->getPointerOperand());
    if (auto const* load = llvm::dyn_cast<llvm::LoadInst>(pointer)) return behind(load->getPointerOperand());
    return {};
  }

  // What a pointer that lies at `place` leads to.
  Origin behind(llvm::Value const* place) {
    auto const origin = of(place);
    if (origin.kind == Origin::Kind::Argument) {
      llvm::APInt offset(64, 0);
      if (place->stripAndAccumulateConstantOffsets(layout_, offset, true) == nullptr) return {};
      auto const field = offset.getZExtValue() / field_bytes;
      if (offset.getZExtValue() % field_bytes != 0 || field == RowCount || field >= FieldCount) return {};
      return {Origin::Kind::Array, static_cast<unsigned>(field)};
    }
    bool const leads_on = origin.kind == Origin::Kind::Array &&
                          (origin.field == Inputs || origin.field == InputStates || origin.field == ClassTables);
    return leads_on ? Origin{Origin::Kind::Column, origin.field} : Origin{};
  }

  llvm::DataLayout const& layout_;
  std::map<llvm::Value const*, Origin> known_;
};

// Constants are numbers: one that is a pointer, or holds one, leads out of the arguments.
bool is_plain(llvm::Value const& operand) {
  auto const* constant = llvm::dyn_cast<llvm::Constant>(&operand);
  if (constant == nullptr || llvm::isa<llvm::BasicBlock>(constant)) return true;
  return !llvm::isa<llvm::ConstantExpr>(constant) && constant->getType()->isIntOrIntVectorTy();
}

bool allowed(Instruction const& instruction, Origins& origins) {
  if (!allowed_opcode(instruction)) return false;
  bool const is_call = llvm::isa<llvm::CallInst>(instruction);
  for (auto const& operand : instruction.operands())
    if (!is_plain(*operand) && !(is_call && llvm::isa<llvm::Function>(operand))) return false;
  if (auto const* load = llvm::dyn_cast<llvm::LoadInst>(&instruction)) {
    auto const origin = origins.of(load->getPointerOperand());
    bool const reads_result = origin.field == Out || origin.field == OutStates;
    return load->isSimple() && origin.kind != Origin::Kind::Unknown && !reads_result;
  }
  if (auto const* store = llvm::dyn_cast<llvm::StoreInst>(&instruction)) {
    auto const origin = origins.of(store->getPointerOperand());
    bool const is_result = origin.kind == Origin::Kind::Array && (origin.field == Out || origin.field == OutStates);
    return store->isSimple() && is_result && !store->getValueOperand()->getType()->isPtrOrPtrVectorTy();
  }
  return true;
}

}  // namespace

std::optional<std::string> refusal(llvm::Module const& module) {
  if (!module.global_empty() || !module.alias_empty() || !module.ifunc_empty() || !module.getModuleInlineAsm().empty())
    return "native code would have data or names of its own";
  for (auto const& function : module) {
    if (function.isDeclaration()) {
      if (function.isIntrinsic()) continue;  // each call is looked at
      return "native code would call " + function.getName().str();
    }
    Origins origins(function);
    for (auto const& block : function) {
      for (auto const& instruction : block) {
        if (allowed(instruction, origins)) continue;
        std::string text;
        llvm::raw_string_ostream stream(text);
        instruction.print(stream);
        return "native code would do what none may:" + text;
      }
    }
  }
  return std::nullopt;
}

}  // namespace huiyu::codegen
