import Foundation

/// Floats right before a page that must not be touched.
final class GuardedBuffer {
    let elements: UnsafeMutableBufferPointer<Float>
    private let pages: UnsafeMutableRawPointer
    private let byteCount: Int

    init(_ values: [Float]) {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let bytes = values.count * MemoryLayout<Float>.stride
        let used = (bytes + page - 1) / page * page
        byteCount = used + page
        pages = mmap(
            nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        precondition(pages != MAP_FAILED)
        mprotect(pages + used, page, PROT_NONE)
        let start = (pages + (used - bytes)).bindMemory(to: Float.self, capacity: values.count)
        elements = UnsafeMutableBufferPointer(start: start, count: values.count)
        _ = elements.initialize(from: values)
    }

    deinit { munmap(pages, byteCount) }
}
