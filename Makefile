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
	@echo 'make picture  draw the picture of the README, which shows the demo, anew'
	@echo 'make test     build everything and run all tests'
	@echo 'make bench    measure reading, checking, compiling and matching, beside DuckDB'\''s SQL of the same policies'
	@echo 'make bench-peers  measure a province'\''s workload beside Polars, DuckDB, ClickHouse, Drools and others (hours)'
	@echo 'make fuzz     feed the front end with made-up bytes (clang 19), and the engines with made-up rules'
	@echo 'make faults   show that the comparison of engines finds faults that are put into a copy'
	@echo 'make bounds   show that the tests beside the shipped rules notice every wrong bound'
	@echo 'make build    build everything'
	@echo 'make format   lay out the source text; format-check only looks'
	@echo 'make lint     clang-tidy over our own code'
	@echo 'make clean    remove build/'

# ---- setting up -----------------------------------------------------------------------------------------------------

# What a group of packages needs was there when its stamp was written.
$(build)/.packages-%: .ci/install-packages
	@.ci/install-packages $*
	@mkdir -p $(build) && touch $@

# DuckDB's library, which its script fetches by npm's lock file into a folder that all build folders share. Where it
# cannot be had, the build goes on without the data module and says so.
duckdb := runtime/records/duckdb
duckdb_folder := $(build)/deps/duckdb
$(duckdb_folder)/libduckdb.so: $(duckdb)/fetch.sh $(duckdb)/package-lock.json
	@[ -e $@ ] || .ci/install-packages records
	@if $(duckdb)/fetch.sh $(duckdb_folder); then touch $@; fi

setup := $(build)/.packages-build $(duckdb_folder)/libduckdb.so

$(build)/build.ninja: CMakePresets.json | $(setup)
	cmake --preset ci

.PHONY: setup configure build
setup: $(setup)
configure: $(setup) $(build)/build.ninja
build: configure
	cmake --build $(build)

# ---- the commands ---------------------------------------------------------------------------------------------------

.PHONY: demo picture test fuzz faults bounds bench bench-peers
test: build
	ctest --preset ci --parallel $(jobs)

demo: configure
	cmake --build $(build) --target huiyu
	@examples/demo.sh $(bin)

picture: configure
	cmake --build $(build) --target huiyu
	@docs/pictures/demo.sh $(bin) $(build)/demo

# Shorter, and less to be trusted: `make bench bench="--rounds 3 --firms 20000"`.
bench: configure
	cmake --build $(build) --target huiyu huiyu_native bench_frontend bench_records bench_settle
	@python3 -B tests/bench/run.py $(bin) $(bench)
	@echo 'a register of a million dirty rows of ten columns:'
	@python3 -B tests/registers/dirty.py 1000000 1 $(build)/dirty
	@$(bin)/bench_records $(build)/dirty/规则.hui $(build)/dirty/企业.csv $(build)/dirty/映射.toml
	@$(bin)/bench_settle

# Other engines are for this alone: they are installed below build/, by their versions and contents. What has no compiler
# here is left out and said so. Shorter: `make bench-peers peers="--parts C-4K --repetitions 1"`.
peers_folder := $(build)/peers
$(peers_folder)/venv/.installed: tests/bench/province/peers/requirements.txt
	@python3 -m venv $(peers_folder)/venv
	@$(peers_folder)/venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

bench-peers: configure $(peers_folder)/venv/.installed
	cmake --build $(build) --target huiyu bench_province bench_portal ref_scan ref_percol ref_limit ref_index
	@python3 -B tests/bench/province/peers.py $(bin) $(abspath $(peers_folder))/venv/bin/python $(peers_folder) $(peers)

# The engines are compared by three seeds as well as by two: `make fuzz seeds="7 8 9"`.
fuzz: configure $(build)/.packages-fuzz
	cmake --preset fuzz
	cmake --build --preset fuzz
	@tests/fuzz/run.sh $(abspath $(build)/fuzz/bin)
	cmake --build $(build) --target differential populations huiyu_native
	@tests/property/fuzz.sh $(abspath $(build)/bin) $(seeds)
	cmake --build $(build) --target random_project
	@tests/second_evaluator/fuzz.sh $(abspath $(build)/bin) $(seeds)

# `make faults faults="name name"` seeds only these.
faults: configure
	@tests/property/faults/run.sh "$(CURDIR)" "$(abspath $(build))/faults" $(faults)

bounds: configure
	cmake --build $(build) --target shipped_bounds
	@printf '%s\n' examples/*/rules stdlib-policies/*/[0-9]* | xargs -P $(jobs) -n 1 $(bin)/shipped_bounds

# ---- keeping the source in shape ------------------------------------------------------------------------------------

.PHONY: format format-check lint
format: $(build)/.packages-lint
	@$(clang_format) -i $(sources)

format-check: $(build)/.packages-lint
	@.ci/check-format $(clang_format)

# What gcc compiled ahead is no header of clang's, and clang also tells of what gcc's own library calls outdated.
lint_flags := --extra-arg=-Wno-ignored-gch --extra-arg=-Wno-deprecated-declarations

# Generated headers must be there before clang-tidy can read the files that include them, hence the build.
lint: $(build)/.packages-lint build
	@printf '%s\n' $(filter %.cpp,$(sources)) | xargs -P $(jobs) -n 4 $(clang_tidy) -p $(build) --quiet $(lint_flags)

.PHONY: clean
clean:
	rm -rf $(build)
