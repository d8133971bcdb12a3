# The versions of what `make setup` installs with cargo. JavaScript tools are pinned by package-lock.json, crates by
# Cargo.lock, system packages by the distribution. Sourced by tools/setup.sh.

# Must equal the crate `wasm-bindgen` in Cargo.toml: the module is refused by another version. setup.sh compares them.
WASM_BINDGEN=0.2.130
WASM_PACK=0.15.1
GECKODRIVER=0.37.1

# The least that is needed of what a machine brings along.
NODE_MAJOR=20

# Not part of `make setup`: tools/fuzz.sh and tools/supply.sh install these when they are run.
CARGO_FUZZ=0.13.2
CARGO_DENY=0.20.2

# tools/spark.sh installs it for the example in examples/spark/.
PYSPARK=4.3.0
