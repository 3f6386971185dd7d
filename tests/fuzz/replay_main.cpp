// Feeds every file of the given folders to a fuzz target once, so that what fuzzing has found stays tested
// by any compiler. Usage: fuzz_replay_<part> <folder>...

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

int main(int argc, char** argv) {
  std::vector<std::filesystem::path> paths;
  for (int i = 1; i < argc; ++i)
    for (auto const& entry : std::filesystem::directory_iterator(argv[i]))
      if (entry.is_regular_file()) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());

  for (std::filesystem::path const& path : paths) {
    // Said before it is fed: if the target ends the process, the last line names the file.
    std::printf("%s\n", path.c_str());
    std::fflush(stdout);
    std::ifstream stream(path, std::ios::binary);
    std::string const bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    std::vector<std::uint8_t> const data(bytes.begin(), bytes.end());
    LLVMFuzzerTestOneInput(data.data(), data.size());
  }
  std::printf("%zu files\n", paths.size());
  return paths.empty() ? 1 : 0;  // an empty corpus would test nothing
}
