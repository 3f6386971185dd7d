# Two commands from a clean clone on Debian 12: `make demo` and `make test`. Each sets up what it needs, says what it
# installs, and does no work twice. The others stand beside them; `make help` lists all.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
SHELL := /bin/sh

build := build
jobs := $(shell nproc)
bin := $(abspath $(build)/bin)
sources = $(shell .ci/list-sources)
clang_format := clang-format-19
clang_tidy := clang-tidy-19

.PHONY: help
help:
	@echo 'make demo     match a county'\''s policies against its register and show who gets what, and why'
	@echo 'make test     build everything and run all tests'
	@echo 'make bench    measure'
	@echo 'make fuzz     feed the front end with made-up bytes (clang 19)'
	@echo 'make docs     generate the reference'
	@echo 'make build    build everything'
	@echo 'make format   lay out the source text; format-check only looks'
	@echo 'make lint     clang-tidy over our own code'
	@echo 'make clean    remove build/'

# ---- setting up -----------------------------------------------------------------------------------------------------

# What a group of packages needs was there when its stamp was written.
$(build)/.packages-%: .ci/install-packages
	@.ci/install-packages $*
	@mkdir -p $(build) && touch $@

# DuckDB's library, when the folder that uses it is there. Its own script knows version and checksum.
duckdb := runtime/records/duckdb
ifneq ($(wildcard $(duckdb)/fetch.sh),)
$(build)/.duckdb: $(duckdb)/fetch.sh $(wildcard $(duckdb)/package.json $(duckdb)/package-lock.json)
	@.ci/install-packages records
	@$(duckdb)/fetch.sh
	@mkdir -p $(build) && touch $@
setup_duckdb := $(build)/.duckdb
endif

setup := $(build)/.packages-build $(setup_duckdb)

$(build)/build.ninja: CMakePresets.json | $(setup)
	cmake --preset ci

.PHONY: setup configure build
setup: $(setup)
configure: $(setup) $(build)/build.ninja
build: configure
	cmake --build $(build)

# ---- the commands ---------------------------------------------------------------------------------------------------

.PHONY: demo test bench fuzz docs
test: build
	ctest --preset ci --parallel $(jobs)

demo: configure
	cmake --build $(build) --target huiyu
	@examples/demo.sh $(bin)

bench: build
	@tests/bench/run.sh $(bin)

docs: configure
	cmake --build $(build) --target huiyu
	@docs/generate.sh $(bin)

fuzz: $(setup) $(build)/.packages-fuzz
	cmake --preset fuzz
	cmake --build --preset fuzz
	@tests/fuzz/run.sh $(abspath $(build)/fuzz/bin)

# ---- keeping the source in shape ------------------------------------------------------------------------------------

.PHONY: format format-check lint
format: $(build)/.packages-lint
	@$(clang_format) -i $(sources)

format-check: $(build)/.packages-lint
	@.ci/check-format $(clang_format)

# Generated headers must be there before clang-tidy can read the files that include them, hence the build.
lint: $(build)/.packages-lint build
	@printf '%s\n' $(filter %.cpp,$(sources)) | xargs -P $(jobs) -n 4 $(clang_tidy) -p $(build) --quiet

.PHONY: clean
clean:
	rm -rf $(build)
