#!/usr/bin/env python3
"""Looks at pages of `bnc inspect --html` in a headless browser.

    python3 scripts/check-report.py .build/release/bnc [SPEC...] [--shots DIR]

For each spec the page is opened narrow and wide, light and dark. It must load without a request to
anywhere, without an error, and without the page itself scrolling sideways; both graphs must show;
pointing at a box must light its line of the spec, and clicking a line must bring its box into view.
`--shots` keeps pictures. Needs `pip install playwright` and a Chromium: one that is installed is found,
else the one of `playwright install chromium` is taken.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile

from playwright.sync_api import sync_playwright

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
SIZES = [(390, 800), (820, 1000), (1440, 1000)]


def check(page, name, problems):
    """What must hold of an opened page."""
    def fail(text):
        problems.append(f"{name}: {text}")

    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide > 0:
        fail(f"the page is {wide} pixels too wide")
    if page.evaluate("document.contentType") not in ("text/html", "application/xhtml+xml"):
        fail("is no page")
    labels = page.locator(".graph > label")
    for index in range(labels.count()):
        labels.nth(index).click()
        if page.locator(f".v{index} svg .n").first.is_visible() is False:
            fail(f"graph {index} doesn't show")
    labels.first.click()
    if page.locator(".v0 svg .n").count() == 0:
        return
    # Text stays within its box.
    outside = page.evaluate(
        """[...document.querySelectorAll('.v0 svg .n')].filter(n => {
             const box = n.querySelector('rect.b').getBoundingClientRect();
             const own = n.querySelector(':scope > a') || n;
             return [...own.querySelectorAll(':scope > text')].some(t => {
               const r = t.getBoundingClientRect();
               return r.left < box.left - 0.5 || r.right > box.right + 0.5;
             });
           }).length""")
    if outside:
        fail(f"{outside} boxes have text outside")
    box = page.locator(".v0 svg .n").first
    box.locator("text").first.hover()
    if page.locator(".ln.on").count() == 0:
        fail("pointing at a box lights no line")
    line = page.locator(".ln[data-r]").last
    if line.count():
        line.locator("code").click(position={"x": 30, "y": 5})
        rows = line.get_attribute("data-r").split()
        seen = page.evaluate(
            """row => [...document.querySelectorAll('.v0 .n')].some(n => {
                 if (!n.dataset.r.split(' ').includes(row)) return false;
                 const a = n.getBoundingClientRect();
                 const b = n.closest('.scroll').getBoundingClientRect();
                 return a.right > b.left && a.left < b.right && a.bottom > b.top && a.top < b.bottom;
               })""", rows[0])
        if not seen:
            fail("clicking a line doesn't bring its box into view")
    for zoom in ("1", "-1", "0"):
        page.locator(f"button[data-z='{zoom}']").click()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("bnc")
    parser.add_argument("specs", nargs="*")
    parser.add_argument("--shots")
    arguments = parser.parse_args()
    specs = arguments.specs or [
        f"{ROOT}/specs/digits_cnn.yaml", f"{ROOT}/Tests/GalleryTests/Cases"]
    paths = []
    for spec in specs:
        if os.path.isdir(spec):
            paths += sorted(f"{spec}/{name}" for name in os.listdir(spec) if name.endswith(".yaml"))
        else:
            paths.append(spec)
    problems = []
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for spec in paths:
            base = os.path.splitext(os.path.basename(spec))[0]
            path = f"{folder}/{base}.html"
            run = subprocess.run(
                [arguments.bnc, "inspect", spec, "--html", path], capture_output=True, text=True,
                timeout=300)
            if run.returncode not in (0, 1) or not os.path.exists(path):
                problems.append(f"{base}: exit code {run.returncode}: {run.stderr[-500:]}")
                continue
            # Of many specs each is looked at in one size, all sizes in turn.
            sizes = SIZES if len(paths) < 10 else [SIZES[paths.index(spec) % len(SIZES)]]
            for width, height in sizes:
                for scheme in ("light", "dark"):
                    name = f"{base}-{width}-{scheme}"
                    context = browser.new_context(
                        viewport={"width": width, "height": height}, color_scheme=scheme)
                    page = context.new_page()
                    page.on("pageerror", lambda error: problems.append(f"{name}: {error}"))
                    page.on("console", lambda message: problems.append(f"{name}: {message.text}"))
                    page.on("request", lambda request: request.url.startswith(("file:", "data:"))
                            or problems.append(f"{name}: asks for {request.url}"))
                    page.goto(f"file://{path}")
                    if arguments.shots:
                        os.makedirs(arguments.shots, exist_ok=True)
                        page.screenshot(path=f"{arguments.shots}/{name}.png", full_page=True)
                    check(page, name, problems)
                    context.close()
        browser.close()
    for problem in problems:
        print(problem)
    print(f"{len(paths)} pages, {len(problems)} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
