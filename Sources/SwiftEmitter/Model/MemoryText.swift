/// The part of an emitted file that holds memory: the arena, and weights mapped from their file.
extension ModelSource {
    /// Memory of the file's own: mapped weights and the arena.
    func memory(_ out: inout SourceWriter) {
        out.paragraph(Self.memoryText)
        if !options.embedWeights {
            out.line()
            out.paragraph(Self.mapText)
        }
    }

    private static let memoryText = """
        // MARK: - Memory

        /// Floats at an address that is a multiple of 64 bytes.
        private final class Memory: @unchecked Sendable {
            let floats: UnsafeMutablePointer<Float>
            private let base: UnsafeMutableRawPointer
            /// The bytes that were mapped; 0 where the memory was allocated.
            private let mapped: Int

            /// Zeros.
            init(count: Int) {
                #if os(Linux)
                // Fresh pages are zero. Large ones are asked for, where the system has them: a thousand
                // small ones take it milliseconds.
                let page = 1 << 21
                let bytes = (count * 4 + 64 + page - 1) & ~(page - 1)
                if count * 4 > page, let pages = mmap(
                    nil, bytes + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
                    pages != MAP_FAILED
                {
                    let start = pages.alignedUp(toMultipleOf: page)
                    _ = madvise(start, bytes, MADV_HUGEPAGE)
                    base = pages
                    floats = start.bindMemory(to: Float.self, capacity: bytes / 4)
                    mapped = bytes + page
                    return
                }
                #endif
                base = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * 4 + 64, alignment: 64)
                floats = base.bindMemory(to: Float.self, capacity: max(count, 1) + 16)
                floats.initialize(repeating: 0, count: max(count, 1) + 16)
                mapped = 0
            }

            init(mapped base: UnsafeMutableRawPointer, bytes: Int, header: Int) {
                self.base = base
                floats = (base + header).bindMemory(to: Float.self, capacity: (bytes - header) / 4)
                mapped = bytes
            }

            deinit {
                if mapped > 0 { _ = munmap(base, mapped) } else { base.deallocate() }
            }
        }
        """

    private static let mapText = """
        extension Memory {
            struct Problem: Error { let description: String }

            /// A weights file as memory: a header of 64 bytes, then little-endian float32.
            static func map(_ path: String, count: Int, layout: UInt64) -> Result<Memory, Problem> {
                func problem(_ text: String) -> Result<Memory, Problem> {
                    .failure(Problem(description: "weights file \\(path): \\(text)"))
                }
                let file = open(path, O_RDONLY)
                guard file >= 0 else { return problem(String(cString: strerror(errno))) }
                defer { _ = close(file) }
                var status = stat()
                guard fstat(file, &status) == 0 else { return problem(String(cString: strerror(errno))) }
                let size = Int(status.st_size)
                guard size >= 64 else { return problem("\\(size) bytes are too few for its header") }
                guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0), base != MAP_FAILED else {
                    return problem(String(cString: strerror(errno)))
                }
                let memory = Memory(mapped: base, bytes: size, header: 64)
                let magic = UInt32(littleEndian: base.load(as: UInt32.self))
                guard magic == 0x77636e62, UInt32(littleEndian: (base + 4).load(as: UInt32.self)) == 1 else {
                    return problem("not written by this version of bnc")
                }
                guard UInt64(littleEndian: (base + 8).load(as: UInt64.self)) == layout else {
                    return problem("written for another model or with other options; compile again")
                }
                guard size == 64 + count * 4 else {
                    return problem("expected \\(64 + count * 4) bytes, found \\(size)")
                }
                return .success(memory)
            }
        }
        """
}
