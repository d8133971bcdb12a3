#!/usr/bin/env bash
# Installs what the other commands need and a machine with Rust and Node does not have: browsers and their drivers, the
# wasm target, wasm-bindgen, wasm-pack, geckodriver, the JavaScript tools. What is there in the right version is left
# alone, so that a second run says nothing and takes about a second. Versions: tools/versions.sh, package-lock.json.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/versions.sh

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

main() {
  command -v cargo >/dev/null || fail "cargo is missing; install Rust (edition 2024) with rustup"
  command -v node >/dev/null || fail "node is missing; install Node.js $NODE_MAJOR or later"
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge "$NODE_MAJOR" ] || fail "Node.js $NODE_MAJOR or later is needed, this is $(node --version)"
  same_bindgen
  system_packages
  wasm_target
  cargo_tools
  javascript_tools
}

# The command line tool and the crate must be of one version.
same_bindgen() {
  local crate
  crate=$(sed -n 's/^wasm-bindgen = "=\(.*\)"$/\1/p' Cargo.toml)
  [ "$crate" = "$WASM_BINDGEN" ] || fail "Cargo.toml has wasm-bindgen $crate, tools/versions.sh has $WASM_BINDGEN; make them equal"
}

# A command and the Debian package that has it. A machine that has the commands from elsewhere needs no apt.
system_packages() {
  local missing=() command package
  while read -r command package; do
    command -v "$command" >/dev/null || missing+=("$package")
  done <<'LIST'
cc build-essential
chromium chromium
chromedriver chromium-driver
firefox-esr firefox-esr
WebKitWebDriver webkit2gtk-driver
xvfb-run xvfb
xauth xauth
fc-list fontconfig
LIST
  # Pictures of the page and what fits its lines need glyphs; any Chinese font will do.
  [ -n "$(fc-list :lang=zh 2>/dev/null | head -1)" ] || missing+=(fonts-wqy-microhei)
  [ ${#missing[@]} -gt 0 ] || return 0
  say "system packages: ${missing[*]}"
  command -v apt-get >/dev/null || fail "there is no apt-get here; install the equivalents of: ${missing[*]}"
  local root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "neither root nor sudo; have these installed: ${missing[*]}"
    root=(sudo)
  fi
  "${root[@]}" apt-get -o DPkg::Lock::Timeout=600 update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

wasm_target() {
  local library
  library=$(rustc --print target-libdir --target wasm32-unknown-unknown)
  [ ! -d "$library" ] || return 0
  say "the Rust target wasm32-unknown-unknown"
  rustup target add wasm32-unknown-unknown
}

# Each with its version and the arguments that its installation needs. Unoptimised: they are run seldom and compile in
# half the time. wasm-bindgen-cli cannot be installed with --locked: its lock file names a version that the registry lacks.
cargo_tools() {
  # One folder, so that what they have in common is compiled once; left in place for the next version.
  export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}/tools CARGO_PROFILE_DEV_DEBUG=0
  # Flags meant for the project would only compile these anew.
  unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
  cargo_tool wasm-bindgen "$WASM_BINDGEN" wasm-bindgen-cli --no-default-features
  cargo_tool wasm-pack "$WASM_PACK" wasm-pack --locked
  cargo_tool geckodriver "$GECKODRIVER" geckodriver --locked
}

# usage: cargo_tool COMMAND VERSION CRATE [ARGUMENT ...]
cargo_tool() {
  local command=$1 version=$2 crate=$3
  shift 3
  # The version stands first or second in the first line that each of them prints.
  if "$command" --version 2>/dev/null | head -1 | grep -qE "^$command (.* )?$version( |\$)"; then
    return 0
  fi
  say "$crate $version, with cargo install: about a minute"
  cargo install --quiet --debug "$@" "$crate@$version"
  hash -r
  command -v "$command" >/dev/null || fail "$command was installed, but the folder that cargo installs to is not on the PATH"
}

# npm leaves a list of what it installed; as long as that is younger than the lock file there is nothing to do.
javascript_tools() {
  if [ -f node_modules/.package-lock.json ] && [ ! package-lock.json -nt node_modules/.package-lock.json ]; then
    return 0
  fi
  say "JavaScript tools, with npm"
  # None of the packages needs its installation script.
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  touch node_modules/.package-lock.json
}

main
