// ONNX Runtime, called through the C API of the wheel's libonnxruntime (see driver.h).
//
// MODEL is .onnx; VARIANT is "run" (Run into preallocated values) or "binding" (RunWithBinding);
// CACHE is the file of the optimized graph. All graph optimizations are on. The wheel holds no
// headers: functions are found by their place in OrtApi, which never changes once released.
#include <unistd.h>

#include "driver.h"

enum {  // onnxruntime_c_api.h: the order of OrtApi's members
    GET_ERROR_MESSAGE = 2,
    CREATE_ENV = 3,
    CREATE_SESSION = 7,
    RUN = 9,
    CREATE_SESSION_OPTIONS = 10,
    SET_OPTIMIZED_MODEL_FILE_PATH = 11,
    SET_GRAPH_OPTIMIZATION_LEVEL = 23,
    SET_INTRA_OP_THREADS = 24,
    SET_INTER_OP_THREADS = 25,
    SESSION_GET_INPUT_NAME = 36,
    SESSION_GET_OUTPUT_NAME = 37,
    CREATE_TENSOR_WITH_DATA = 49,
    CREATE_CPU_MEMORY_INFO = 69,
    GET_DEFAULT_ALLOCATOR = 78,
    RUN_WITH_BINDING = 133,
    CREATE_IO_BINDING = 134,
    BIND_INPUT = 136,
    BIND_OUTPUT = 137,
};
enum { API_VERSION = 16, LOG_FATAL = 4, DISABLE_ALL = 0, ENABLE_ALL = 99, FLOAT32 = 1 };

typedef void *handle;
typedef struct {
    void *const *(*get_api)(uint32_t);
    const char *(*version)(void);
} api_base;

static void *const *api;
static handle session, binding, x_value, y_value;
static const char *x_name, *y_name;
static handle (*run)(handle, handle, const char *const *, const handle *, size_t,
                     const char *const *, size_t, handle *);
static handle (*run_with_binding)(handle, handle, handle);

static void check(handle status, const char *what) {
    const char *(*message)(handle) = api[GET_ERROR_MESSAGE];
    if (status) fail(what, message(status));
}

static void predict_run(void) {
    handle status = run(session, NULL, &x_name, &x_value, 1, &y_name, 1, &y_value);
    if (status) check(status, "prediction");
}

static void predict_binding(void) {
    handle status = run_with_binding(session, NULL, binding);
    if (status) check(status, "prediction");
}

static void create_session(const driver_arguments *given) {
    handle (*create_environment)(int, const char *, handle *) = api[CREATE_ENV];
    handle (*create_options)(handle *) = api[CREATE_SESSION_OPTIONS];
    handle (*set_level)(handle, int) = api[SET_GRAPH_OPTIMIZATION_LEVEL];
    handle (*set_intra)(handle, int) = api[SET_INTRA_OP_THREADS];
    handle (*set_inter)(handle, int) = api[SET_INTER_OP_THREADS];
    handle (*save_optimized)(handle, const char *) = api[SET_OPTIMIZED_MODEL_FILE_PATH];
    handle (*create)(handle, const char *, handle, handle *) = api[CREATE_SESSION];
    int optimized = given->cache && access(given->cache, R_OK) == 0;
    handle environment = NULL, options = NULL;
    check(create_environment(LOG_FATAL, "compare", &environment), "environment");
    check(create_options(&options), "options");
    check(set_level(options, optimized ? DISABLE_ALL : ENABLE_ALL), "optimization level");
    check(set_intra(options, atoi(given->threads)), "threads");
    check(set_inter(options, 1), "threads");
    if (given->cache && !optimized) check(save_optimized(options, given->cache), given->cache);
    check(create(environment, optimized ? given->cache : given->model, options, &session),
          given->model);
}

static handle value(handle memory, tensor t) {
    handle (*create)(handle, void *, size_t, const int64_t *, size_t, int, handle *) =
        api[CREATE_TENSOR_WITH_DATA];
    handle result = NULL;
    check(create(memory, t.values, t.count * sizeof(float), t.sizes, (size_t)t.rank, FLOAT32,
                 &result), "tensor");
    return result;
}

static void create_values(const driver_arguments *given) {
    handle (*get_allocator)(handle *) = api[GET_DEFAULT_ALLOCATOR];
    handle (*get_input)(handle, size_t, handle, const char **) = api[SESSION_GET_INPUT_NAME];
    handle (*get_output)(handle, size_t, handle, const char **) = api[SESSION_GET_OUTPUT_NAME];
    handle (*get_memory)(int, int, handle *) = api[CREATE_CPU_MEMORY_INFO];
    handle (*create_binding)(handle, handle *) = api[CREATE_IO_BINDING];
    handle (*bind_input)(handle, const char *, handle) = api[BIND_INPUT];
    handle (*bind_output)(handle, const char *, handle) = api[BIND_OUTPUT];
    handle allocator = NULL, memory = NULL;
    check(get_allocator(&allocator), "allocator");
    check(get_input(session, 0, allocator, &x_name), "input name");
    check(get_output(session, 0, allocator, &y_name), "output name");
    check(get_memory(0, 0, &memory), "memory");
    x_value = value(memory, given->x);
    y_value = value(memory, given->y);
    check(create_binding(session, &binding), "binding");
    check(bind_input(binding, x_name, x_value), "input binding");
    check(bind_output(binding, y_name, y_value), "output binding");
}

int main(int count, char **arguments) {
    driver_arguments given = parse_arguments(count, arguments);
    const api_base *(*get_base)(void) = symbol(open_library(given.library), "OrtGetApiBase");
    api = get_base()->get_api(API_VERSION);
    if (!api) fail(given.library, "too old");
    run = api[RUN];
    run_with_binding = api[RUN_WITH_BINDING];
    create_session(&given);
    create_values(&given);
    void (*predict)(void) = strcmp(given.variant, "binding") == 0 ? predict_binding : predict_run;
    predict();
    write_tensor(given.output, given.y);
    serve(predict);
    return 0;
}
