import Diagnostics
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Standard output and standard error.
struct Console: Sendable {
    private let descriptor: Int32

    static let output = Console(descriptor: 1)
    static let error = Console(descriptor: 2)

    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Writes all of the text. A reader that has gone away (`bnc inspect | head`) ends the process
    /// quietly, as the system does by default.
    func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = systemWrite(descriptor, rest.baseAddress, rest.count)
                if count < 0 {
                    let number = errno
                    if number == EINTR { continue }
                    if number == EAGAIN {
                        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                        _ = poll(&wait, 1, -1)
                        continue
                    }
                    if descriptor == 1, number != EPIPE { failToWrite(number) }
                    return
                }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        }
    }

    /// A full disk behind `> table.txt` must not look like success.
    private func failToWrite(_ number: Int32) -> Never {
        Console.error.write(
            "bnc: standard output: can't write: \(String(cString: strerror(number)))\n"
                + "  help: make room on the disk, or write elsewhere\n")
        exit(1)
    }

    func style(noColor: Bool) -> TerminalStyle {
        TerminalStyle(
            isTerminal: isTerminal, columns: columns, noColor: noColor, variable: Console.variable)
    }

    private var columns: Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}

/// Seconds on a clock that never jumps.
func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// One line on a terminal's standard error that tells how far a long run is; nothing elsewhere,
/// and nothing during the first second.
struct Progress {
    private let start = monotonicSeconds()
    private var last = 0.0
    private var isShown = false

    mutating func show(_ text: @autoclosure () -> String) {
        let now = monotonicSeconds()
        guard Console.error.isTerminal, now - start > 1, now - last > 0.1 else { return }
        last = now
        isShown = true
        Console.error.write("\r\u{1B}[K\(text())")
    }

    mutating func clear() {
        if isShown { Console.error.write("\r\u{1B}[K") }
        isShown = false
    }
}

/// Progress that several tasks report to.
final class SharedProgress: Sendable {
    private let progress = Mutex(Progress())

    func show(_ text: String) { progress.withLock { $0.show(text) } }
    func clear() { progress.withLock { $0.clear() } }
}
