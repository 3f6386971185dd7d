// Values that a run gives from outside the rules: `--inputs FILE.json`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/driver/language.h"
#include "compiler/tir/tir.h"
#include "runtime/base/result.h"
#include "runtime/columns/outcome.h"

namespace huiyu::driver {

// Reads one JSON object, name -> value, and puts the values into the program in place of what its text states, before
// any engine sees it: 参数 ("5.5%", or {"2024-01-01": "5.5%", …}), 参照表 (objects nested by its key columns, or a list
// of rows), open 名录 (a list of texts); and 申报年度 into `inputs`. null says that there is no value.
// Returns the names given, in the order of the text. A name or a value that cannot be used is an error of the data, and
// then nothing was given.
Result<std::vector<std::string>> give_inputs(std::string_view json, tir::Program& program, RunInputs& inputs,
                                             Language language);

// The same from a file; one that cannot be read is an error of usage.
Result<std::vector<std::string>> give_inputs_file(std::string const& path, tir::Program& program, RunInputs& inputs,
                                                  Language language);

}  // namespace huiyu::driver
