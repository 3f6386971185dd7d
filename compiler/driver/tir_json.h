// A checked program whole, for programs that evaluate it: `huiyu dump --stage tir --format json`.
#pragma once

#include <string>

#include "compiler/tir/tir.h"

namespace huiyu::driver {

// Everything of tir.h but places in the text and citations, under its names there: ids are positions in the arrays,
// what is absent is left out, operators are called as in the text form, numbers are exact text ("0.25", "1/3").
std::string tir_json(tir::Program const& program);

}  // namespace huiyu::driver
