#!/usr/bin/env python3
"""Validates what bnc writes as SARIF against the schema of SARIF 2.1.0.

    python3 scripts/validate-sarif.py .build/release/bnc

Every spec of the gallery is inspected with `--format sarif`, and each log is validated with the
`jsonschema` package. The schema is the one that comes with the source of the PyPI package `sarif-om`
(SARIF 2.1.0-rtm.4, by OASIS); `--schema FILE` takes another. Needs: pip install jsonschema
rfc3986-validator.
"""

import argparse
import glob
import json
import os
import subprocess
import sys
import tarfile
import tempfile

import jsonschema

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PACKAGE = "sarif-om==1.0.4"
MEMBER = "sarif_om-1.0.4/sarif-2.1.0-rtm.4.json"


def read_schema(path):
    if path:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
             "--no-binary", ":all:", "--dest", folder, PACKAGE], check=True)
        (archive,) = glob.glob(f"{folder}/*.tar.gz")
        with tarfile.open(archive) as tar:
            return json.load(tar.extractfile(MEMBER))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("bnc")
    parser.add_argument("--schema")
    arguments = parser.parse_args()
    schema = read_schema(arguments.schema)
    validator = jsonschema.validators.validator_for(schema)(
        schema, format_checker=jsonschema.FormatChecker())
    specs = sorted(glob.glob(f"{ROOT}/Tests/GalleryTests/Cases/*.yaml"))
    failures = results = 0
    for spec in specs:
        run = subprocess.run(
            [arguments.bnc, "inspect", spec, "--format", "sarif", "--remarks"],
            capture_output=True, text=True, timeout=60)
        if run.returncode not in (0, 1):
            print(f"{spec}: exit code {run.returncode}\n{run.stderr}")
            failures += 1
            continue
        log = json.loads(run.stderr)
        results += len(log["runs"][0]["results"])
        for error in validator.iter_errors(log):
            print(f"{spec}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
            failures += 1
    print(f"{len(specs)} logs, {results} results, {failures} problems")
    sys.exit(1 if failures or not results else 0)


if __name__ == "__main__":
    main()
