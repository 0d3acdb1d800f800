// What every driver shares: files of raw float32, a clock, and the loop that compare.py talks to.
//
// A driver loads a model, makes one prediction, writes its output and prints "ready". Then it reads
// commands: "time SECONDS FILE" predicts for so long and writes the microseconds per prediction to
// FILE, one float64 for each block; a block is as many predictions as take BLOCK_MICROSECONDS, so
// that reading the clock costs nothing even beside the smallest model. It ends with its input.
//
// Drivers of peers are called as
//
//     driver LIBRARY MODEL THREADS VARIANT INPUT SHAPE OUTPUT SHAPE [CACHE]
//
// with files of raw float32 and shapes such as 1,28,28,1. With CACHE the engine keeps there what it
// prepares from the model, and starts from it the next time.
#ifndef BENCHMARK_DRIVER_H
#define BENCHMARK_DRIVER_H

#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BLOCK_MICROSECONDS 20.0
#define MAXIMUM_SAMPLES 4000000

static _Noreturn inline void fail(const char *what, const char *why) {
    fprintf(stderr, "error: %s: %s\n", what, why ? why : "unknown");
    exit(1);
}

static inline double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline void *open_library(const char *path) {
    void *library = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
    if (!library) fail(path, dlerror());
    return library;
}

// A function of a shared library.
static inline void *symbol(void *library, const char *name) {
    void *address = dlsym(library, name);
    if (!address) fail(name, dlerror());
    return address;
}

// A tensor in memory that is aligned for every engine.
typedef struct {
    int64_t sizes[8];
    int rank;
    size_t count;
    float *values;
} tensor;

// A tensor of zeros.
static inline tensor make_tensor(const char *shape) {
    tensor t = {.rank = 0, .count = 1};
    for (const char *p = shape; *p && t.rank < 8;) {
        char *end;
        t.sizes[t.rank] = strtoll(p, &end, 10);
        t.count *= (size_t)t.sizes[t.rank++];
        p = *end == ',' ? end + 1 : end;
    }
    size_t bytes = (t.count * sizeof(float) + 127) / 64 * 64;
    t.values = aligned_alloc(64, bytes);
    memset(t.values, 0, bytes);
    return t;
}

static inline tensor read_tensor(const char *path, const char *shape) {
    tensor t = make_tensor(shape);
    FILE *file = fopen(path, "rb");
    if (!file || fread(t.values, sizeof(float), t.count, file) != t.count)
        fail(path, "can't be read");
    fclose(file);
    return t;
}

static inline void write_tensor(const char *path, tensor t) {
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(t.values, sizeof(float), t.count, file) != t.count || fclose(file))
        fail(path, "can't be written");
}

// What a peer's driver is called with; `cache` is NULL where none is wanted.
typedef struct {
    const char *library, *model, *threads, *variant, *output, *cache;
    tensor x, y;
} driver_arguments;

static inline driver_arguments parse_arguments(int count, char **given) {
    if (count != 9 && count != 10)
        fail("usage", "driver LIBRARY MODEL THREADS VARIANT INPUT SHAPE OUTPUT SHAPE [CACHE]");
    return (driver_arguments){
        .library = given[1], .model = given[2], .threads = given[3], .variant = given[4],
        .output = given[7], .cache = count == 10 ? given[9] : NULL,
        .x = read_tensor(given[5], given[6]), .y = make_tensor(given[8]),
    };
}

// Warms up, and finds how many predictions make a block; an interrupted try doesn't count.
static inline long block_size(void (*predict)(void)) {
    long block = 1;
    for (double end = now() + 1e-3;;) {
        double best = 1e9;
        for (int attempt = 0; attempt < 5 && best * 1e6 >= BLOCK_MICROSECONDS; attempt++) {
            double t = now();
            for (long i = 0; i < block; i++) predict();
            t = now() - t;
            if (t < best) best = t;
            if (best > 0.01) break;
        }
        if (best * 1e6 < BLOCK_MICROSECONDS)
            block *= 2;
        else if (now() >= end)
            return block;
    }
}

// Measures `predict` whenever standard input asks for it.
static inline void serve(void (*predict)(void)) {
    char line[4096], path[4096];
    double seconds;
    printf("ready\n");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "time %lf %4095s", &seconds, path) != 2) fail("command", line);
        long block = block_size(predict);
        size_t count = 0, capacity = 1024;
        double *samples = malloc(capacity * sizeof(double)), start = now(), end = start + seconds;
        while ((start < end || !count) && count < MAXIMUM_SAMPLES) {
            for (long i = 0; i < block; i++) predict();
            double stop = now();
            if (count == capacity) samples = realloc(samples, (capacity *= 2) * sizeof(double));
            samples[count++] = (stop - start) * 1e6 / (double)block;
            start = now();
        }
        FILE *file = fopen(path, "wb");
        if (!file || fwrite(samples, sizeof(double), count, file) != count || fclose(file))
            fail(path, "can't be written");
        free(samples);
        printf("done %ld\n", block);
        fflush(stdout);
    }
}

#endif
