// Pieces of the dump that declarations and expressions share.
#pragma once

#include <string>
#include <vector>

#include "compiler/ast/ast.h"

namespace huiyu::ast {

std::string print_name(Name const& name);  // `?` before a name that is not known, `_` for none
std::string print_path(Path const& path);
std::string print_number(NumberLiteral const& number);
std::string print_date(DateLiteral const& date);
std::string print_literal(Literal const& literal);
std::string print_period(Period const& period);
std::string print_reference(Reference const& reference);
std::string print_per(std::vector<CapPer> const& per);
std::string print_round(Round const& round);
std::string print_key(File const& file, RowKey const& key);

}  // namespace huiyu::ast
