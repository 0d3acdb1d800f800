/// Reading and writing the integers of a ZIP archive.
enum LittleEndian {
    /// The unsigned integer of `Value`'s size at `offset`.
    ///
    /// - Precondition: `bytes` reaches that far.
    static func load<Value: FixedWidthInteger & UnsignedInteger>(
        _ bytes: [UInt8], at offset: Int, as _: Value.Type
    ) -> Value {
        var value: Value = 0
        for index in (0..<MemoryLayout<Value>.size).reversed() {
            value = value << 8 | Value(bytes[offset + index])
        }
        return value
    }

    static func bytes<Value: FixedWidthInteger>(of value: Value) -> [UInt8] {
        (0..<MemoryLayout<Value>.size).map { UInt8(truncatingIfNeeded: value >> Value($0 * 8)) }
    }
}
