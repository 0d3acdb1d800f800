// The loop of driver.h around LiteRT's interpreter, for litert_interpreter.py.
#include "driver.h"

static int (*invoke_interpreter)(void *);
static void *interpreter;

static void predict(void) {
    if (invoke_interpreter(interpreter) != 0) fail("prediction", "LiteRT failed");
}

// Serves `tflite::Interpreter::Invoke`, which takes the interpreter and returns 0 if all is well.
void serve_interpreter(int (*invoke)(void *), void *object) {
    invoke_interpreter = invoke;
    interpreter = object;
    serve(predict);
}
