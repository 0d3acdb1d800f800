#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What to tell about a path that can't be opened.
enum PathAdvice {
    /// The error for a failed `open` for reading.
    static func openingFailed(_ path: String, _ code: Int32) -> TensorFileError {
        switch code {
        case ENOENT, ENOTDIR:
            return missing(path)
        case EISDIR:
            return TensorFileError(
                path: path, message: "expected a file, found a directory",
                help: "name a file in it")
        case EACCES, EPERM:
            return TensorFileError(
                path: path, message: "permission denied",
                help: "check who may read it: ls -l \(path)")
        default:
            return TensorFileError(
                path: path, message: "can't open: \(String(cString: strerror(code)))")
        }
    }

    /// `directory` is "." for a bare name and never ends in a slash, except for the root.
    static func split(_ path: String) -> (directory: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
        let directory = slash == path.startIndex ? "/" : String(path[..<slash])
        return (directory, String(path[path.utf8.index(after: slash)...]))
    }

    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func missing(_ path: String) -> TensorFileError {
        if path.isEmpty {
            return TensorFileError(
                path: path, message: "there is no path", help: "give the path of a file")
        }
        if let scheme = path.firstIndex(of: ":"), path[scheme...].hasPrefix("://") {
            return TensorFileError(
                path: path, message: "no such file: this is an address on the network",
                help: "download it first, and give the path of the file")
        }
        let (directory, name) = split(path)
        guard isDirectory(directory) else {
            return TensorFileError(
                path: path,
                message: "no such file: there is no directory \(TensorFileError.quote(directory))")
        }
        let suggestion = EditDistance.nearest(to: name, among: names(in: directory))
        return TensorFileError(
            path: path, message: "no such file",
            help: suggestion.map { suggestion in
                let prefix = path.utf8.dropLast(name.utf8.count)
                return "did you mean '\(Substring(prefix))\(suggestion)'?"
            })
    }

    /// The names in a directory, at most ten thousand: a suggestion isn't worth more.
    private static func names(in directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while names.count < 10_000, let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                // The system ends `d_name` with a zero within the tuple.
                tuple.withMemoryRebound(
                    to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)
                ) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
