// The fused multiply-add peak of one core: independent accumulators in the widest vectors.
//
// Speaks as driver.h says; a prediction here is OPERATIONS floating-point operations, a number that
// it prints first. Build with -march=native -ffp-contract=fast, and on x86 with
// -mprefer-vector-width=512.
#include "driver.h"

#if defined(__AVX512F__)
#define BYTES 64
#define ACCUMULATORS 28
#elif defined(__AVX__)
#define BYTES 32
#define ACCUMULATORS 12
#elif defined(__aarch64__)
#define BYTES 16
#define ACCUMULATORS 28
#else
#define BYTES 16
#define ACCUMULATORS 12
#endif
#define REPETITIONS 4096
#define OPERATIONS (2.0 * REPETITIONS * ACCUMULATORS * (BYTES / sizeof(float)))

typedef float vector __attribute__((vector_size(BYTES)));

static volatile float sink;
static volatile float factor = 0.999f, term = 0.001f;

static void predict(void) {
    vector sums[ACCUMULATORS], a = {0}, b = {0};
    a += factor;
    b += term;
    for (int i = 0; i < ACCUMULATORS; i++) sums[i] = b * (float)i;
    for (int n = 0; n < REPETITIONS; n++) {
#pragma GCC unroll 28
        for (int i = 0; i < ACCUMULATORS; i++) sums[i] = sums[i] * a + b;
    }
    for (int i = 1; i < ACCUMULATORS; i++) sums[0] += sums[i];
    sink = sums[0][0];
}

int main(void) {
    printf("operations %.0f\n", OPERATIONS);
    serve(predict);
    return 0;
}
