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
    private static let paths = Mutex<[Int: String]>([:])
    private static let next = Atomic(0)

    /// A path to be removed, while this is held.
    package struct Guarded: Sendable {
        fileprivate let number: Int

        /// The path may stay from now on.
        package func release() { paths.withLock { _ = $0.removeValue(forKey: number) } }
    }

    /// Has a file or folder removed with all it holds if the process is interrupted.
    package static func guarding(_ path: String) -> Guarded {
        let number = next.add(1, ordering: .relaxed).newValue
        paths.withLock { $0[number] = path }
        return Guarded(number: number)
    }

    /// Waits for SIGINT, SIGTERM and SIGHUP on a thread of its own, where cleaning up is allowed to
    /// allocate and lock. To be called before any other thread is started.
    package static func install() {
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { _ in
            var signals = sigset_t()
            sigemptyset(&signals)
            for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
            var received: Int32 = 0
            while sigwait(&signals, &received) != 0 {}
            Interruption.cleanUp()
            // Ends as an interrupted process does, so that a shell knows.
            signal(received, SIG_DFL)
            pthread_sigmask(SIG_UNBLOCK, &signals, nil)
            kill(getpid(), received)
            _exit(128 + received)
        }
        #if canImport(Darwin)
            var thread: pthread_t?
            pthread_create(&thread, nil, { body($0) }, nil)
        #else
            var thread = pthread_t()
            pthread_create(&thread, nil, body, nil)
        #endif
    }

    /// The names under which `AtomicFile` may write what is to be at `path`.
    package static func guardingTemporaries(of path: String) -> [Guarded] {
        (0..<4).map { guarding("\(path).tmp-\(getpid())-\($0)") }
    }

    /// Runs what must not stop halfway; an interruption takes effect after it.
    package static func postponed<Result>(_ body: () -> Result) -> Result {
        paths.withLock { _ in body() }
    }

    private static func cleanUp() {
        // Held to the end, so that nothing is begun any more.
        paths.withLock { paths in
            for path in paths.values { FileTree.remove(path) }
        }
    }
}
