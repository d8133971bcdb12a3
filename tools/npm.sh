#!/usr/bin/env bash
# Builds the npm package for this platform: packages/npm/native/ with the program, then the tarball in pkg/.
#
# usage: npm.sh [PROGRAM]     without, the program is compiled for release
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-}
if [ -z "$program" ]; then
  echo "npm: compiling"
  cargo build --quiet --locked --release -p jisou-cli
  program=${CARGO_TARGET_DIR:-target}/release/jisou
fi
native=packages/npm/native
mkdir -p "$native" pkg
cp "$program" "$native/jisou-$(node -p 'process.platform + "-" + process.arch')"
npm pack --silent --pack-destination pkg ./packages/npm
