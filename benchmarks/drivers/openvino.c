// OpenVINO, called through the C API of the wheel's libopenvino_c (see driver.h).
//
// MODEL is .onnx, .xml or .tflite; VARIANT is "pinned" or "unpinned" (threads bound to cores, or
// not); CACHE is the folder in which OpenVINO keeps compiled models. Float32 arithmetic, one
// stream, latency hint; one inference request whose tensors lie in the caller's memory.
#include <openvino/c/openvino.h>

#include "driver.h"

static void *library;
static ov_infer_request_t *request;
static ov_status_e (*infer)(ov_infer_request_t *);

static void check(ov_status_e status, const char *what) {
    if (status == OK) return;
    const char *(*message)(void) = symbol(library, "ov_get_last_err_msg");
    fail(what, message());
}

static void predict(void) {
    if (infer(request) != OK) fail("prediction", "OpenVINO failed");
}

static ov_tensor_t *host_tensor(tensor t) {
    ov_status_e (*create)(ov_element_type_e, ov_shape_t, void *, ov_tensor_t **) =
        symbol(library, "ov_tensor_create_from_host_ptr");
    ov_shape_t shape = {.rank = t.rank, .dims = t.sizes};
    ov_tensor_t *result = NULL;
    check(create(F32, shape, t.values, &result), "tensor");
    return result;
}

static ov_compiled_model_t *compile(const driver_arguments *given) {
    ov_status_e (*create_core)(ov_core_t **) = symbol(library, "ov_core_create");
    ov_status_e (*set_property)(const ov_core_t *, const char *, ...) =
        symbol(library, "ov_core_set_property");
    ov_status_e (*compile_file)(const ov_core_t *, const char *, const char *, size_t,
                                ov_compiled_model_t **, ...) =
        symbol(library, "ov_core_compile_model_from_file");
    ov_core_t *core = NULL;
    ov_compiled_model_t *model = NULL;
    const char *pinning = strcmp(given->variant, "pinned") == 0 ? "YES" : "NO";
    check(create_core(&core), "core");
    if (given->cache) check(set_property(core, "CPU", "CACHE_DIR", given->cache), "cache");
    check(compile_file(core, given->model, "CPU", 10, &model, "INFERENCE_PRECISION_HINT", "f32",
                       "INFERENCE_NUM_THREADS", given->threads, "PERFORMANCE_HINT", "LATENCY",
                       "NUM_STREAMS", "1", "ENABLE_CPU_PINNING", pinning), given->model);
    return model;
}

int main(int count, char **arguments) {
    driver_arguments given = parse_arguments(count, arguments);
    library = open_library(given.library);
    ov_status_e (*create_request)(const ov_compiled_model_t *, ov_infer_request_t **) =
        symbol(library, "ov_compiled_model_create_infer_request");
    ov_status_e (*set_input)(ov_infer_request_t *, const ov_tensor_t *) =
        symbol(library, "ov_infer_request_set_input_tensor");
    ov_status_e (*set_output)(ov_infer_request_t *, const ov_tensor_t *) =
        symbol(library, "ov_infer_request_set_output_tensor");
    infer = symbol(library, "ov_infer_request_infer");

    check(create_request(compile(&given), &request), "request");
    check(set_input(request, host_tensor(given.x)), "input");
    check(set_output(request, host_tensor(given.y)), "output");
    predict();
    write_tensor(given.output, given.y);
    serve(predict);
    return 0;
}
