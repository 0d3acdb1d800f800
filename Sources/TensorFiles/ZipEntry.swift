/// One file in a ZIP archive, as the central directory describes it.
struct ZipEntry {
    enum Method {
        case stored, deflated
    }

    let name: String
    let method: Method
    let checksum: UInt32
    /// Size in the archive.
    let compressedByteCount: Int
    /// Size of the content.
    let byteCount: Int
    /// Where the local header is.
    let headerOffset: Int
    /// Where in the archive the content is; set once the local header has been read.
    var bytes: Range<Int> = 0..<0
}
