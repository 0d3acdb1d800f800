#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The machine that a measurement was made on.
package struct Machine: Sendable {
    /// As the vendor calls it.
    package let cpu: String
    package let coreCount: Int

    package static let this = Machine(
        cpu: hostCPUName() ?? "unknown CPU", coreCount: Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))

    /// The most bytes this process ever held in memory; nil where the system doesn't tell.
    package static var peakMemory: Int? {
        #if canImport(Darwin)
            var usage = rusage()
            return getrusage(RUSAGE_SELF, &usage) == 0 ? Int(usage.ru_maxrss) : nil
        #else
            line(of: "/proc/self/status", "VmHWM").flatMap {
                Int($0.filter(\.isNumber)).map { $0 * 1024 }
            }
        #endif
    }

    #if !canImport(Darwin)
        /// What stands behind `key:` in a file of the system.
        fileprivate static func line(of path: String, _ key: String) -> String? {
            guard let file = fopen(path, "r") else { return nil }
            defer { fclose(file) }
            var buffer = [CChar](repeating: 0, count: 512)
            while fgets(&buffer, Int32(buffer.count), file) != nil {
                let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
                let text = String(decoding: bytes, as: UTF8.self)
                guard let colon = text.firstIndex(of: ":"), text.hasPrefix(key) else { continue }
                return text[text.index(after: colon)...].split(whereSeparator: \.isWhitespace)
                    .joined(separator: " ")
            }
            return nil
        }
    #endif

    private static func hostCPUName() -> String? {
        #if canImport(Darwin)
            var size = 0
            guard sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0) == 0 else {
                return nil
            }
            var bytes = [UInt8](repeating: 0, count: size)
            guard sysctlbyname("machdep.cpu.brand_string", &bytes, &size, nil, 0) == 0 else {
                return nil
            }
            return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        #else
            line(of: "/proc/cpuinfo", "model name") ?? line(of: "/proc/cpuinfo", "Model")
        #endif
    }
}
