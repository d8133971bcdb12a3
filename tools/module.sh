#!/usr/bin/env bash
# Builds the module: pkg/ with the wasm, its glue and types, and pkg/corpus.jisou, the index that is inside. The same
# sources give the same bytes on every machine: no path of this one gets into them.
set -euo pipefail
cd "$(dirname "$0")/.."
profile=wasm
target=wasm32-unknown-unknown
features=(--enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals
  --enable-reference-types --enable-multivalue)
compiled=${CARGO_TARGET_DIR:-target}/$target/$profile/jisou.wasm

# Panics name the file that they stand in. Where crates and the sources of the standard library lie differs from machine
# to machine, so those folders are renamed. As the target is not the host, build scripts do not see these flags.
remap() {
  local flags=() folder hash
  for folder in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/; do
    flags+=("--remap-path-prefix=${folder%/}=deps")
  done
  hash=$(rustc -vV | sed -n 's/^commit-hash: //p')
  flags+=("--remap-path-prefix=$(rustc --print sysroot)/lib/rustlib/src/rust=/rustc/$hash")
  local IFS=$'\x1f'
  printf '%s' "${flags[*]}"
}

# The crates must be there before their folders can be named.
cargo fetch --quiet --locked --target "$target"
CARGO_ENCODED_RUSTFLAGS=$(remap)
export CARGO_ENCODED_RUSTFLAGS
unset RUSTFLAGS

echo "module: compiling"
# Cargo's messages name the folders that build scripts wrote to; one of them has the index.
index=$(cargo build --locked --lib --profile "$profile" --target "$target" --message-format=json-render-diagnostics |
  grep -o '"out_dir":"[^"]*"' | cut -d'"' -f4 | while read -r folder; do
    [ ! -f "$folder/corpus.jisou" ] || echo "$folder/corpus.jisou"
  done | tail -1)

# wasm-opt takes half a minute, so it runs only if what goes in, or what came out, is not what it was.
made_from=pkg/.made-from
if sha256sum --quiet --check "$made_from" >/dev/null 2>&1; then
  exit 0
fi
echo "module: bindings and wasm-opt"
wasm-pack --quiet build --target web --profile "$profile" --out-name jisou --no-pack --mode no-install -- --locked
module=pkg/jisou_bg.wasm
node tools/shrink.mjs "$module" "$module.named"
# wasm-opt of the npm package makes a smaller module than the distribution's. The features are those that rustc uses for
# this target by default; every other one would be refused somewhere. Compressed size is what counts: functions with one
# caller stay apart and sorted by name, so that like stands beside like; similar ones are not merged into one with
# parameters, nor equal expressions into a local, nor locals into fewer; and the index stays in one piece.
node_modules/.bin/wasm-opt "$module.named" -o "$module.opt" -g --skip-pass=memory-packing \
  --skip-pass=merge-similar-functions --skip-pass=local-cse --skip-pass=simplify-locals --skip-pass=merge-locals \
  --one-caller-inline-max-function-size=20 -Oz -Oz \
  --reorder-functions-by-name "${features[@]}"
node_modules/.bin/wasm-opt "$module.opt" -o "$module" --strip-debug --strip-producers --strip-target-features "${features[@]}"
rm "$module.named"
# The same module with the names of its functions, for tools/architecture.sh.
mv "$module.opt" pkg/.named.wasm
cp "$index" pkg/corpus.jisou
sha256sum "$compiled" Cargo.toml package-lock.json tools/module.sh tools/shrink.mjs pkg/* >"$made_from"
