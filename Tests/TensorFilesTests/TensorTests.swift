import Testing

@testable import TensorFiles

struct TensorTests {
    @Test func floatsOfFloat32AreNotCopied() {
        let values: [Float] = [1, -2, .infinity, 0.1]
        let tensor = Tensor(shape: [2, 2], floats: values)
        #expect(tensor.floats() == values)
        #expect(tensor.count == 4)
        let same = values.withUnsafeBufferPointer { original in
            tensor.floats().withUnsafeBufferPointer { original.baseAddress == $0.baseAddress }
        }
        #expect(same)
    }

    @Test func integersConvert() throws {
        func tensor<Value: FixedWidthInteger>(
            _ type: TensorElementType, _ values: [Value]
        ) -> Tensor {
            Tensor(
                shape: [values.count], elementType: type,
                bytes: values.flatMap { LittleEndian.bytes(of: $0) })
        }
        let cases: [(Tensor, [Float], [Int32]?)] = [
            (tensor(.int8, [Int8.min, 5]), [-128, 5], [-128, 5]),
            (tensor(.uint8, [UInt8.max, 5]), [255, 5], [255, 5]),
            (tensor(.int16, [Int16.min, 5]), [-32768, 5], [-32768, 5]),
            (tensor(.uint16, [UInt16.max]), [65535], [65535]),
            (tensor(.int32, [Int32.max, -1]), [2_147_483_648, -1], [.max, -1]),
            (tensor(.uint32, [UInt32.max]), [4_294_967_296], nil),
            (tensor(.uint32, [UInt32(7)]), [7], [7]),
            (tensor(.int64, [Int64.min]), [-0x1p63], nil),
            (tensor(.int64, [Int64(-7)]), [-7], [-7]),
            (tensor(.uint64, [UInt64.max]), [0x1p64], nil),
            (tensor(.bool, [UInt8(0), 1, 2]), [0, 1, 1], [0, 1, 1]),
        ]
        for (tensor, floats, int32s) in cases {
            #expect(tensor.floats() == floats)
            #expect((try? tensor.int32s()) == int32s, "\(tensor.elementType)")
        }
        // 2^24 + 1 lies between two floats, and goes to the even one.
        #expect(tensor(.int32, [Int32(16_777_217)]).floats() == [16_777_216])
    }

    @Test func doublesRoundToNearest() throws {
        let values = [0.1, 1e300, -1e-50, 3]
        let bytes = values.flatMap { LittleEndian.bytes(of: $0.bitPattern) }
        let tensor = Tensor(shape: [4], elementType: .float64, bytes: bytes)
        #expect(tensor.floats() == [0.1, .infinity, -0.0, 3])
    }

    /// Every half, against the formula of IEEE 754.
    @Test func halvesConvertExactly() {
        let bytes = (0...UInt16.max).flatMap { LittleEndian.bytes(of: $0) }
        let tensor = Tensor(shape: [65536], elementType: .float16, bytes: bytes)
        var wrong: [UInt16] = []
        for (pattern, value) in zip(0...UInt16.max, tensor.floats()) {
            let (exponent, fraction) = (Int(pattern >> 10 & 31), Float(pattern & 1023))
            let isRight: Bool
            if exponent == 31 {
                isRight = fraction == 0 ? value.isInfinite : value.isNaN
            } else {
                let significand = exponent == 0 ? fraction : fraction + 1024
                let expected = Float(
                    sign: .plus, exponent: max(exponent, 1) - 25, significand: significand)
                isRight = value.magnitude == expected
            }
            if !isRight || (value.sign == .minus) != (pattern >> 15 == 1) { wrong.append(pattern) }
        }
        #expect(wrong.isEmpty)
    }

    @Test func bfloat16IsTheUpperHalf() throws {
        let bytes: [UInt8] = [0x80, 0x3F, 0x40, 0xC0]
        let tensor = Tensor(shape: [2], elementType: .bfloat16, bytes: bytes)
        #expect(tensor.floats() == [1, -3])
        #expect(try tensor.int32s() == [1, -3])
    }

    @Test func inexactIntegersAreLocated() {
        let floats = Tensor(shape: [2, 3], floats: [1, 2, 3, 4, 5, 6.5])
        #expect(
            message { () throws(TensorFileError) in _ = try floats.int32s() } == """
                expected whole numbers that fit in 32 bits, found 6.5 at [1, 2]
                  help: convert the array before saving it, as in x.astype("int32")
                """)
        let scalar = Tensor(shape: [], floats: [.nan])
        #expect(
            message { () throws(TensorFileError) in _ = try scalar.int32s() }?
                .contains("found nan at []") == true)
    }

    @Test func bytesAreLittleEndian() {
        #expect(Tensor(shape: [1], floats: [1]).bytes == [0, 0, 0x80, 0x3F])
        #expect(Tensor(shape: [2], int32s: [1, -1]).bytes == [1, 0, 0, 0, 255, 255, 255, 255])
    }

    @Test(arguments: TensorElementType.allCases)
    func typesKnowTheirNames(_ type: TensorElementType) {
        #expect(TensorElementType(safetensorsName: type.safetensorsName) == type)
        if let descriptor = type.npyDescriptor {
            #expect(TensorElementType(npyKindAndSize: descriptor.dropFirst()) == type)
            #expect(descriptor.hasSuffix("\(type.byteSize)"))
        } else {
            #expect(type == .bfloat16)
        }
    }
}
