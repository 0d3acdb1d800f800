/// The file that holds an emitted model's threads; there is none where no step is split.
extension ModelSource {
    /// It needs the standard library's atomics: macOS 15, iOS 18, or Linux.
    var threadsText: String {
        "// Written by bnc from \(options.specPath). Do not edit: change the spec and compile again.\n\n"
            + Self.threadsTemplate.replacing("MODEL", with: typeName)
            .replacing("COUNT", with: wakesThreads ? "0" : "8") + "\n"
    }

    private static let threadsTemplate = """
        import Synchronization

        #if canImport(Glibc)
        import Glibc
        #elseif canImport(Musl)
        import Musl
        #elseif canImport(Darwin)
        import Darwin
        #endif

        extension MODEL {
            /// The threads that compute parts of steps beside the caller's.
            ///
            /// The caller opens a step by writing the ticket: which of the step's parts nobody has claimed
            /// yet, below a count of all steps so far. The caller claims the first of them and the others the
            /// last: neighbouring parts work on neighbouring memory, which a thread then finds in its own
            /// cache again in the next step. The caller goes on when all claimed parts are done. A thread
            /// without work watches the ticket for a while and then sleeps, so that a program that rarely
            /// predicts has its cores for itself.
            final class Threads {
                /// How long a thread watches the ticket before it sleeps, in nanoseconds.
                private static let patience: UInt64 = 200_000
                /// How many predictions in a row the caller computes alone before it wakes the threads: what
                /// they gain in one must be worth it.
                private static let solitude = COUNT

                /// What the threads have in common, in memory of its own: no reference is counted in a step.
                private struct Shared: ~Copyable {
                    /// Bits 0...15: the first part that is left; 16...31: the one behind the last; above them: how
                    /// many steps there have been.
                    let ticket = Atomic<UInt64>(0)
                    /// Keeps the ticket in cache lines of its own.
                    private let distance = SIMD16<UInt64>()
                    /// Parts that others than the caller have computed, ever.
                    let done = Atomic<UInt64>(0)
                    let sleepers = Atomic<Int>(0)
                    let isOver = Atomic<Bool>(false)
                    /// The open step: written before the ticket opens it, and not again before all is done.
                    let work = UnsafeMutablePointer<Work>.allocate(capacity: 1)
                    let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
                    let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

                    init() {
                        mutex.initialize(to: pthread_mutex_t())
                        wake.initialize(to: pthread_cond_t())
                        pthread_mutex_init(mutex, nil)
                        pthread_cond_init(wake, nil)
                    }

                    deinit {
                        pthread_cond_destroy(wake)
                        pthread_mutex_destroy(mutex)
                        wake.deallocate()
                        mutex.deallocate()
                        work.deallocate()
                    }
                }

                private struct Work {
                    let step: Int
                    let parts: Int
                    let places: Places
                }

                private let shared: UnsafeMutablePointer<Shared>
                private var workers: [pthread_t] = []
                private var steps: UInt64 = 0
                /// How many parts others will have computed when the open step is done.
                private var expected: UInt64 = 0

                // Whether threads help at all is found out by trying, in blocks of predictions: where other
                // programs have the CPUs, a part may lie with a thread that gets none for milliseconds.
                /// Whether the caller computes this block without the others.
                private var isAlone = false
                /// Predictions in a row, without a pause in which threads go to sleep; up to `solitude`.
                private var inRow = 0
                /// When the prediction began, and what the block has taken so far, in nanoseconds.
                private var start: UInt64 = 0
                private var spent: UInt64 = 0
                private var predictions: UInt64 = 0
                /// Steps of the block in which a part was late, and what the caller has waited in them.
                private var late = 0
                private var lost: UInt64 = 0
                /// What a prediction took in the block that is to be compared with this one.
                private var compared: UInt64?
                /// For how many blocks it stays as it is, and for how many it will the next time.
                private var rest = 0
                private var hold = 1
                /// Whether the caller was faster alone when it last tried.
                private var lastAnswer = false

                /// - Parameter count: how many threads compute, the caller's among them; no more than there
                ///   are CPUs for this process will be.
                init(_ count: Int) {
                    shared = .allocate(capacity: 1)
                    shared.initialize(to: Shared())
                    // Signals are for the program's own threads.
                    var all = sigset_t()
                    var old = sigset_t()
                    sigfillset(&all)
                    pthread_sigmask(SIG_SETMASK, &all, &old)
                    for _ in 1..<max(1, min(count, Self.available)) {
                        #if canImport(Glibc)
                        var thread = pthread_t()
                        #else
                        var thread: pthread_t?
                        #endif
                        let problem = pthread_create(&thread, nil, { shared in
                            #if canImport(Darwin)
                            Threads.work(shared.assumingMemoryBound(to: Shared.self))
                            #else
                            Threads.work(shared!.assumingMemoryBound(to: Shared.self))
                            #endif
                            return nil
                        }, shared)
                        // Fewer threads will do.
                        guard problem == 0 else { break }
                        #if canImport(Glibc)
                        workers.append(thread)
                        #else
                        workers.append(thread!)
                        #endif
                    }
                    pthread_sigmask(SIG_SETMASK, &old, nil)
                }

                deinit {
                    pthread_mutex_lock(shared.pointee.mutex)
                    shared.pointee.isOver.store(true, ordering: .sequentiallyConsistent)
                    pthread_cond_broadcast(shared.pointee.wake)
                    pthread_mutex_unlock(shared.pointee.mutex)
                    for worker in workers { pthread_join(worker, nil) }
                    shared.deinitialize(count: 1)
                    shared.deallocate()
                }

                /// CPUs that this process may run on.
                private static var available: Int {
                    #if os(Linux)
                    // Swift's C library lacks this one function.
                    typealias Query = @convention(c) (Int32, Int, UnsafeMutableRawPointer) -> Int32
                    if let symbol = dlsym(nil, "sched_getaffinity") {
                        var set = [UInt64](repeating: 0, count: 128)
                        if unsafeBitCast(symbol, to: Query.self)(0, set.count * 8, &set) >= 0 {
                            return set.reduce(0) { $0 + $1.nonzeroBitCount }
                        }
                    }
                    #endif
                    return max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
                }

                func begin() {
                    if workers.isEmpty { return }
                    let before = start
                    start = Self.now()
                    if Self.solitude > 0 {
                        inRow = start - before < Self.patience ? min(inRow + 1, Self.solitude) : 0
                    }
                }

                /// Ends a prediction, and a block of them after 20 to 60 ms or when it goes badly.
                ///
                /// A block in which little was lost by waiting speaks for itself. After another one the caller
                /// tries a block alone, and whichever was faster stays for a while, longer each time that the
                /// answer is the same.
                func end() {
                    if workers.isEmpty || inRow < Self.solitude { return }
                    spent += Self.now() - start
                    predictions += 1
                    let isBad = late >= 3 && lost > spent / 8
                    guard isBad || spent >= (predictions < 8 ? 60_000_000 : 20_000_000) else { return }
                    let time = spent / predictions
                    if rest > 0 {
                        rest -= 1
                        if rest == 0 { isAlone = false }
                    } else if let before = compared {
                        let wasFaster = time < before
                        hold = wasFaster == lastAnswer ? min(hold * 2, 64) : 1
                        lastAnswer = wasFaster
                        isAlone = wasFaster
                        rest = hold
                        compared = nil
                    } else if lost > spent / 8 {
                        compared = time
                        isAlone = true
                    } else {
                        hold = 1
                    }
                    spent = 0
                    predictions = 0
                    late = 0
                    lost = 0
                }

                /// Computes a step's parts and returns when all are done.
                func run(_ step: Int, parts: Int, _ places: Places) {
                    if workers.isEmpty || isAlone || inRow < Self.solitude {
                        for part in 0..<parts { MODEL.compute(part, of: step, places) }
                        return
                    }
                    shared.pointee.work.initialize(to: Work(step: step, parts: parts, places: places))
                    steps &+= 1
                    shared.pointee.ticket.store(steps << 32 | UInt64(parts) << 16, ordering: .sequentiallyConsistent)
                    // A thread that goes to sleep counts itself before it looks at the ticket for the last time.
                    if shared.pointee.sleepers.load(ordering: .sequentiallyConsistent) > 0 { wake() }
                    let start = Self.now()
                    var own = 0
                    while Self.computeNext(shared, isCaller: true) { own += 1 }
                    expected &+= UInt64(parts - own)
                    if shared.pointee.done.load(ordering: .acquiring) != expected { wait(own, since: start) }
                }

                /// Waits for parts that others have claimed. If that takes much longer than parts do, somebody
                /// has lost its CPU to another program.
                private func wait(_ own: Int, since start: UInt64) {
                    let end = Self.now()
                    let limit = end + 20_000 + (own > 0 ? 2 * (end - start) / UInt64(own) : 1_000_000)
                    var isLate = false
                    while shared.pointee.done.load(ordering: .acquiring) != expected {
                        if isLate { sched_yield() } else { isLate = Self.now() > limit }
                    }
                    if isLate {
                        late += 1
                        lost += Self.now() - end
                    }
                }

                private func wake() {
                    pthread_mutex_lock(shared.pointee.mutex)
                    shared.pointee.sleepers.store(0, ordering: .relaxed)
                    pthread_cond_broadcast(shared.pointee.wake)
                    pthread_mutex_unlock(shared.pointee.mutex)
                }

                /// Whether there are parts that nobody has claimed.
                private static func isOpen(_ ticket: UInt64) -> Bool {
                    ticket & 0xffff < ticket >> 16 & 0xffff
                }

                /// Claims a part of the open step and computes it; false if none is left.
                private static func computeNext(
                    _ shared: UnsafeMutablePointer<Shared>, isCaller: Bool
                ) -> Bool {
                    var ticket = shared.pointee.ticket.load(ordering: .relaxed)
                    while isOpen(ticket) {
                        let (isMine, now) = shared.pointee.ticket.compareExchange(
                            expected: ticket, desired: isCaller ? ticket + 1 : ticket - 0x1_0000,
                            ordering: .acquiring)
                        if isMine {
                            let work = shared.pointee.work.pointee
                            let part = isCaller ? ticket & 0xffff : (ticket >> 16 & 0xffff) - 1
                            MODEL.compute(Int(part), of: work.step, work.places)
                            return true
                        }
                        ticket = now
                    }
                    return false
                }

                /// What a thread does until the model is gone.
                private static func work(_ shared: UnsafeMutablePointer<Shared>) {
                    while !shared.pointee.isOver.load(ordering: .relaxed) {
                        let start = now()
                        while true {
                            if computeNext(shared, isCaller: false) {
                                shared.pointee.done.add(1, ordering: .releasing)
                                break
                            }
                            if shared.pointee.isOver.load(ordering: .relaxed) { return }
                            // Reading the clock is also what keeps this from crowding the memory bus.
                            if now() - start > patience {
                                sleep(shared)
                                break
                            }
                        }
                    }
                }

                /// Sleeps until there is a new step.
                private static func sleep(_ shared: UnsafeMutablePointer<Shared>) {
                    pthread_mutex_lock(shared.pointee.mutex)
                    shared.pointee.sleepers.add(1, ordering: .sequentiallyConsistent)
                    while !isOpen(shared.pointee.ticket.load(ordering: .sequentiallyConsistent)),
                        !shared.pointee.isOver.load(ordering: .sequentiallyConsistent),
                        shared.pointee.sleepers.load(ordering: .relaxed) > 0
                    {
                        pthread_cond_wait(shared.pointee.wake, shared.pointee.mutex)
                    }
                    pthread_mutex_unlock(shared.pointee.mutex)
                }

                /// Nanoseconds on a clock that only goes forward.
                private static func now() -> UInt64 {
                    var time = timespec()
                    clock_gettime(CLOCK_MONOTONIC, &time)
                    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
                }
            }
        }
        """
}
