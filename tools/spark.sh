#!/usr/bin/env bash
# Builds an index with examples/spark/ in two processes of this machine, and compares it with that of one build. PySpark is installed into
# target/spark/; Java and Python must be there.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/versions.sh
for program in java python3; do
  command -v "$program" >/dev/null || { echo "spark: $program is needed and not there; install it, as with apt-get install default-jre-headless python3-venv" >&2; exit 1; }
done
python=target/spark/bin/python
if ! [ "$("$python" -c 'import pyspark; print(pyspark.__version__)' 2>/dev/null)" = "$PYSPARK" ]; then
  echo "spark: pyspark $PYSPARK, into target/spark: some minutes"
  python3 -m venv target/spark
  "$python" -m pip install --quiet --disable-pip-version-check "pyspark==$PYSPARK"
fi
jisou=$PWD/${CARGO_TARGET_DIR:-target}/debug/jisou
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# Every paragraph of the seeds is a record, and one line is none.
python3 - corpus >"$folder/pages.jsonl" <<'PYTHON'
import json, pathlib, sys
texts = [text for path in sorted(pathlib.Path(sys.argv[1]).glob("*.txt")) for text in path.read_text().split("\n") if len(text) > 20]
for at, text in enumerate(texts):
    print(json.dumps({"url": f"/{at}", "title": text[:9], "body": text, "filters": {"页": str(at % 5)}}, ensure_ascii=False))
    if at == 9:
        print("no record")
PYTHON
"$jisou" index "$folder/pages.jsonl" --quiet --output "$folder/one" --layout cut 2>"$folder/said"
"$python" examples/spark/build.py "$folder/pages.jsonl" "$folder/many" --parts 5 --scratch "$folder/parts" --jisou "$jisou" --layout cut 2>"$folder/log" || { tail -30 "$folder/log" >&2; exit 1; }
diff -r "$folder/one" "$folder/many"
grep -qFf "$folder/said" "$folder/log"
echo "spark: $(wc -l <"$folder/pages.jsonl") records in 5 parts give the bundle of one build, byte for byte"
