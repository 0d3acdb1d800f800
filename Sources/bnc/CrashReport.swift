#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A broken invariant ends in a trap; the user reads that it is no fault of theirs.
enum CrashReport {
    static let request = """
        This is a bug in bnc. Please report it with the spec that shows it, and with what bnc writes \
        when SWIFT_BACKTRACE=enable=yes is set.
        """

    /// Makes traps exit with code 70. Whoever sets SWIFT_BACKTRACE wants the backtrace instead.
    static func install() {
        guard Console.variable("SWIFT_BACKTRACE") == nil else { return }
        for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] {
            signal(number) { _ in
                // Only what is safe in a signal handler: no allocation, no lock.
                CrashReport.message.withUTF8Buffer { _ = write(2, $0.baseAddress, $0.count) }
                _exit(70)
            }
        }
    }

    private static let message: StaticString = """
        bnc: internal error
        This is a bug in bnc. Please report it with the spec that shows it, and with what bnc writes \
        when SWIFT_BACKTRACE=enable=yes is set.

        """
}
