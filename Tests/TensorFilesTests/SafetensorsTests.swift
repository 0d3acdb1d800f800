import Testing

@testable import TensorFiles

struct SafetensorsTests {
    private let scratch = Scratch()

    @Test func readsWhatTheReferenceWrites() throws {
        let file = try SafetensorsFile.open(
            path: scratch.write(Fixtures.safetensors, as: "x.safetensors"))
        #expect(Set(file.names) == ["dense/kernel", "mask", "step"])
        #expect(file.metadata == ["format": "np"])
        #expect(file.info("dense/kernel")?.shape == [2, 3])
        #expect(file.info("mask")?.elementType == .bool)
        #expect(file.info("nothing") == nil)
        #expect(try file.read("dense/kernel").floats() == [0, 1, 2, 3, 4, 5])
        #expect(try file.read("mask").int32s() == [1, 0, 1])
        let step = try file.read("step")
        #expect(step.shape == [])
        #expect(try step.int32s() == [9])
    }

    @Test func roundTrip() throws {
        var tensors: [(name: String, tensor: Tensor)] = []
        for (index, type) in TensorElementType.allCases.enumerated() {
            let bytes = (0..<(6 * type.byteSize)).map { UInt8(truncatingIfNeeded: $0 * 37 + index) }
            let name = "layer \(index)/\"kernel\"\\\u{1}é"
            tensors.append((name, Tensor(shape: [3, 2], elementType: type, bytes: bytes)))
        }
        tensors.append(("scalar", Tensor(shape: [], floats: [7])))
        tensors.append(("empty", Tensor(shape: [3, 0], floats: [])))
        tensors.append(("", Tensor(shape: [1], int32s: [-5])))
        let metadata = ["b": "2", "a": "1\n"]
        let path = scratch.path("x.safetensors")
        try Safetensors.write(tensors, metadata: metadata, to: path)
        let first = scratch.read("x.safetensors")
        let file = try SafetensorsFile.open(path: path)
        #expect(file.names == tensors.map(\.name))
        #expect(file.metadata == metadata)
        for (name, tensor) in tensors {
            let read = try file.read(name)
            #expect(read.shape == tensor.shape)
            #expect(read.elementType == tensor.elementType)
            #expect(read.bytes == tensor.bytes)
        }
        try Safetensors.write(tensors, metadata: metadata, to: path)
        #expect(scratch.read("x.safetensors") == first)
    }

    @Test func theBytesAreThese() throws {
        try Safetensors.write(
            [
                ("a", Tensor(shape: [1], elementType: .uint8, bytes: [7])),
                ("b", Tensor(shape: [1, 1], floats: [1])),
            ], to: scratch.path("x.safetensors"))
        let header =
            #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[4,5]},"#
            + #""b":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}"#
        let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
        #expect(
            scratch.read("x.safetensors")
                == safetensors(padded) + [0, 0, 0x80, 0x3F, 7])
    }

    /// The header's length comes first, and may be what a file of another format begins with.
    @Test(arguments: [0x280, 0x380, 0x8B1F, 0x4048, 0x5089])
    func lengthsThatLookLikeOtherFormats(_ length: Int) throws {
        let header = #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
        let padded = header + String(repeating: " ", count: length - header.utf8.count)
        let bytes = safetensors(padded) + [0, 0, 0x80, 0x3F]
        let file = try SafetensorsFile.open(path: scratch.write(bytes, as: "x.safetensors"))
        #expect(try file.read("a").floats() == [1])
    }

    @Test func namesThatDifferInNormalizationStayApart() throws {
        let path = scratch.path("x.safetensors")
        try Safetensors.write(
            [
                ("e\u{301}", Tensor(shape: [1], floats: [1])),
                ("\u{e9}", Tensor(shape: [1], floats: [2])),
            ], to: path)
        let file = try SafetensorsFile.open(path: path)
        #expect(try file.read("e\u{301}").floats() == [1])
        #expect(try file.read("\u{e9}").floats() == [2])
    }

    @Test func writingRefusesNamesThatCollide() {
        let tensor = Tensor(shape: [1], floats: [1])
        let path = scratch.path("x.safetensors")
        #expect(
            message(scratch) { () throws(TensorFileError) in
                try Safetensors.write([("a", tensor), ("a", tensor)], to: path)
            } == "x.safetensors: two tensors are named 'a'\n  help: rename it")
        #expect(
            message(scratch) { () throws(TensorFileError) in
                try Safetensors.write([("__metadata__", tensor)], to: path)
            } == """
                x.safetensors: '__metadata__' can't be a tensor's name, safetensors uses it for \
                metadata
                  help: rename it
                """)
        #expect(scratch.names.isEmpty)
    }

    @Test func anUnknownNameGetsASuggestion() throws {
        let file = try SafetensorsFile.open(
            path: scratch.write(Fixtures.safetensors, as: "x.safetensors"))
        #expect(
            message(scratch) { () throws(TensorFileError) in _ = try file.read("dense/kernal") }
                == """
                x.safetensors: there is no tensor 'dense/kernal'
                  help: did you mean 'dense/kernel'?
                """)
        #expect(
            message(scratch) { () throws(TensorFileError) in _ = try file.read("conv/bias") }
                == "x.safetensors: there is no tensor 'conv/bias'")
    }

    /// Error texts, each for the file it is about.
    @Test(
        arguments: [
            ([1, 2, 3], "expected the header's length in the first 8 bytes, found 3 bytes"),
            (
                [UInt8](repeating: 0xFF, count: 20),
                "expected a header of 2 to 100000000 bytes, found 18446744073709551615 at byte 0"
            ),
            (
                LittleEndian.bytes(of: UInt64(50)) + Array("{}".utf8),
                "expected a header of 50 bytes at byte 8, found 2 bytes"
            ),
            (
                safetensors("[]"),
                "expected the header to start with '{' at byte 8, found byte 0x5b"
            ),
            (safetensors("{} x"), "header, byte 11: expected nothing more, found 'x'"),
            (
                safetensors(#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{}}"#),
                "header, byte 62: the name 'a' stands there twice"
            ),
            (
                safetensors(
                    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, byteCount: 5),
                "expected 70 bytes, found 67"
            ),
            (
                safetensors(
                    #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, byteCount: 8),
                "header, byte 9: tensor 'a': expected 12 bytes for [3] of F32, found data_offsets "
                    + "[0, 8]"
            ),
            (
                safetensors(#"{"a":{"dtype":"F8_E4M3","shape":[],"data_offsets":[0,1]}}"#),
                "header, byte 22: tensor 'a': the dtype 'F8_E4M3' is not supported, "
                    + "expected one of F32, F64, F16, BF16, I8, U8, I16, U16, I32, U32, I64, "
                    + "U64, BOOL"
            ),
            (
                safetensors(
                    #"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}"#),
                "header, byte 9: tensor 'a': the shape [4294967296, 4294967296] "
                    + "is larger than any file"
            ),
            (
                safetensors(#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,8]}}"#),
                "header, byte 37: tensor 'a': expected a non-negative integer, found '-'"
            ),
            (
                safetensors(#"{"a":{"dtype":"F32","data_offsets":[0,8]}}"#),
                "header, byte 9: tensor 'a': 'shape' is missing"
            ),
            (
                safetensors(#"{"a":{"dtype":"F32","shape":[],"data_offsets":[4]}}"#),
                "header, byte 9: tensor 'a': expected two 'data_offsets', found 1"
            ),
            (
                safetensors(
                    #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"#
                        + #""b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#, byteCount: 3),
                "tensor 'b': its data at byte 114 overlaps another tensor's, which ends at byte 115"
            ),
            (
                safetensors(
                    #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#, byteCount: 3),
                "tensor 'a': expected its data at byte 61, found it at byte 62: "
                    + "1 byte without a tensor"
            ),
            (
                safetensors(
                    #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, byteCount: 9),
                "expected 63 bytes, found 70: 7 bytes at the end without a tensor"
            ),
            (
                safetensors(#"{"__metadata__":{"a":1}}"#),
                "header, byte 29: expected a string, found '1'"
            ),
        ] as [([UInt8], String)])
    func aBadFileIsExplained(_ bytes: [UInt8], _ expected: String) throws {
        let path = scratch.write(bytes, as: "x.safetensors")
        let text = try #require(
            message(scratch) { () throws(TensorFileError) in
                _ = try SafetensorsFile.open(path: path)
            })
        let lines = text.split(separator: "\n")
        #expect(lines.first ?? "" == "x.safetensors: " + expected)
        #expect(lines.count == 2 && lines[1].hasPrefix("  help: "))
    }

    @Test func aShrinkingFileIsAnError() throws {
        let path = scratch.write(Fixtures.safetensors, as: "x.safetensors")
        let file = try SafetensorsFile.open(path: path)
        scratch.write(Array(Fixtures.safetensors.prefix(100)), as: "x.safetensors")
        let text = message(scratch) { () throws(TensorFileError) in
            _ = try file.read("dense/kernel")
        }
        #expect(text?.hasPrefix("x.safetensors: the file got shorter while it was read") == true)
    }

    @Test func namesCannotObeyTheTerminal() {
        #expect(TensorFileError.quote("a\u{1b}[2J\u{202e}b") == "'a\\u{1b}[2J\\u{202e}b'")
        #expect(TensorFileError.quote(String(repeating: "x", count: 500)).count == 123)
    }
}
