import Testing

@testable import TensorFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A directory of its own for one test, removed with all it holds.
final class Scratch {
    let path: String

    init() {
        var template = Array("/tmp/tensor-files-XXXXXX".utf8CString)
        precondition(mkdtemp(&template) != nil)
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    deinit {
        for name in names { unlink("\(path)/\(name)") }
        for name in names { rmdir("\(path)/\(name)") }
        rmdir(path)
    }

    /// What is in the directory.
    var names: [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(
                    to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)
                ) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    func path(_ name: String) -> String { "\(path)/\(name)" }

    @discardableResult
    func write(_ bytes: [UInt8], as name: String) -> String {
        let file = fopen(path(name), "wb")!
        precondition(bytes.isEmpty || fwrite(bytes, 1, bytes.count, file) == bytes.count)
        fclose(file)
        return path(name)
    }

    func read(_ name: String) -> [UInt8] {
        let file = fopen(path(name), "rb")!
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }
}

/// The same sequence in each run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

/// The error `body` throws, without the path of `scratch`; nil if it throws none.
func message(_ scratch: Scratch? = nil, _ body: () throws(TensorFileError) -> Void) -> String? {
    do throws(TensorFileError) {
        try body()
        return nil
    } catch {
        guard let scratch else { return error.description }
        return replacing(scratch.path + "/", in: error.description)
    }
}

/// `text` without any occurrence of `part`.
func replacing(_ part: String, in text: String) -> String {
    var result: [UInt8] = []
    var rest = Array(text.utf8)[...]
    let wanted = Array(part.utf8)
    while let first = rest.first {
        if rest.starts(with: wanted) {
            rest = rest.dropFirst(wanted.count)
        } else {
            result.append(first)
            rest = rest.dropFirst()
        }
    }
    return String(decoding: result, as: UTF8.self)
}

/// `header` as the start of a safetensors file, and `byteCount` bytes of data.
func safetensors(_ header: String, byteCount: Int = 0) -> [UInt8] {
    LittleEndian.bytes(of: UInt64(header.utf8.count)) + Array(header.utf8)
        + [UInt8](repeating: 0, count: byteCount)
}

/// A version 1 npy file with that dictionary and `byteCount` bytes of data.
func npy(_ dictionary: String, byteCount: Int = 0) -> [UInt8] {
    NpyHeader.magic + [1, 0] + LittleEndian.bytes(of: UInt16(dictionary.utf8.count))
        + Array(dictionary.utf8) + [UInt8](repeating: 0, count: byteCount)
}
