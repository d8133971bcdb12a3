"""Builds an index in parts on Spark, each part by the program `jisou` itself, and joins them.

    python examples/spark/build.py pages.jsonl public/jisou --parts 8 --scratch parts
    python examples/spark/build.py /shared/pages.jsonl /shared/jisou --parts 64 --scratch /shared/parts --master spark://host:7077

The input and the folder of the parts must be where every worker finds them under the same name, and `jisou` installed there, of one
version. A task that is tried again, or twice at once, does no harm: a part is moved into its place when it is whole. What does not
belong to this program is handed to `jisou index`: `--base-url /docs/`, `--meta date`.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from pyspark.sql import SparkSession


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", help="records, one JSON object a line")
    parser.add_argument("output", help="the folder of the bundle; it is replaced as a whole")
    parser.add_argument("--parts", type=int, default=8, help="how many parts; default 8")
    parser.add_argument("--scratch", default="jisou-parts", help="the folder of the parts; default jisou-parts")
    parser.add_argument("--master", default="local[2]", help="where Spark runs; default local[2]: two processes here")
    parser.add_argument("--jisou", default="jisou", help="the program; default jisou, from the path")
    parser.add_argument("--layout", choices=["whole", "cut"], help="as for jisou index")
    return parser.parse_known_args()


def run(command):
    """Runs the program; what it says becomes the reason of a failure."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr}")
    return done.stderr


def main():
    own, rest = arguments()
    spark = SparkSession.builder.appName("jisou").master(own.master).getOrCreate()
    jisou, source, of = own.jisou, own.input, own.parts
    paths = [str(Path(own.scratch) / f"{part}-of-{of}") for part in range(1, of + 1)]

    def build(part):
        return run([jisou, "index", source, "--quiet", "--part", f"{part}/{of}", "--output", paths[part - 1], *rest])

    try:
        spark.sparkContext.parallelize(range(1, of + 1), of).foreach(build)
    finally:
        spark.stop()
    layout = ["--layout", own.layout] if own.layout else []
    sys.stderr.write(run([jisou, "merge", *paths, "--quiet", "--output", own.output, *layout]))


if __name__ == "__main__":
    main()
