// Tables of Markdown pages, for tests that hold the pages against the project.
#pragma once

#include <string>
#include <vector>

namespace huiyu::documents {

std::string read_file(std::string const& path);

// The rows below the headings whose first cell is `heading`, from all such tables; cells without the blanks around.
std::vector<std::vector<std::string>> table_rows(std::string const& page, std::string const& heading);

}  // namespace huiyu::documents
