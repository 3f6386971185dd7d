// What the rules say of their records, for programs: `huiyu dump --stage schema`.
#pragma once

#include <string>

#include "compiler/tir/tir.h"

namespace huiyu::driver {

// {"subject": {"name", "key", "fields": [{"name", "type", …}]}, "schemas": […], "definitions": […], "policies": […]}
std::string schema_json(tir::Program const& program);

}  // namespace huiyu::driver
