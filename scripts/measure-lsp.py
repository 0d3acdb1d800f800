#!/usr/bin/env python3
"""Measures how soon `bnc lsp` answers on a spec of many layers.

    python3 scripts/measure-lsp.py .build/release/bnc [--layers 1000] [--rounds 20]

A layer in the middle is changed before each request, so that every answer needs the whole spec read and
checked again, as while one types. Prints the median and the longest time of each kind of answer.
"""

import argparse
import json
import statistics
import subprocess
import time

URI = "file:///measured.yaml"


class Client:
    def __init__(self, bnc):
        self.process = subprocess.Popen(
            [bnc, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.id = 0

    def send(self, **message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self):
        length = int(self.process.stdout.readline().split(b":")[1])
        self.process.stdout.readline()
        return json.loads(self.process.stdout.read(length))

    def request(self, method, params):
        self.id += 1
        self.send(id=self.id, method=method, params=params)
        while (message := self.receive()).get("id") != self.id:
            pass
        return message["result"]

    def diagnostics(self):
        while "diagnostics" not in (params := self.receive().get("params", {})):
            pass
        return params["diagnostics"]


def spec(count):
    """Blocks of convolutions and additions."""
    lines = ["name: measured", "layers:", "  - Input: {shape: [16, 16, 8], name: l0}"]
    for index in range(1, count):
        lines.append(
            f"  - Add: {{inputs: [l{index - 1}, l{index - 3}], name: l{index}}}"
            if index % 4 == 3 else
            f"  - Conv2D: {{filters: 8, kernel_size: 3, padding: same, name: l{index}}}")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("bnc")
    parser.add_argument("--layers", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    client = Client(arguments.bnc)
    client.request("initialize", {"capabilities": {}})
    client.send(method="initialized", params={})
    text = spec(arguments.layers)
    client.send(method="textDocument/didOpen", params={"textDocument": {
        "uri": URI, "languageId": "yaml", "version": 0, "text": text}})
    assert client.diagnostics() == []
    middle = arguments.layers // 2
    lines = text.split("\n")
    line = next(n for n, written in enumerate(lines) if n > middle and "Conv2D" in written)
    below = line + 4 * (arguments.layers // 10)
    adding = next(n for n, written in enumerate(lines) if n >= below and "Add" in written)
    place = {"textDocument": {"uri": URI}, "position": {"line": below, "character": 6}}
    name = {"textDocument": {"uri": URI}, "position": {"line": adding, "character": 19}}
    requests = {
        "diagnostics": None,
        "hover": ("textDocument/hover", place),
        "definition": ("textDocument/definition", name),
        "completion": ("textDocument/completion", name),
        "symbols": ("textDocument/documentSymbol", {"textDocument": {"uri": URI}}),
    }
    times = {kind: [] for kind in requests}
    version = 0
    for _ in range(arguments.rounds):
        for kind, request in requests.items():
            version += 1
            start = time.perf_counter()
            client.send(method="textDocument/didChange", params={
                "textDocument": {"uri": URI, "version": version},
                "contentChanges": [{"text": " ", "range": {
                    "start": {"line": line, "character": 13},
                    "end": {"line": line, "character": 13}}}]})
            if request:
                assert client.request(*request), kind
            else:
                client.diagnostics()
            times[kind].append((time.perf_counter() - start) * 1000)
    print(f"{arguments.layers} layers, {len(text)} bytes, after a change")
    for kind, values in times.items():
        print(f"  {kind:12} {statistics.median(values):6.1f} ms, at most {max(values):6.1f} ms")
    client.request("shutdown", None)
    client.send(method="exit")
    raise SystemExit(client.process.wait())


if __name__ == "__main__":
    main()
