#!/usr/bin/env bash
# Checks what ARCHITECTURE.md promises and a compiler does not see: who depends on whom, and what the built module holds.
set -euo pipefail
cd "$(dirname "$0")/.."
target=wasm32-unknown-unknown
module=pkg/jisou_bg.wasm
passed=0
failed=0

# usage: none "PROMISE" FINDINGS: the promise is kept if nothing was found.
none() {
  if [ -z "$2" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'broken: %s\n%s\n' "$1" "$2" >&2
  fi
}

tree() { cargo tree --locked --prefix none --format '{p}' -e normal,no-proc-macro "$@" | sed 's/ .*//' | sort -u; }
# Lines that match, or nothing; a search without result is no failure here.
find_in() { grep -rnE "$@" || true; }

none "the module links neither the indexer nor what it reads and segments with" \
  "$(tree -p jisou --target $target | grep -E 'jieba|jisou-indexer|opencc|pulldown|encoding_rs|html5ever|unicode-(normalization|segmentation)' || true)"
none "the core depends on fst and xxhash-rust alone" \
  "$(tree -p jisou-core --depth 1 | grep -vxE 'jisou-core|fst|xxhash-rust' || true)"
none "the indexer depends on the core, not on the module" \
  "$(tree -p jisou-indexer | grep -xE 'jisou|wasm-bindgen|js-sys' || true)"
none "the core does no I/O and reads no clock" \
  "$(find_in --include=*.rs 'std::(fs|env|io|net|process|thread|time)' crates/core/src)"
none "one file names jieba" \
  "$(grep -rlE --include=*.rs 'jieba_rs' crates/*/src src | grep -vx crates/indexer/src/segment.rs || true)"
none "one file of the page imports the module" \
  "$(grep -rlE --include=*.js "from '[^']*jisou_engine" www | grep -vx www/engine.js || true)"
none "text reaches the page as text" \
  "$(find_in --include=*.js --include=*.html 'innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|eval\(' www)"

echo "architecture: compiling the core alone for the browser"
none "the core compiles alone for the browser" \
  "$(cargo check --locked --quiet -p jisou-core --target $target 2>&1 || echo 'cargo check failed')"

# The names of its functions stand in a copy of the module.
none "the functions of the module are known by name" "$(grep -qaF jisou_core pkg/.named.wasm || echo 'no names')"
none "the module formats no floats and holds no part of jieba" "$(grep -aoE 'flt2dec|jieba|dec2flt' pkg/.named.wasm | sort -u || true)"
none "the module holds no path of this machine" "$(grep -aoF -e /home/ -e /root/ -e "$PWD/" -e registry/ $module | sort -u || true)"
none "the module holds the index" "$(grep -qaF JSOU $module || echo 'no index in it')"

echo "architecture: $passed passed, $failed failed"
[ "$failed" = 0 ]
