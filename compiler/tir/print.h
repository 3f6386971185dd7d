// The text form of a program, for `huiyu dump --stage tir`, goldens and bug reports.
#pragma once

#include <functional>
#include <string>

#include "compiler/tir/tir.h"

namespace huiyu::tir {

struct PrintOptions {
  // Where a span begins, as `path:line:column`; empty: no positions are printed.
  std::function<std::string(Span)> position;
};

// Every declaration and expression, in an order that depends on the sources alone.
std::string print(Program const& program, PrintOptions const& options = {});

// One expression on one line: `(at_least .营业收入 20000000元)`. Equal text means equal structure.
std::string print(Program const& program, ExprId expr);

// `20000000元`, `0.2`, `1/3`, `2024-03-01`, `C3411`, `大型`: a constant as it stands in the printed form.
std::string print(Program const& program, Value const& value, Type const& type);

// A type with the names of the program: `列表 设备`, `规模`, `金额`.
std::string describe(Program const& program, Type const& type);

// An exact number: a decimal where one exists, else a fraction.
std::string print_number(BigRational const& value);

}  // namespace huiyu::tir
