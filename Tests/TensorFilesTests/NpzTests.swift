import Testing

@testable import TensorFiles

struct NpzTests {
    private let scratch = Scratch()

    @Test func readsWhatNumPyWrites() throws {
        let path = scratch.write(Fixtures.compressedArchive, as: "x.npz")
        let arrays = try Npz.read(path: path)
        #expect(arrays.map(\.name) == ["kernel", "zeros", "flags"])
        #expect(arrays[0].tensor.floats() == [0, 0.5, 1, 1.5, 2, 2.5])
        #expect(arrays[1].tensor.shape == [40, 5])
        #expect(arrays[1].tensor.floats() == [Float](repeating: 0, count: 200))
        #expect(try arrays[2].tensor.int32s() == [1, 0, 1, 0, 1, 0])
        #expect(
            try Npz.entries(path: path) == [
                Npz.Entry(name: "kernel", shape: [2, 3], elementType: .float32),
                Npz.Entry(name: "zeros", shape: [40, 5], elementType: .float64),
                Npz.Entry(name: "flags", shape: [2, 3], elementType: .bool),
            ])
        #expect(try Npz.read("flags", path: path).shape == [2, 3])
        #expect(
            message(scratch) { () throws(TensorFileError) in
                _ = try Npz.read("kernels", path: path)
            } == "x.npz: there is no array 'kernels'\n  help: did you mean 'kernel'?")

        let stored = try Npz.read(path: scratch.write(Fixtures.storedArchive, as: "y.npz"))
        #expect(stored.map(\.name) == ["bias", "step"])
        #expect(stored[0].tensor.floats() == [1.5, -2])
        #expect(try stored[1].tensor.int32s() == [7])
    }

    private var samples: [(name: String, tensor: Tensor)] {
        [
            ("conv/kernel", Tensor(shape: [2, 2], floats: [1, 2, 3, 4])),
            ("größe", Tensor(shape: [], int32s: [5])),
            ("empty", Tensor(shape: [0, 4], elementType: .float64, bytes: [])),
        ]
    }

    private func expectSamples(_ path: String) throws {
        let read = try Npz.read(path: path)
        #expect(read.map(\.name) == samples.map(\.name))
        for ((_, sample), (_, tensor)) in zip(samples, read) {
            #expect(tensor.shape == sample.shape)
            #expect(tensor.elementType == sample.elementType)
            #expect(tensor.bytes == sample.bytes)
        }
        #expect(try Npz.entries(path: path).map(\.shape) == samples.map(\.tensor.shape))
    }

    @Test func roundTrip() throws {
        let path = scratch.path("x.npz")
        try Npz.write(samples, to: path)
        try expectSamples(path)
        let first = scratch.read("x.npz")
        try Npz.write(samples, to: path)
        #expect(scratch.read("x.npz") == first)
        try Npz.write([], to: path)
        #expect(try Npz.read(path: path).isEmpty)
    }

    /// With the limit lowered, small files get the fields of those beyond 4 GB.
    @Test(arguments: [0, 150, 200, 400])
    func wideFields(_ limit: Int) throws {
        let path = scratch.path("x.npz")
        try AtomicFile.write(to: path) { (writer) throws(TensorFileError) in
            var contents: [ZipWriter.Content] = []
            for (name, tensor) in samples {
                let header = try Npy.header(of: tensor, origin: .memory)
                contents.append(
                    ZipWriter.Content(name: name + ".npy", header: header, tensor: tensor))
            }
            try ZipWriter(wideLimit: limit).write(contents, to: &writer)
        }
        try expectSamples(path)
    }

    @Test func writingRefusesNamesThatCollide() {
        let tensor = Tensor(shape: [1], floats: [1])
        #expect(
            message(scratch) { () throws(TensorFileError) in
                try Npz.write([("a", tensor), ("a", tensor)], to: scratch.path("x.npz"))
            } == "x.npz: tensor 'a': two tensors have this name\n  help: rename one of them")
        #expect(scratch.names.isEmpty)
    }

    // MARK: Bad archives

    private func expect(
        _ expected: String, for bytes: [UInt8], _ location: SourceLocation = #_sourceLocation
    ) {
        let path = scratch.write(bytes, as: "x.npz")
        let text = message(scratch) { () throws(TensorFileError) in _ = try Npz.read(path: path) }
        let lines = (text ?? "no error").split(separator: "\n")
        #expect(lines.first ?? "" == "x.npz: " + expected, sourceLocation: location)
        #expect(
            lines.count == 2 && lines[1].hasPrefix("  help: "), sourceLocation: location)
    }

    /// The archive with one byte replaced, counted from the start of a record.
    private func patched(
        _ bytes: [UInt8], _ signature: [UInt8], _ offset: Int, _ values: [UInt8]
    ) -> [UInt8] {
        var bytes = bytes
        let start = bytes.indices.last { bytes[$0...].starts(with: signature) }! + offset
        bytes.replaceSubrange(start..<(start + values.count), with: values)
        return bytes
    }

    private let directory: [UInt8] = [0x50, 0x4B, 1, 2]
    private let local: [UInt8] = [0x50, 0x4B, 3, 4]
    private let end: [UInt8] = [0x50, 0x4B, 5, 6]

    @Test func badArchivesAreExplained() throws {
        let good = Fixtures.compressedArchive
        let size = good.count
        let directoryStart = size - 22 - 3 * 46 - "kernel.npyzeros.npyflags.npy".utf8.count
        expect(
            "expected a ZIP directory at the end of the file, found none",
            for: Array("this is no archive at all".utf8))
        expect(
            "expected a ZIP directory at the end of the file, found none",
            for: Array(good.dropLast(5)))
        expect(
            "the archive is split over several files",
            for: patched(good, end, 4, [1]))
        expect(
            "expected the ZIP directory to end at byte \(size - 22), "
                + "found \(size - 22 - directoryStart) bytes at byte \(directoryStart + 1)",
            for: patched(good, end, 16, LittleEndian.bytes(of: UInt32(directoryStart + 1))))
        expect(
            "expected at most 3 entries in a ZIP directory of 166 bytes, found 9",
            for: patched(good, end, 8, [9, 0, 9, 0]))
        expect(
            "expected the ZIP directory's 2 entries to end at byte \(size - 22), "
                + "they end at byte \(size - 22 - 46 - 9)",
            for: patched(good, end, 8, [2, 0, 2, 0]))
        expect("entry 'flags.npy': it is encrypted", for: patched(good, directory, 8, [1]))
        expect(
            "entry 'flags.npy': expected it stored or deflated, found method 93 (Zstandard)",
            for: patched(good, directory, 10, [93]))
        expect(
            "entry 'flags.npy': the header at byte \(localStart(good)) doesn't agree with the "
                + "archive's directory",
            for: patched(good, local, 30, [UInt8(ascii: "x")]))
        let shifted = patched(good, directory, 24, [0xFF, 0xFF, 0xFF, 0x7F])
        expect(
            "entry 'flags.npy': \(compressedByteCount(good)) bytes in the archive can't be "
                + "2147483647 bytes of content",
            for: shifted)
        expect(
            "entry 'flags.npy': expected the CRC-32 0x00000000, found \(checksum(good))",
            for: patched(good, directory, 16, [0, 0, 0, 0]))
        expect(
            "expected an archive of .npy files, found 'flags.txt'",
            for: patched(
                patched(good, directory, 46, Array("flags.txt".utf8)), local, 30,
                Array("flags.txt".utf8)))
    }

    /// An archive whose directory names the same bytes twice could unfold to any size.
    @Test func entriesCannotOverlap() throws {
        try Npz.write([("a", Tensor(shape: [1], floats: [1]))], to: scratch.path("a.npz"))
        let good = scratch.read("a.npz")
        let start = good.count - 22 - 46 - "a.npy".utf8.count
        let entry = Array(good[start..<(good.count - 22)])
        var bad = Array(good[..<(good.count - 22)]) + entry + Array(good.suffix(22))
        bad = patched(bad, end, 8, [2, 0, 2, 0])
        bad = patched(bad, end, 12, [UInt8(2 * entry.count)])
        expect("entry 'a.npy' at byte 0 overlaps 'a.npy', which ends at byte \(start)", for: bad)
    }

    @Test func namesCannotRepeat() throws {
        let tensor = Tensor(shape: [1], floats: [1])
        try Npz.write([("a", tensor), ("b", tensor)], to: scratch.path("a.npz"))
        let name = Array("a.npy".utf8)
        let bad = patched(
            patched(scratch.read("a.npz"), directory, 46, name), local, 30, name)
        expect("two entries are named 'a.npy'", for: bad)
    }

    @Test func trailingBytesInAnEntryAreAnError() throws {
        let path = scratch.path("a.npz")
        try AtomicFile.write(to: path) { (writer) throws(TensorFileError) in
            let tensor = Tensor(shape: [2], floats: [1, 2])
            let content = ZipWriter.Content(
                name: "a.npy",
                header: npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}"),
                tensor: tensor)
            try ZipWriter().write([content], to: &writer)
        }
        expect(
            "tensor 'a': expected 4 bytes at byte 65 for [1] of float32, found 8",
            for: scratch.read("a.npz"))
    }

    private func localStart(_ bytes: [UInt8]) -> Int {
        bytes.indices.last { bytes[$0...].starts(with: local) }!
    }

    private func compressedByteCount(_ bytes: [UInt8]) -> Int {
        let start = bytes.indices.last { bytes[$0...].starts(with: directory) }!
        return Int(LittleEndian.load(bytes, at: start + 20, as: UInt32.self))
    }

    private func checksum(_ bytes: [UInt8]) -> String {
        let start = bytes.indices.last { bytes[$0...].starts(with: directory) }!
        let value = LittleEndian.load(bytes, at: start + 16, as: UInt32.self)
        let digits = String(value, radix: 16)
        return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
    }
}
