#!/usr/bin/env bash
# What the project is made of: licences and sources of all crates, no npm package at run time, and a module that comes out the same
# in another folder. Advisories are checked where their database can be fetched; where it cannot, this is said and not counted.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/versions.sh
broken=0
# usage: figure WHAT TRIED LOST
figure() {
  echo "figure: $1 | $2 | $3"
  [ "$3" = 0 ] || broken=1
}

if ! cargo deny --version 2>/dev/null | grep -qx "cargo-deny $CARGO_DENY"; then
  echo "supply: cargo-deny $CARGO_DENY, with cargo install: some minutes"
  CARGO_TARGET_DIR=$PWD/target/tools CARGO_PROFILE_DEV_DEBUG=0 cargo install --quiet --locked --debug "cargo-deny@$CARGO_DENY"
fi
crates=$(grep -c '^name = ' Cargo.lock)
lost=0
cargo deny --offline --locked check --hide-inclusion-graph --allow duplicate licenses bans sources || lost=1
figure "crates, licences and sources" "$crates" $lost
if timeout 120 cargo deny --locked check --hide-inclusion-graph advisories 2>target/advisories.log; then
  figure "crates, known advisories" "$crates" 0
elif grep -qE 'failed to fetch|failed to (load|open|acquire).*(advisory|database)' target/advisories.log; then
  echo "supply: the database of advisories cannot be had here; not checked"
else
  cat target/advisories.log >&2
  figure "crates, known advisories" "$crates" 1
fi

# The scripts that are deployed import nothing but each other.
npm=$(grep -rhoE "(from|import\()\s*['\"][^'\"./][^'\"]*['\"]" www --include=*.js | sort -u | grep -c . || true)
packages=$(node -p 'Object.keys(require("./package.json").dependencies ?? {}).length + Object.keys(require("./packages/npm/package.json").dependencies ?? {}).length')
figure "npm packages at run time" 0 $((npm + packages))

# From clean, in two folders with other names, each with a target folder of its own.
folders=$(mktemp -d)
trap 'rm -rf "$folders"' EXIT
for name in one another/place; do
  mkdir -p "$folders/$name"
  git ls-files -z | xargs -0 cp --parents -t "$folders/$name"
  ln -s "$PWD/node_modules" "$folders/$name/node_modules"
  (cd "$folders/$name" && env -u CARGO_TARGET_DIR tools/module.sh >"$folders/log" 2>&1) || { tail -20 "$folders/log" >&2; exit 1; }
done
if cmp "$folders/one/pkg/jisou_bg.wasm" "$folders/another/place/pkg/jisou_bg.wasm"; then lost=0; else lost=1; fi
figure "builds of the module in two folders, $(stat -c %s "$folders/one/pkg/jisou_bg.wasm") bytes" 2 $lost
exit $broken
