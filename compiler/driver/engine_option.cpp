#include "compiler/driver/engine_option.h"

namespace huiyu::driver {

void add_engine_to(CLI::App& app, EngineChoice& engine, Language language, Text by_default) {
  add_choice(app, "--engine", engine,
             Choices<EngineChoice>{{"auto", EngineChoice::Auto},
                                   {"native", EngineChoice::Native},
                                   {"interpret", EngineChoice::Interpret},
                                   {"oracle", EngineChoice::Oracle}},
             language,
             words(language, "native 是原生代码，interpret 是解释执行，oracle 是基准；默认 ",
                   "native code, interpreted, or the reference; by default ") +
                 std::string(by_default.in(language)));
}

}  // namespace huiyu::driver
