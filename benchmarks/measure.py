"""The measurement of one model: its export, every engine in turns, and whole processes."""

import contextlib
import dataclasses
import hashlib
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

import numpy as np

from engines import CACHE, HERE, PEERS, Bnc, Driver, Peers, Unavailable, stripped_size

LARGE = 50_000_000  # parameters from which only one setting of a peer is kept in memory
QUALIFYING_SECONDS = 0.1
QUALIFYING_PASSES = 3
KEPT = 1.15  # a setting within this factor of the peer's best is measured to the end
WRONG = 1e-3  # of the largest output: no float32 engine is so far from float64
PAUSE = 0.02  # for threads that still spin to fall asleep
STARTS = 5


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def count(threads):
    return "1 thread" if threads == 1 else f"{threads} threads"


@dataclasses.dataclass
class Model:
    """A spec with weights, converted for every engine."""

    name: str
    spec: pathlib.Path
    folder: pathlib.Path
    facts: dict
    truth: np.ndarray


@dataclasses.dataclass
class Effort:
    """How long to measure."""

    rounds: int
    seconds: float
    threads: list


def load(name, fresh):
    """A model of models/, exported now, or by an earlier run from the same files."""
    spec = HERE / "models" / f"{name}.yaml"
    if not spec.exists():
        known = ", ".join(sorted(p.stem for p in (HERE / "models").glob("*.yaml")))
        raise SystemExit(f"error: {spec} isn't there; models/ holds {known}")
    sources = [spec, HERE / "export.py", HERE / "keras_oracle.py", HERE / "requirements.txt"]
    key = hashlib.sha256(b"\0".join(p.read_bytes() for p in sources)).hexdigest()
    folder = CACHE / name
    stamp = folder / "key"
    if fresh or not stamp.exists() or stamp.read_text() != key:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        say(f"{name}: random weights, conversions, float64 truth")
        with open(folder / "export.log", "w") as log:
            code = subprocess.run(
                [sys.executable, HERE / "export.py", spec, folder], stdout=log, stderr=log
            ).returncode
        if code != 0:
            lines = (folder / "export.log").read_text().strip().splitlines()
            last = next((x for x in reversed(lines) if "Error" in x or "error" in x), lines[-1])
            raise Unavailable(
                f"it can't be exported: {last} (all of it in {folder / 'export.log'})"
            )
        stamp.write_text(key)
    facts = json.loads((folder / "export.json").read_text())
    return Model(name, spec, folder, facts, np.load(folder / "truth.npy"))


def start(variant, folder):
    """A driver whose first prediction is right."""
    driver = Driver(variant, folder / "driver.log")
    if variant.engine != "peak" and not variant.error() < WRONG:
        driver.close()
        raise Unavailable(
            f"{variant.name} predicts wrongly: {variant.error():.1e} of the largest "
            "output away from float64"
        )
    return driver


def time_once(driver, seconds, folder):
    time.sleep(PAUSE)
    return driver.time(seconds, folder / "samples.f64")


def qualify(peers, engine, threads, large):
    """The settings of a peer worth measuring to the end, by short measurements one by one: first
    all model files that it reads, then all ways to call it with the best of them."""
    passes = 1 if large else QUALIFYING_PASSES
    ways = [peers.variants(engine, threads, model) for model in peers.models(engine)]
    if not ways:
        raise Unavailable("its converter can't convert this model")
    files = within_reach(qualifying_times([way[0] for way in ways], peers.folder, passes), 2)
    rest = [v for way in ways if any(way[0] is v for _, v in files) for v in way[1:]]
    found = within_reach(files + qualifying_times(rest, peers.folder, passes), 1 if large else 2)
    if not found:
        raise Unavailable("no setting of it works")
    return [variant for _, variant in found]


def within_reach(timed, most):
    """The fastest few of pairs of microseconds and a variant, if they are close to the first."""
    timed = sorted(timed, key=lambda pair: pair[0])
    return [pair for pair in timed[:most] if pair[0] <= KEPT * timed[0][0]]


def qualifying_times(variants, folder, passes):
    """The shortest prediction of each variant that works, with each started anew in every pass: a
    neighbour that slows one down for seconds shouldn't decide."""
    best = {}
    for _ in range(passes):
        for v in variants:
            if best.get(id(v), 0) is None:
                continue
            try:
                driver = start(v, folder)
                time_once(driver, QUALIFYING_SECONDS / 2, folder)
                shortest = float(time_once(driver, QUALIFYING_SECONDS, folder).min())
                driver.close()
                best[id(v)] = min(shortest, best.get(id(v), shortest))
            except Unavailable as problem:
                say(f"    {v.settings}: {problem}")
                best[id(v)] = None
    for v in variants:
        if best[id(v)] is not None:
            say(f"    {v.settings}: {best[id(v)]:.4g} µs")
    return [(best[id(v)], v) for v in variants if best[id(v)] is not None]


def summary(samples):
    """Figures of all samples, in microseconds."""
    low, median, high = np.percentile(samples, [10, 50, 90])
    return {
        "minimum": float(samples.min()),
        "median": float(median),
        "p10": float(low),
        "p90": float(high),
        "maximum": float(samples.max()),
        "blocks": len(samples),
    }


def measure_rounds(variants, peak_command, effort, folder):
    """Times all variants in turns; returns a summary for each, and the peak in GFLOP/s."""
    samples = {id(v): [] for v in variants}
    peaks, errors = [], {}
    peak_variant = dataclasses.replace(variants[0], engine="peak", command=peak_command)
    with contextlib.ExitStack() as stack:
        drivers = []
        for variant in variants:
            drivers.append((variant, start(variant, folder)))
            stack.callback(drivers[-1][1].close)
            errors[id(variant)] = variant.error()
        peak = start(peak_variant, folder)
        stack.callback(peak.close)
        for number in range(effort.rounds):
            turn = number % len(drivers)
            for variant, driver in drivers[turn:] + drivers[:turn]:
                samples[id(variant)].append(time_once(driver, effort.seconds, folder))
            peaks.append(time_once(peak, 0.1, folder))
        operations = peak.operations
    peaks = np.concatenate(peaks)
    return (
        {key: summary(np.concatenate(s)) | {"error": errors[key]} for key, s in samples.items()},
        {
            "peak": operations / peaks.min() * 1e-3,
            "medianPeak": operations / float(np.median(peaks)) * 1e-3,
        },
    )


def whole_process(variants, folder):
    """Start-up, memory and size of the fastest setting of each engine, in turns."""
    found = {}
    for variant in variants:
        for v in [variant, variant.with_cache(folder)] if variant.caches else [variant]:
            if v.cache:
                remove(v.cache)
                start(v, folder).close()  # fills the cache
            found[id(v)] = {"variant": v, "starts": [], "memory": []}
    for _ in range(STARTS):
        for entry in found.values():
            driver = start(entry["variant"], folder)
            entry["starts"].append(driver.start_up * 1e3)
            entry["memory"].append(driver.peak_memory())
            entry["libraries"] = driver.libraries()
            driver.close()
    return [process_figures(entry) for entry in found.values()]


def process_figures(entry):
    v, memory = entry["variant"], [m for m in entry["memory"] if m]
    cache = [p for p in [v.cache] if p and p.exists()]
    files = [f for p in [*v.ships, *cache] for f in (p.rglob("*") if p.is_dir() else [p])]
    program = stripped_size(v.command[0])
    return {
        "engine": v.engine,
        "settings": v.settings,
        "startUp": {"minimum": min(entry["starts"]), "median": statistics.median(entry["starts"])},
        "peakMemory": max(memory) if memory else None,
        "ownSize": program + sum(f.stat().st_size for f in files if f.is_file()),
        "librarySize": sum(p.stat().st_size for p in entry["libraries"]),
        "libraries": [p.name for p in entry["libraries"]],
    }


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def candidates(model, bnc, drivers, effort, options, notes):
    """What takes part: bnc, and the best settings of each peer, for each number of threads."""
    peers, chosen, built = Peers(drivers, model), [], {}
    large = model.facts["parameters"] > LARGE
    for threads in effort.threads:
        if threads == 1 or bnc.has_threads:
            say(f"{model.name}: bnc compile and swift build, {count(threads)}")
            try:
                variant, emitting, building = bnc.variant(model, threads, options)
                chosen.append(variant)
                built[threads] = {"compile": emitting, "build": building}
            except Unavailable as problem:
                if threads == 1:
                    raise
                notes.append(f"bnc, {count(threads)}: {problem}")
                say(f"    {problem}")
        for engine in PEERS:
            say(f"{model.name}: settings of {engine}, {count(threads)}")
            try:
                chosen += qualify(peers, engine, threads, large)
            except Unavailable as problem:
                notes.append(f"{engine}, {count(threads)}: {problem}")
                say(f"    {engine}: {problem}")
    return chosen, built


def fastest(variants, figures):
    """For each engine and number of threads its fastest setting."""
    best = {}
    for v in variants:
        key = (v.engine, v.threads)
        if key not in best or figures[id(v)]["minimum"] < figures[id(best[key])]["minimum"]:
            best[key] = v
    return best


def starters(model, drivers, variants, figures):
    """What is started as a whole process: the fastest setting of each engine with the fewest
    threads, but LiteRT's compiled model, as its interpreter would start with Python."""
    threads = min(v.threads for v in variants)
    chosen = [v for v in fastest(variants, figures).values() if v.threads == threads]
    peers = Peers(drivers, model)
    compiled = [peers.variants("LiteRT", threads, file)[0] for file in peers.models("LiteRT")]
    litert = [v for v in chosen if v.engine == "LiteRT"]
    return [v for v in chosen if v.engine != "LiteRT"] + (compiled if litert else [])


def measure(name, bnc: Bnc, drivers, effort, fresh, options):
    """Everything about one model, as JSON would have it."""
    model, notes = load(name, fresh), []
    operations = bnc.operations(model.spec)
    variants, built = candidates(model, bnc, drivers, effort, options, notes)
    say(f"{name}: {effort.rounds} rounds of {len(variants)} engines")
    figures, peak = measure_rounds(variants, drivers["peak"], effort, model.folder)
    results = []
    for v in variants:
        figure = figures[id(v)]
        speed = operations / figure["minimum"] * 1e-3
        results.append(
            {
                "engine": v.engine,
                "threads": v.threads,
                "settings": v.settings,
                **figure,
                "gigaflops": speed,
                "share": speed / (peak["peak"] * v.threads),
            }
        )
        say(
            f"    {v.name + ', ' + count(v.threads):65} {figure['minimum']:10.4g} / "
            f"{figure['median']:.4g} / {figure['p90']:.4g} µs, {speed:.4g} GFLOP/s, "
            f"error {figure['error']:.1e}"
        )
    say(f"{name}: whole processes")
    return {
        "name": name,
        "operations": operations,
        "parameters": model.facts["parameters"],
        **peak,
        "results": results,
        "built": built,
        "notes": notes,
        "kerasFloat32Error": model.facts["kerasFloat32Error"],
        "spreads": [model.facts["smallestSpread"], model.facts["largestSpread"]],
        "processes": whole_process(starters(model, drivers, variants, figures), model.folder),
    }
