import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What must not be left behind when the user interrupts a command: temporary files and folders.
///
///     let guarded = Interruption.guarding("model.tmp-12")
///     defer { guarded.release() }
package enum Interruption {
    private enum Thing: Sendable {
        case path(String)
        case processGroup(pid_t)
        /// A process that is being started, whose number isn't known yet.
        case start
    }
    private struct State: Sendable {
        var things: [Int: Thing] = [:]
        var isEnding = false
    }
    private static let state = Mutex(State())
    private static let next = Atomic(0)

    /// A path to be removed, or processes to be killed, while this is held.
    package struct Guarded: Sendable {
        fileprivate let number: Int

        /// The path may stay from now on, or the processes have ended.
        package func release() { state.withLock { _ = $0.things.removeValue(forKey: number) } }

        /// What is being started has become this process group.
        func started(_ group: pid_t) { state.withLock { $0.things[number] = .processGroup(group) } }
    }

    /// Has a file or folder removed with all it holds if the process is interrupted.
    package static func guarding(_ path: String) -> Guarded { guarding(.path(path)) }

    /// Has an interruption wait for a process group that is about to be started, and kill it.
    static func guardingStart() -> Guarded { guarding(.start) }

    private static func guarding(_ thing: Thing) -> Guarded {
        let number = next.add(1, ordering: .relaxed).newValue
        while true {
            let isEnding = state.withLock { state in
                if !state.isEnding { state.things[number] = thing }
                return state.isEnding
            }
            if !isEnding { return Guarded(number: number) }
            // Nothing is begun any more; the process is about to end.
            usleep(10_000)
        }
    }

    /// A new, empty folder that is removed if the process is interrupted.
    ///
    /// - Returns: nil if none can be made.
    static func guardingTemporaryDirectory() -> (path: String, guarded: Guarded)? {
        let number = next.add(1, ordering: .relaxed).newValue
        return state.withLock { state in
            guard let path = FileTree.makeTemporaryDirectory() else { return nil }
            state.things[number] = .path(path)
            return (path, Guarded(number: number))
        }
    }

    /// Has SIGINT, SIGTERM and SIGHUP clean up before they end the process: the handler, which may
    /// hardly do anything, wakes a thread that may allocate and lock. (A mask and `sigwait` won't
    /// do: Dispatch unblocks signals on the main thread.)
    package static func install() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (readEnd, writeEnd) = (ends[0], ends[1])
        let handler: @convention(c) (Int32) -> Void = { number in
            var byte = UInt8(truncatingIfNeeded: number)
            _ = write(Interruption.writeEnd, &byte, 1)
        }
        for number in [SIGINT, SIGTERM, SIGHUP] {
            let before = signal(number, handler)
            // Ignored by whoever started bnc, as `nohup` does: it stays so.
            if let before, unsafeBitCast(before, to: Int.self) == 1 { signal(number, SIG_IGN) }
        }
        let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { _ in
            var byte: UInt8 = 0
            while read(Interruption.readEnd, &byte, 1) != 1 {}
            Interruption.end(by: Int32(byte))
        }
        #if canImport(Darwin)
            var thread: pthread_t?
            pthread_create(&thread, nil, { body($0) }, nil)
        #else
            var thread = pthread_t()
            pthread_create(&thread, nil, body, nil)
        #endif
    }

    /// The pipe from the handler to the thread; set once, before either is there.
    private nonisolated(unsafe) static var readEnd: Int32 = -1
    private nonisolated(unsafe) static var writeEnd: Int32 = -1

    /// The names under which `AtomicFile` may write what is to be at `path`.
    package static func guardingTemporaries(of path: String) -> [Guarded] {
        (0..<4).map { guarding("\(path).tmp-\(getpid())-\($0)") }
    }

    /// Runs what must not stop halfway, or would make anew what an interruption has removed: an
    /// interruption takes effect after it, and after an interruption it doesn't begin.
    package static func postponed<Result>(_ body: () -> Result) -> Result {
        state.withLock { _ in body() }
    }

    private static func end(by signalNumber: Int32) -> Never {
        state.withLock { $0.isEnding = true }
        for _ in 0..<500 {
            let isStarting = state.withLock { state in
                state.things.values.contains { if case .start = $0 { true } else { false } }
            }
            if !isStarting { break }
            usleep(10_000)
        }
        // Held to the end, so that nothing goes on, and nobody complains of a program that was killed.
        state.withLock { state -> Never in
            for case .processGroup(let group) in state.things.values { end(group) }
            // A killed process may take a moment to end; until then it can still make files.
            for _ in 0..<50 {
                var isClean = true
                for case .path(let path) in state.things.values where FileTree.kind(path) != nil {
                    FileTree.remove(path)
                    isClean = false
                }
                if isClean { break }
                usleep(10_000)
            }
            // Ends as an interrupted process does, so that a shell knows.
            signal(signalNumber, SIG_DFL)
            kill(getpid(), signalNumber)
            sleep(1)
            _exit(128 + signalNumber)
        }
    }

    /// Interrupts the processes, so that a compiler ends those that it started, and kills what is
    /// left after five seconds.
    private static func end(_ group: pid_t) {
        kill(-group, SIGINT)
        for _ in 0..<500 {
            if kill(-group, 0) != 0 { return }
            usleep(10_000)
        }
        kill(-group, SIGKILL)
    }
}
