// Functions of the C library, replaced by ones that count. The program's own definitions come before
// the library's wherever they are called from: glibc keeps its own under second names.
#define _GNU_SOURCE
#include "Proof.h"

#include <dlfcn.h>
#include <errno.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static atomic_bool is_counting;
static atomic_long allocations, locks;

static void count(atomic_long *counter) {
    if (atomic_load(&is_counting)) atomic_fetch_add(counter, 1);
}

void *malloc(size_t size) {
    count(&allocations);
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    count(&allocations);
    return __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) {
    count(&allocations);
    return __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size) {
    count(&allocations);
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    return memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
    *result = memalign(alignment, size);
    return *result ? 0 : ENOMEM;
}

void free(void *memory) {
    count(&allocations);
    __libc_free(memory);
}

static int (*lock)(pthread_mutex_t *);
static int (*try_lock)(pthread_mutex_t *);

// Before anything else of the program runs.
__attribute__((constructor(101))) static void find_locks(void) {
    lock = (int (*)(pthread_mutex_t *))dlsym(RTLD_NEXT, "pthread_mutex_lock");
    try_lock = (int (*)(pthread_mutex_t *))dlsym(RTLD_NEXT, "pthread_mutex_trylock");
}

int pthread_mutex_lock(pthread_mutex_t *mutex) {
    count(&locks);
    // Libraries that start earlier have but one thread.
    return lock ? lock(mutex) : 0;
}

int pthread_mutex_trylock(pthread_mutex_t *mutex) {
    count(&locks);
    return try_lock ? try_lock(mutex) : 0;
}

void proof_start(void) {
    atomic_store(&allocations, 0);
    atomic_store(&locks, 0);
    atomic_store(&is_counting, 1);
}

void proof_stop(void) { atomic_store(&is_counting, 0); }

long proof_allocations(void) { return atomic_load(&allocations); }

long proof_locks(void) { return atomic_load(&locks); }

int proof_forbid_system_calls(void) { return prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT); }

void proof_system_call(void) { syscall(SYS_getppid); }

void proof_exit(int status) { syscall(SYS_exit, status); }
