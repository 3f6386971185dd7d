// Listed pairs as a Parquet file, column by column.
#pragma once

#include "compiler/driver/result_file.h"

namespace huiyu::driver {

// Opens the file at once: who cannot write it learns so before the match.
Result<std::unique_ptr<ResultFile>> create_parquet(std::string const& path, std::vector<PolicyName> const& policies);

}  // namespace huiyu::driver
