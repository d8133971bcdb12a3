#!/usr/bin/env bash
# Builds the npm package for this platform: packages/npm/native/ with the program, then the tarball in pkg/.
set -euo pipefail
cd "$(dirname "$0")/.."
echo "npm: compiling"
cargo build --quiet --locked --release -p jisou-cli
native=packages/npm/native
mkdir -p "$native" pkg
cp "${CARGO_TARGET_DIR:-target}/release/jisou" "$native/jisou-$(node -p 'process.platform + "-" + process.arch')"
npm pack --silent --pack-destination pkg ./packages/npm
