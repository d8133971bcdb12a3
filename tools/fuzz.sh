#!/usr/bin/env bash
# Runs the fuzz targets of fuzz/, one after the other: FUZZ_SECONDS for each (60 if it is not set), FUZZ_TARGETS or all of them.
# Inputs that lead somewhere new are kept in fuzz/corpus/, beside those of fuzz/seeds/ that every run starts from; an input that
# breaks a promise is kept in fuzz/artifacts/. cargo-fuzz is installed if it is not there.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/versions.sh
seconds=${FUZZ_SECONDS:-60}
targets=${FUZZ_TARGETS:-open mutate query html markdown records encoding round_trip pieces}

# The coverage that libFuzzer goes by is an unstable option of the stable compiler. Nothing of ours is unsafe, so no sanitizer.
export RUSTC_BOOTSTRAP=1
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_TARGET_DIR
options=(--sanitizer none)

if ! cargo fuzz --version 2>/dev/null | grep -qx "cargo-fuzz $CARGO_FUZZ"; then
  echo "fuzz: cargo-fuzz $CARGO_FUZZ, with cargo install: about a minute"
  CARGO_TARGET_DIR=$PWD/target/tools CARGO_PROFILE_DEV_DEBUG=0 cargo install --quiet --locked --debug "cargo-fuzz@$CARGO_FUZZ"
fi
echo "fuzz: compiling"
cargo fuzz build "${options[@]}" 2>fuzz/build.log || { cat fuzz/build.log >&2; exit 1; }

broken=0
for target in $targets; do
  echo "fuzz: $target, for $seconds s"
  mkdir -p "fuzz/corpus/$target"
  dictionary=()
  [ ! -f "fuzz/$target.dict" ] || dictionary=(-dict="fuzz/$target.dict")
  log=fuzz/corpus/$target.log
  failed=0
  nice -n 19 cargo fuzz run "${options[@]}" "$target" "fuzz/corpus/$target" "fuzz/seeds/$target" -- \
    -max_total_time="$seconds" -timeout=60 -max_len=8192 -rss_limit_mb=4096 "${dictionary[@]}" >"$log" 2>&1 || failed=1
  runs=$(sed -n 's/^Done \([0-9]*\) runs.*/\1/p' "$log")
  if [ $failed = 1 ]; then
    broken=$((broken + 1))
    grep -aE 'panicked|^SUMMARY|ERROR|Test unit written|Reproduce' -A1 "$log" | head -20 >&2 || tail -20 "$log" >&2
  fi
  echo "figure: inputs fuzzed, $target, $seconds s | ${runs:-0} | $failed"
done
[ $broken = 0 ] || { echo "fuzz: $broken targets failed: what they found is in fuzz/artifacts/, what else they say in fuzz/corpus/*.log" >&2; exit 1; }
