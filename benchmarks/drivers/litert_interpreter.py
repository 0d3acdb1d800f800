"""LiteRT's interpreter, the older of its two interfaces, as a driver (see driver.h).

litert_interpreter.py LIBRARY MODEL.tflite THREADS VARIANT INPUT SHAPE OUTPUT SHAPE

The wheel offers the interpreter to Python only, and on the smallest models the call from Python is
half of the time. So Python only prepares it; what is timed is the C++ method
`tflite::Interpreter::Invoke` itself, found in the extension's symbol table, in the loop (LIBRARY)
that all drivers share. XNNPACK computes.
"""

import ctypes
import pathlib
import shutil
import subprocess
import sys

import numpy as np
from ai_edge_litert import interpreter as litert

INVOKE = "_ZN6tflite4impl11Interpreter6InvokeEv"


def invoke_address():
    """Where `Interpreter::Invoke` lies in this process."""
    path = pathlib.Path(litert.__file__).with_name("libpywrap_litert_common.so")
    tool = shutil.which("nm") or shutil.which("llvm-nm") or sys.exit("nm is needed (binutils)")
    symbols = subprocess.run([tool, path], text=True, capture_output=True, check=True).stdout
    offset = next(
        (int(line.split()[0], 16) for line in symbols.splitlines() if line.endswith(" " + INVOKE)),
        None,
    )
    if offset is None:
        sys.exit(f"{path} doesn't name {INVOKE}")
    maps = pathlib.Path("/proc/self/maps").read_text().splitlines()
    base = next(int(line.split("-")[0], 16) for line in maps if line.endswith(str(path)))
    return base + offset


def main(loop, model, threads, x_path, x_shape, y_path):
    interpreter = litert.Interpreter(model, num_threads=threads)
    interpreter.allocate_tensors()
    x = np.fromfile(x_path, np.float32).reshape([int(size) for size in x_shape.split(",")])
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], x)
    invoke, handle = invoke_address(), interpreter._interpreter.interpreter()
    # Through the address, so that the output shows that it is the right one.
    if ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(invoke)(handle) != 0:
        sys.exit("LiteRT failed")
    interpreter.get_tensor(interpreter.get_output_details()[0]["index"]).tofile(y_path)
    serve = ctypes.CDLL(loop).serve_interpreter
    serve.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    serve(invoke, handle)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[5], sys.argv[6], sys.argv[7])
