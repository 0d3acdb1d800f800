"""The report: Markdown tables of what was measured."""

import datetime
import math

from engines import PEERS

ENGINES = ("bnc", *PEERS)
BEGIN = "<!-- measured by benchmarks/compare.py: do not edit below -->"
END = "<!-- end of what benchmarks/compare.py measured -->"


def best(model, engine, threads, fewer=False):
    """The result of an engine's fastest setting, with fewer threads too if so wished, or None."""
    found = [
        r
        for r in model["results"]
        if r["engine"] == engine and (r["threads"] == threads or fewer and r["threads"] < threads)
    ]
    return min(found, key=lambda r: r["minimum"], default=None)


def shown(model, engine, threads):
    """What stands for an engine: a peer that is faster with fewer threads is shown with those."""
    return best(model, engine, threads, fewer=engine != "bnc")


def fastest_peer(model, threads, figure="minimum"):
    found = [r for r in (shown(model, p, threads) for p in PEERS) if r]
    return min(found, key=lambda r: r[figure], default=None)


def speed_up(model, threads, figure="minimum"):
    """How many times bnc is faster than the fastest peer."""
    ours, peer = best(model, "bnc", threads), fastest_peer(model, threads, figure)
    return peer[figure] / ours[figure] if ours and peer else None


def geometric_mean(values):
    values = [v for v in values if v]
    return math.exp(sum(map(math.log, values)) / len(values)) if values else None


def durations(*microseconds):
    """Durations in the unit that fits the first, such as `1.23 / 1.30 ms`."""
    unit, scale = next(
        ((u, s) for u, s in (("s", 1e6), ("ms", 1e3)) if microseconds[0] >= s), ("µs", 1)
    )
    return " / ".join(digits(m / scale) for m in microseconds) + f" {unit}"


def operations(count):
    unit, scale = next(((u, s) for u, s in (("G", 1e9), ("M", 1e6)) if count >= s), ("k", 1e3))
    return f"{digits(count / scale)} {unit}FLOP"


def digits(value, count=3):
    """A number with so many significant digits, without an exponent."""
    if value == 0 or not math.isfinite(value):
        return "0"
    return f"{value:,.{max(0, count - 1 - math.floor(math.log10(abs(value))))}f}"


def times(value):
    return f"{value:.2f}x" if value else "–"


def size(count):
    if count is None:
        return "–"
    return f"{digits(count / 2**20)} MiB" if count >= 2**20 else f"{digits(count / 2**10)} KiB"


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def latency(models, threads):
    rows = []
    for m in models:
        cells = [m["name"]]
        for engine in ENGINES:
            r = shown(m, engine, threads)
            fewer = f" ({r['threads']} thread)" if r and r["threads"] != threads else ""
            cells.append(durations(r["minimum"], r["median"], r["p90"]) + fewer if r else "–")
        peer = fastest_peer(m, threads)
        cells.append(peer["engine"] if peer else "–")
        cells += [times(speed_up(m, threads)), times(speed_up(m, threads, "median"))]
        rows.append(cells)
    means = [
        times(geometric_mean([speed_up(m, threads, k) for m in models]))
        for k in ("minimum", "median")
    ]
    rows.append(["**geometric mean**", "", "", "", "", "", *(f"**{m}**" for m in means)])
    return table(["model", *ENGINES, "fastest peer", "bnc's speed-up", "by medians"], rows)


def speeds(models, threads):
    rows = []
    for m in models:
        cells = [m["name"], operations(m["operations"]), digits(m["peak"] * threads)]
        for engine in ENGINES:
            r = shown(m, engine, threads)
            cells.append(
                f"{digits(r['gigaflops'])} ({r['gigaflops'] / (m['peak'] * threads):.0%})"
                if r
                else "–"
            )
        rows.append(cells)
    return table(["model", "operations", "peak, GFLOP/s", *ENGINES], rows)


def scaling(models, threads):
    rows = []
    for m in models:
        cells = [m["name"]]
        for engine in ENGINES:
            one, several = best(m, engine, 1), best(m, engine, threads)
            cells.append(times(one["minimum"] / several["minimum"]) if one and several else "–")
        rows.append(cells)
    return table(["model", *ENGINES], rows)


def accuracy(models, threads):
    rows = []
    for m in models:
        errors = [best(m, e, threads) for e in ENGINES]
        rows.append(
            [
                m["name"],
                f"{m['kerasFloat32Error']:.1e}",
                *(f"{r['error']:.1e}" if r else "–" for r in errors),
            ]
        )
    return table(["model", "Keras, float32", *ENGINES], rows)


def processes(models):
    rows = []
    for m in models:
        for engine in ENGINES:
            found = [p for p in m["processes"] if p["engine"] == engine]
            if not found:
                continue
            p = min(found, key=lambda p: p["startUp"]["minimum"])
            start = p["startUp"]
            rows.append(
                [
                    m["name"] if engine == "bnc" else "",
                    engine,
                    p["settings"] or "–",
                    durations(1e3 * start["minimum"], 1e3 * start["median"]),
                    size(p["peakMemory"]),
                    size(p["ownSize"]),
                    size(p["librarySize"]),
                ]
            )
    return table(
        [
            "model",
            "engine",
            "setting",
            "start-up",
            "peak memory",
            "program and model",
            "shared libraries",
        ],
        rows,
    )


def settings(models, threads):
    rows = [
        [m["name"], *((best(m, p, threads) or {"settings": "–"})["settings"] for p in PEERS)]
        for m in models
    ]
    return table(["model", *PEERS], rows)


def heading(report):
    machine = report["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    kind = "a virtual machine with " if machine["virtual"] else ""
    return "\n".join(
        [
            f"Measured on {report['date']} by `{report['command']}` "
            f"at commit {machine['commit'] or '?'}, on {kind}{machine['cores']} cores of "
            f"{machine['cpu']} ({machine['vectors']}; {', '.join(machine['caches'])}), "
            f"{machine['system']}.",
            "",
            f"Versions: {versions}.",
            "",
            f"{report['rounds']} rounds of {report['seconds']} s for each engine, in turns. "
            f"Load average before and after: {report['load'][0]:.1f} and {report['load'][1]:.1f}.",
        ]
    )


def write(report):
    """The whole report as Markdown."""
    models, parts = report["models"], [heading(report)]
    for threads in report["threads"]:
        word = "One thread" if threads == 1 else f"{threads} threads"
        parts += [
            f"### {word}: latency",
            "Minimum / median / 90th percentile; bnc's speed-up is over "
            "the fastest peer."
            + (
                " A peer that is faster with fewer threads is shown with those."
                if threads > 1
                else ""
            ),
            latency(models, threads),
        ]
        parts += [
            f"### {word}: speed",
            "GFLOP/s at the minimum, and its share of the peak of "
            "fused multiply-adds. Operations are those of direct convolution, so that an "
            "algorithm with fewer may go beyond the peak.",
            speeds(models, threads),
        ]
        if threads > 1 and 1 in report["threads"]:
            parts += [
                f"### {threads} threads over one",
                "Ratio of minima.",
                scaling(models, threads),
            ]
    first = report["threads"][0]
    parts += [
        "### Accuracy",
        "Largest difference to what Keras computes in float64, as a share of the largest output.",
        accuracy(models, first),
    ]
    parts += [
        "### Whole process",
        ("One thread" if first == 1 else f"{first} threads")
        + ". Start-up is from starting the process to the "
        "end of the first prediction, minimum / median, files in the page cache.",
        processes(models),
    ]
    parts += ["### The peers' fastest settings", settings(models, first)]
    notes = [f"- {m['name']}: {note}" for m in models for note in m["notes"]] + [
        f"- {name}: {why}" for name, why in report["skipped"].items()
    ]
    if notes:
        parts += ["### Not measured", "\n".join(notes)]
    return "\n\n".join(parts) + "\n"


def insert(path, text):
    """Puts the report between the markers of a document."""
    document = path.read_text()
    begin, end = document.find(BEGIN), document.find(END)
    if begin < 0 or end < begin:
        raise SystemExit(f"error: {path} lacks the lines `{BEGIN}` and `{END}`")
    path.write_text(document[:begin] + BEGIN + "\n\n" + text + "\n" + document[end:])


def today():
    return datetime.date.today().isoformat()
