import Testing

@testable import TensorFiles

struct NpyTests {
    private let scratch = Scratch()

    @Test func readsWhatNumPyWrites() throws {
        let columns = try Npy.parse(Fixtures.fortranBigEndian)
        #expect(columns.shape == [2, 3])
        #expect(columns.elementType == .int16)
        #expect(try columns.int32s() == [0, 1, 2, 3, 4, 5])
        let quarters = try Npy.read(path: scratch.write(Fixtures.version3, as: "x.npy"))
        #expect(quarters.elementType == .float64)
        #expect(quarters.floats() == [0, 0.25, 0.5, 0.75, 1, 1.25])
    }

    @Test(arguments: TensorElementType.allCases.filter { $0 != .bfloat16 })
    func roundTrip(_ type: TensorElementType) throws {
        for shape in [[], [0], [5], [2, 3], [2, 1, 4, 3]] {
            let count = shape.reduce(type.byteSize, *)
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 41 + 3) }
            let tensor = Tensor(shape: shape, elementType: type, bytes: bytes)
            try Npy.write(tensor, to: scratch.path("x.npy"))
            let written = scratch.read("x.npy")
            #expect((written.count - bytes.count) % 64 == 0)
            for read in [try Npy.read(path: scratch.path("x.npy")), try Npy.parse(written)] {
                #expect(read.shape == shape)
                #expect(read.elementType == type)
                #expect(read.bytes == bytes)
            }
        }
    }

    /// Column-major order of every rank up to four and every width, against the definition.
    @Test(arguments: [TensorElementType.uint8, .int16, .float32, .int64])
    func columnMajor(_ type: TensorElementType) throws {
        for shape in [[7], [3, 5], [40, 33], [2, 3, 4], [4, 1, 3], [2, 3, 4, 5], [3, 0, 2]] {
            let count = shape.reduce(1, *)
            let size = type.byteSize
            let source = (0..<(count * size)).map { UInt8(truncatingIfNeeded: $0 * 31 + $0 >> 8) }
            var expected: [UInt8] = []
            for index in 0..<count {
                // Row-major `index` to coordinates, and those to a column-major offset.
                var rest = index
                var offset = 0
                for axis in shape.indices.reversed() {
                    offset += rest % shape[axis] * shape[..<axis].reduce(1, *)
                    rest /= shape[axis]
                }
                expected += source[(offset * size)..<((offset + 1) * size)]
            }
            let sizes = shape.map { "\($0)," }.joined()
            let descriptor = try #require(type.npyDescriptor)
            let header = npy(
                "{'descr': '\(descriptor)', 'fortran_order': True, 'shape': (\(sizes))}")
            #expect(try Npy.parse(header + source).bytes == expected)
        }
    }

    @Test(arguments: ["<f4", "=f4", "|f4"])
    func nativeOrders(_ descriptor: String) throws {
        let bytes = npy("{'descr':'\(descriptor)','fortran_order':False,'shape':()}")
        #expect(try Npy.parse(bytes + [0, 0, 0x80, 0x3F]).floats() == [1])
    }

    @Test func headersThatPythonReads() throws {
        for text in [
            "{'shape': (2L, 1L), \"fortran_order\": False, 'descr': '>u2'}\n",
            "{\n'descr':'>u2' , 'fortran_order':False,'shape':( 2 , 1 , ) , }   \n",
        ] {
            #expect(try Npy.parse(npy(text) + [1, 0, 0, 2]).int32s() == [256, 2])
        }
    }

    @Test func bfloat16CannotBeWritten() {
        let tensor = Tensor(shape: [1], elementType: .bfloat16, bytes: [0, 0])
        #expect(
            message { () throws(TensorFileError) in try Npy.write(tensor, to: "x.npy") } == """
                x.npy: npy has no bfloat16
                  help: write a .safetensors file, or convert the tensor to float32
                """)
    }

    @Test(
        arguments: [
            (
                Array("PK\u{3}\u{4} is no npy".utf8),
                "expected an npy file to start with \\x93NUMPY, found other bytes"
            ),
            (Array(NpyHeader.magic), "expected an npy header of 10 bytes, found 6 bytes"),
            (
                NpyHeader.magic + [4, 0, 1, 0],
                "expected npy version 1.0, 2.0 or 3.0 at byte 6, found 4.0"
            ),
            (
                NpyHeader.magic + [2, 0, 255, 255, 255, 255],
                "expected a header of at most 1048576 bytes, found 4294967295 at byte 8"
            ),
            (
                NpyHeader.magic + [1, 0, 90, 0, 1],
                "expected an npy header of 100 bytes, found 11 bytes"
            ),
            (
                npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3,)}", byteCount: 8),
                "expected 12 bytes at byte 65 for [3] of float32, found 8"
            ),
            (
                npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3,)}", byteCount: 14),
                "expected 12 bytes at byte 65 for [3] of float32, found 14"
            ),
            (
                npy("{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 2)}"),
                "npy header: the shape [4611686018427387904, 2] is larger than any file"
            ),
            (
                npy("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}"),
                "npy header, byte 61: the number is too large"
            ),
            (
                npy("{'descr': '|O', 'fortran_order': False, 'shape': (3,)}"),
                "npy header, byte 20: the array holds Python objects, 'descr' is '|O'"
            ),
            (
                npy("{'descr': '<U5', 'fortran_order': False, 'shape': (3,)}"),
                "npy header, byte 20: the array holds text, 'descr' is '<U5'"
            ),
            (
                npy("{'descr': '<c8', 'fortran_order': False, 'shape': (3,)}"),
                "npy header, byte 20: the array holds complex numbers, 'descr' is '<c8'"
            ),
            (
                npy("{'descr': '|V2', 'fortran_order': False, 'shape': (3,)}"),
                "npy header, byte 20: the array holds raw bytes without a type "
                    + "(NumPy writes bfloat16 like that), 'descr' is '|V2'"
            ),
            (
                Fixtures.structured,
                "npy header, byte 20: the array is structured (it has named fields), "
                    + "expected plain numbers"
            ),
            (
                npy("{'descr': '<f4', 'shape': (3,)}"),
                "npy header: expected the keys 'descr', 'fortran_order' and 'shape', "
                    + "'fortran_order' is missing"
            ),
            (
                npy("{'descr': '<f4', 'fortran_order': 0, 'shape': (3,)}"),
                "npy header, byte 44: expected 'fortran_order' to be True or False, found 0"
            ),
            (
                npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3)}"),
                "npy header, byte 63: expected ',' after a tuple's only size, found '}'"
            ),
            (
                npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-3,)}"),
                "npy header, byte 61: expected a non-negative integer, found '-'"
            ),
            (
                npy("{'a': 1, 'a': 2}"), "npy header, byte 24: the key 'a' stands there twice"
            ),
        ] as [([UInt8], String)])
    func aBadFileIsExplained(_ bytes: [UInt8], _ expected: String) throws {
        let parsed = message { () throws(TensorFileError) in
            _ = try Npy.parse(bytes, path: "x.npy")
        }
        let path = scratch.write(bytes, as: "x.npy")
        let read = message(scratch) { () throws(TensorFileError) in _ = try Npy.read(path: path) }
        #expect(parsed == read)
        let lines = (read ?? "").split(separator: "\n")
        #expect(lines.first ?? "" == "x.npy: " + expected)
        #expect(lines.count == 2 && lines[1].hasPrefix("  help: "))
    }
}
