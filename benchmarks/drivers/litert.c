// LiteRT's compiled model, called through the C API of the wheel's libLiteRt.so (see driver.h).
//
// MODEL is .tflite, VARIANT is "-", CACHE is the file in which XNNPACK keeps packed weights. The
// CPU accelerator computes, which is XNNPACK; no other is looked for. Input and output lie in the
// caller's memory. The wheel holds no headers: the declarations are those of LiteRT 2's litert/c.
#include <stdbool.h>

#include "driver.h"

typedef void *handle;

typedef struct {
    int element;  // 1: float32
    unsigned int rank : 7;
    bool has_strides : 1;
    int32_t sizes[8];
    uint32_t strides[8];
} tensor_type;

typedef struct {
    int tag;
    struct {
        int type;  // 2: integer
        int64_t integer;
    } value;
} environment_option;

static handle compiled, inputs[1], outputs[1];
static int (*run_model)(handle, size_t, size_t, handle *, size_t, handle *);

static void check(int status, const char *what) {
    char why[32];
    snprintf(why, sizeof why, "LiteRT status %d", status);
    if (status != 0) fail(what, why);
}

static void predict(void) {
    if (run_model(compiled, 0, 1, inputs, 1, outputs) != 0) fail("prediction", "LiteRT failed");
}

static handle host_buffer(void *library, tensor t) {
    int (*create)(const tensor_type *, void *, size_t, void (*)(void *), handle *) =
        symbol(library, "LiteRtCreateTensorBufferFromHostMemory");
    tensor_type type = {.element = 1, .rank = (unsigned)t.rank};
    for (int i = 0; i < t.rank; i++) type.sizes[i] = (int32_t)t.sizes[i];
    handle buffer = NULL;
    check(create(&type, t.values, t.count * sizeof(float), NULL, &buffer), "tensor buffer");
    return buffer;
}

// The options of the CPU accelerator, which it reads as TOML.
static handle cpu_options(void *library, const driver_arguments *given) {
    int (*create)(const char *, void *, void (*)(void *), handle *) =
        symbol(library, "LiteRtCreateOpaqueOptions");
    size_t size = 128 + (given->cache ? strlen(given->cache) : 0);
    char *text = malloc(size);
    int end = snprintf(text, size, "num_threads = %s\n", given->threads);
    if (given->cache)
        snprintf(text + end, size - (size_t)end, "weight_cache_file_path = \"%s\"\n", given->cache);
    handle options = NULL;
    check(create("xnnpack", text, free, &options), "CPU options");
    return options;
}

int main(int count, char **arguments) {
    driver_arguments given = parse_arguments(count, arguments);
    void *library = open_library(given.library);
    int (*create_environment)(int, const environment_option *, handle *) =
        symbol(library, "LiteRtCreateEnvironment");
    int (*create_model)(handle, const char *, handle *) =
        symbol(library, "LiteRtCreateModelFromFile");
    int (*create_options)(handle *) = symbol(library, "LiteRtCreateOptions");
    int (*set_accelerators)(handle, int) = symbol(library, "LiteRtSetOptionsHardwareAccelerators");
    int (*add_options)(handle, handle) = symbol(library, "LiteRtAddOpaqueOptions");
    int (*create_compiled)(handle, handle, handle, handle *) =
        symbol(library, "LiteRtCreateCompiledModel");
    run_model = symbol(library, "LiteRtRunCompiledModel");

    const environment_option only_cpu[] = {
        {24, {2, 1}},  // accelerators to register: the CPU
        {25, {2, 3}},  // what to log: errors
    };
    handle environment = NULL, model = NULL, options = NULL;
    check(create_environment(2, only_cpu, &environment), "environment");
    check(create_model(environment, given.model, &model), given.model);
    check(create_options(&options), "options");
    check(set_accelerators(options, 1), "accelerator");
    check(add_options(options, cpu_options(library, &given)), "CPU options");
    check(create_compiled(environment, model, options, &compiled), "compiled model");
    inputs[0] = host_buffer(library, given.x);
    outputs[0] = host_buffer(library, given.y);
    predict();
    write_tensor(given.output, given.y);
    serve(predict);
    return 0;
}
