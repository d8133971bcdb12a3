# The commands of the project. Each target does one thing and says so; `make` lists them.
#
# What has to be known besides: tools/setup.sh says what gets installed, tools/versions.sh in which versions,
# tools/module.sh how the module is built. JISOU_CORPUS names another folder than corpus/ to index.

SHELL := /bin/bash -euo pipefail
.DEFAULT_GOAL := help
# The steps share cargo's folder and two cores: nothing is gained by running them side by side.
.NOTPARALLEL:

# Where `cargo install` puts the tools, also if the shell does not look there.
export PATH := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)

# The tests know what stands in corpus/.
ifneq (,$(filter test% bench,$(MAKECMDGOALS)))
unexport JISOU_CORPUS
endif

.PHONY: help
help: ## Lists the commands
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

.PHONY: setup
setup: ## Installs what is missing: browsers, wasm tools, JavaScript tools
	@tools/setup.sh

.PHONY: module
module: setup ## Builds pkg/: the WebAssembly module with the index inside
	@tools/module.sh

.PHONY: build
build: module ## Builds dist/: exactly the files that a static host serves
	@echo "build: dist/"
	@npm run --silent dist

.PHONY: serve
serve: build ## Builds, prints an address and serves the page there
	@npm run --silent serve

.PHONY: test
test: setup test-fmt test-lint test-arch test-native test-wasm test-types test-page test-npm test-size ## Runs every test below

.PHONY: test-fmt
test-fmt: ## Checks that the Rust code is formatted
	@echo "test: formatting"
	cargo fmt --all --check

.PHONY: test-lint
test-lint: ## Checks the Rust code with clippy; a warning is an error
	@echo "test: clippy"
	cargo clippy --locked --workspace --all-targets -- -D warnings
	cargo clippy --locked -p jisou --no-default-features --features pieces -- -D warnings
	cargo clippy --locked -p jisou --no-default-features --features meant -- -D warnings

.PHONY: test-arch
test-arch: module ## Checks what may depend on what, and what may be in the module
	@echo "test: architecture"
	tools/architecture.sh

.PHONY: test-native
test-native: ## Runs the Rust tests on this machine
	@echo "test: native"
	cargo test --locked --workspace --no-fail-fast

# Browsers on a busy machine are slow to start; the defaults are 20 and 5 seconds.
.PHONY: test-wasm
test-wasm: setup ## Runs the tests of the boundary in headless Chromium and Firefox
	@echo "test: the boundary in Chromium and Firefox"
	WASM_BINDGEN_TEST_TIMEOUT=180 WASM_BINDGEN_TEST_DRIVER_TIMEOUT=60 \
	  wasm-pack test --mode no-install --headless --chrome --firefox -- --locked --test wasm

.PHONY: test-types
test-types: module ## Checks the types of the page and of the JavaScript API
	@echo "test: types"
	npm run --silent check

.PHONY: test-page
test-page: build ## Runs the tests of the box, the page and what the command writes in Chromium, Firefox and WebKitGTK
	@echo "test: the page in Chromium, Firefox and WebKitGTK"
	cargo build --quiet --locked -p jisou-cli
	npm test --silent

.PHONY: test-npm
test-npm: setup ## Packs the npm package and tries it in an empty folder
	@echo "test: the npm package"
	cargo build --quiet --locked -p jisou-cli
	tools/npm.sh $${CARGO_TARGET_DIR:-target}/debug/jisou
	node --test tests/npm/*.test.mjs

.PHONY: npm
npm: setup ## Builds the npm package of the command for this platform, in pkg/
	tools/npm.sh

.PHONY: test-size
test-size: build ## Checks the sizes of index, code and page load against their limits
	@echo "test: sizes"
	node --test tests/budgets.mjs

.PHONY: answers
answers: ## Records anew the answers that native and browser tests compare with
	UPDATE=1 cargo test --locked -p jisou --test recorded

.PHONY: fuzz
fuzz: ## Runs each fuzz target for FUZZ_SECONDS, 60 if it is not set; installs cargo-fuzz
	@tools/fuzz.sh

.PHONY: supply
supply: setup ## Checks licences and sources of all crates, and that the module comes out the same in two folders
	@tools/supply.sh

.PHONY: test-spark
test-spark: build ## Builds an index in parts with PySpark, which it installs, and compares it with that of one build; needs Java and Python
	@cargo build --quiet --locked -p jisou-cli
	@tools/spark.sh

# Everything that takes too long for `make test`: about half an hour, and FUZZ_SECONDS for each of nine fuzz targets.
.PHONY: hard
hard: build ## Tries to break everything for half an hour, and prints what was tried and what was lost
	@echo "hard: compiling"
	@cargo build --quiet --locked -p jisou-cli
	@node tests/hard/run.mjs

.PHONY: bench
bench: build ## Prints the figures of the README: sizes, layouts, then times natively and in Chromium
	@echo "bench: compiling"
	@cargo build --quiet --locked --release -p jisou-bench --bins
	@cargo run --quiet --locked --release -p jisou-bench --bin sizes
	@cargo run --quiet --locked --release -p jisou-bench --bin layouts
	@cargo run --quiet --locked --release -p jisou-bench --bin queries
	@cargo bench --quiet --locked -p jisou-bench --bench times
	@cargo run --quiet --locked --release -p jisou-bench --bin queries -- --list | node bench/browser.mjs

.PHONY: eval
eval: ## Measures recall and ranking on the query sets beside this folder
	cargo run --locked --release -p jisou-bench --bin eval -- ../shared/corpora

.PHONY: bench-pieces
bench-pieces: ## Measures an index in pieces against the whole one: bytes and hops of a query, and whether the answers agree
	cargo run --locked --release -p jisou-bench --bin cut -- ../shared/corpora S M L

.PHONY: bench-web
bench-web: setup ## Measures indexes of the corpora beside this folder in Chromium, and Pagefind and MiniSearch beside them
	@npm ci --prefix bench/web --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@cargo build --quiet --locked --release -p jisou-cli
	@node bench/web/main.mjs target/release/jisou ../shared/corpora S M L XL

.PHONY: compare
compare: module ## Compares what the module answers on those query sets with what is answered natively, byte for byte
	cargo run --quiet --locked --release -p jisou-bench --bin answers -- ../shared/corpora S pkg/compare.jisou | \
	  node bench/compare.mjs pkg/compare.jisou

.PHONY: bench-sites
bench-sites: setup ## Measures what is found of the two sites beside this folder, as built HTML
	@cargo build --quiet --locked --release -p jisou-cli
	@node bench/sites.mjs --misses

.PHONY: clean
clean: ## Removes what was built; installed tools stay
	rm -rf pkg dist
	cargo clean
