@testable import TensorFiles

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
