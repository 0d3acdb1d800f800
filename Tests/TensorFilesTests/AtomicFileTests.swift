import Testing

@testable import TensorFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

struct AtomicFileTests {
    private let scratch = Scratch()

    @Test func writesAndReplaces() throws {
        let path = scratch.path("x")
        for text in ["first", "second"] {
            try AtomicFile.write(to: path) { (writer) throws(TensorFileError) in
                try writer.write(text)
                try writer.write([UInt8(33)])
                try writer.write([Float(1)])
                #expect(writer.byteCount == text.utf8.count + 5)
            }
            #expect(scratch.read("x") == Array(text.utf8) + [33, 0, 0, 0x80, 0x3F])
        }
        #expect(scratch.names == ["x"])
    }

    @Test func aFailureLeavesTheOldFile() throws {
        let path = scratch.write(Array("old".utf8), as: "x")
        for name in ["x", "y"] {
            #expect(throws: TensorFileError(path: "", message: "stop")) {
                try AtomicFile.write(to: scratch.path(name)) { (writer) throws(TensorFileError) in
                    try writer.write([UInt8](repeating: 1, count: 1 << 20))
                    #expect(scratch.names.count == 2)
                    throw TensorFileError(path: "", message: "stop")
                }
            }
            #expect(scratch.names == ["x"])
        }
        #expect(path == scratch.path("x") && scratch.read("x") == Array("old".utf8))
    }

    /// Sizes around the buffer's.
    @Test func largeAndSmallWritesKeepTheirOrder() throws {
        var expected: [UInt8] = []
        try AtomicFile.write(to: scratch.path("x")) { (writer) throws(TensorFileError) in
            for (index, count) in [1, 65_535, 1, 65_536, 7, 65_537, 200_000, 0, 3].enumerated() {
                let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ index) }
                expected += bytes
                try writer.write(bytes)
            }
        }
        #expect(scratch.read("x") == expected)
    }

    @Test func aLeftoverTemporaryIsNoObstacle() throws {
        scratch.write([1], as: "x.tmp-\(getpid())-0")
        try AtomicFile.write(to: scratch.path("x")) { (writer) throws(TensorFileError) in
            try writer.write("new")
        }
        #expect(scratch.names == ["x", "x.tmp-\(getpid())-0"])
        #expect(scratch.read("x") == Array("new".utf8))
    }

    @Test func linksAndModesStay() throws {
        scratch.write([1], as: "x")
        chmod(scratch.path("x"), 0o640)
        #expect(symlink("x", scratch.path("link")) == 0)
        try AtomicFile.write(to: scratch.path("link")) { (writer) throws(TensorFileError) in
            try writer.write("new")
        }
        #expect(scratch.read("x") == Array("new".utf8))
        var status = stat()
        #expect(lstat(scratch.path("link"), &status) == 0)
        #expect(status.st_mode & S_IFMT == S_IFLNK)
        #expect(stat(scratch.path("x"), &status) == 0)
        #expect(status.st_mode & 0o777 == 0o640)
    }

    @Test func devicesAreNotReplaced() throws {
        try AtomicFile.write(to: "/dev/null") { (writer) throws(TensorFileError) in
            try writer.write("nothing")
        }
        var status = stat()
        #expect(stat("/dev/null", &status) == 0)
        #expect(status.st_mode & S_IFMT == S_IFCHR)
    }

    @Test func badPathsAreExplained() {
        func failure(_ path: String) -> String? {
            message { () throws(TensorFileError) in
                try AtomicFile.write(to: path) { (_) throws(TensorFileError) in }
            }
        }
        #expect(
            failure(scratch.path("no/x")) == """
                \(scratch.path)/no/x: can't write: there is no directory '\(scratch.path)/no'
                  help: make it first: mkdir -p \(scratch.path)/no
                """)
        #expect(
            message { () throws(TensorFileError) in
                try AtomicFile.write(to: scratch.path) { (_) throws(TensorFileError) in }
            } == """
                \(scratch.path): expected a file to write, found a directory
                  help: name a file in it
                """)
        #expect(failure("") == "not a path that can be written")
        #expect(scratch.names.isEmpty)
    }
}
