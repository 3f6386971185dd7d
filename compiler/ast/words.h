// How enumerators are spelled in dumps: as a drafter writes them.
#pragma once

#include <string_view>

#include "compiler/ast/ast.h"

namespace huiyu::ast {

std::string_view spell(TokenKind kind);
std::string_view spell(LogicOp op);
std::string_view spell(ArithmeticOp op);
std::string_view spell(CompareOp op);
std::string_view spell(Quantifier quantifier);
std::string_view spell(HitRule rule);
std::string_view spell(RoundingWord word);
std::string_view spell(CapWord word);
std::string_view spell(CapPer per);
std::string_view spell(PeriodWord word);
std::string_view spell(RelationWord word);
std::string_view spell(MembershipWord word);
std::string_view spell(EndMark mark);
std::string_view spell(OrderWord word);
std::string_view spell(ListOrder order);
std::string_view spell(AttributeWord word);
std::string_view spell(ItemWord word);
std::string_view spell(ConclusionWord word);
std::string_view spell(ExpectWord word);

}  // namespace huiyu::ast
