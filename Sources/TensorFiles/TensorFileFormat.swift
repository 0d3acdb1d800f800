/// The file formats that hold tensors.
package enum TensorFileFormat: String, Sendable, CaseIterable {
    case npy, npz, safetensors

    /// The format a path's extension names, in either case; nil for any other.
    package init?(path: String) {
        guard let name = Self.fileExtension(of: path) else { return nil }
        self.init(rawValue: name.lowercased())
    }

    /// "a" or "an", as the format's name is spoken.
    var article: String { self == .safetensors ? "a" : "an" }

    /// What follows the last dot of the path's last part; nil if there is none.
    static func fileExtension(of path: String) -> String? {
        let name = PathAdvice.split(path).name
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
        return String(name[name.index(after: dot)...])
    }

    /// The first bytes that tell what a file holds.
    static let sniffedByteCount = 24

    /// The format those bytes belong to; nil if to none of these.
    init?(sniffing bytes: [UInt8]) {
        if bytes.starts(with: NpyHeader.magic) {
            self = .npy
        } else if bytes.starts(with: Array("PK\u{3}\u{4}".utf8))
            || bytes.starts(with: Array("PK\u{5}\u{6}".utf8))
        {
            self = .npz
        } else if bytes.count >= 9, bytes[8] == UInt8(ascii: "{"),
            LittleEndian.load(bytes, at: 0, as: UInt64.self)
                <= UInt64(SafetensorsHeader.maximumByteCount)
        {
            self = .safetensors
        } else {
            return nil
        }
    }

    /// How to come by the file that was meant, where a foreign one only stands in its place.
    static func help(about foreign: String) -> String? {
        switch foreign {
        case gitPointer: "`git lfs pull` fetches the file itself"
        case webPage:
            "the download failed, or was that of a page about the file: load the file itself"
        default: nil
        }
    }

    private static let gitPointer = "a pointer of Git LFS"
    private static let webPage = "a web page"

    /// What else the bytes look like, for an error; nil if unknown.
    static func foreignFormat(_ bytes: [UInt8]) -> String? {
        let known: [([UInt8], String)] = [
            ([0x89] + Array("HDF".utf8), "HDF5"),
            ([0x1F, 0x8B], "gzip"),
            ([0x80, 0x02], "a Python pickle"), ([0x80, 0x03], "a Python pickle"),
            ([0x80, 0x04], "a Python pickle"), ([0x80, 0x05], "a Python pickle"),
            ([0x89] + Array("PNG".utf8), "a PNG image"),
            ([0xFF, 0xD8, 0xFF], "a JPEG image"),
            (Array("version https://git-lfs".utf8), gitPointer),
            (Array("<!DOCTYPE html".utf8), webPage), (Array("<!doctype html".utf8), webPage),
            (Array("<html".utf8), webPage),
        ]
        if let found = known.first(where: { bytes.starts(with: $0.0) }) { return found.1 }
        if bytes.dropFirst(4).starts(with: "TFL3".utf8) { return "a TensorFlow Lite model" }
        // A protocol buffer whose first field is a small version, and whose next is a text or a message.
        let isModel =
            bytes.count > 2 && bytes[0] == 0x08 && (1...32).contains(bytes[1])
            && [0x12, 0x3A, 0x42].contains(bytes[2])
        return isModel ? "an ONNX model" : nil
    }
}
