// What a program is watched with while it predicts: see AllocationTests.swift.

/// Counts from now on, from zero.
void proof_start(void);
/// Stops counting.
void proof_stop(void);
/// Calls of malloc and its kin, and of free.
long proof_allocations(void);
/// Mutexes that were locked.
long proof_locks(void);
/// From now on the kernel kills the process at any system call but read, write and exit. Returns 0
/// where it can.
int proof_forbid_system_calls(void);
/// A system call that is then forbidden.
void proof_system_call(void);
/// Ends the process by the one call that remains allowed.
void proof_exit(int status);
