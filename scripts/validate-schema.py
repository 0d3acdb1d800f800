#!/usr/bin/env python3
"""Validates specs against the JSON Schema that bnc writes, with an independent validator.

    python3 scripts/validate-schema.py .build/release/bnc

The schema itself is checked against draft 07. Every spec in `specs`, `benchmarks/models` and the
conformance cases has to fit it, and must not fit any more with one of its keys misspelt.
Needs: pip install jsonschema pyyaml.
"""

import argparse
import copy
import glob
import json
import os
import re
import subprocess
import sys

import jsonschema
import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SPECS = ["specs/*.yaml", "benchmarks/models/*.yaml", "Tests/Fixtures/conformance/*/model.yaml"]


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2's core schema: PyYAML reads 1.1, in which `no` is false and `1e-3` a text."""

    yaml_implicit_resolvers = {}


for tag, pattern, first in [
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)"
     r"|\.(nan|NaN|NAN)", list("-+.0123456789")),
    ("merge", r"<<", ["<"]),
]:
    CoreLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first)


def number(loader, node):
    return float(loader.construct_scalar(node).lower().replace(".inf", "inf").replace(".nan", "nan"))


CoreLoader.add_constructor("tag:yaml.org,2002:float", number)


def misspelt(value, path=()):
    """Every copy of a spec in which one key of the spec, of a layer or of its arguments is misspelt."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            for where, other in misspelt(item, (*path, index)):
                result = copy.copy(value)
                result[index] = other
                yield where, result
    elif isinstance(value, dict) and not {"compile", "fit"} & set(map(str, path)):
        for key in value:
            # What only training needs is kept as it is written.
            if re.search("regularizer|constraint|initializer", str(path)):
                continue
            if not str(key).startswith("x-"):
                yield (*path, key), {
                    (f"{other}z" if other == key else other): item for other, item in value.items()}
            for where, other in misspelt(value[key], (*path, key)):
                yield where, {**value, key: other}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("bnc")
    arguments = parser.parse_args()
    text = subprocess.run(
        [arguments.bnc, "schema"], check=True, capture_output=True, text=True).stdout
    schema = json.loads(text)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    problems = wrong = 0
    specs = [path for pattern in SPECS for path in sorted(glob.glob(f"{ROOT}/{pattern}"))]
    for path in specs:
        name = os.path.relpath(path, ROOT)
        with open(path, encoding="utf-8") as file:
            spec = yaml.load(file, CoreLoader)
        for error in validator.iter_errors(spec):
            best = jsonschema.exceptions.best_match([error])
            print(f"{name}: {'/'.join(map(str, best.absolute_path))}: {best.message[:200]}")
            problems += 1
        # The first few keys of large specs: each takes a validation of the whole.
        limit = 40 if len(spec["layers"]) < 60 else 5
        for (where, other), _ in zip(misspelt(spec), range(limit)):
            wrong += 1
            if validator.is_valid(other):
                print(f"{name}: {'/'.join(map(str, where))} is misspelt, and fits")
                problems += 1
    print(f"{len(specs)} specs, {wrong} misspelt keys, {problems} problems")
    sys.exit(1 if problems or not specs else 0)


if __name__ == "__main__":
    main()
