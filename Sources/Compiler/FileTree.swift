#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Files and folders by path, without Foundation.
package enum FileTree {
    package enum Kind: Sendable { case file, directory, link, other }

    /// What is at a path; nil for nothing. A link is not followed.
    package static func kind(_ path: String) -> Kind? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .directory
        case S_IFLNK: return .link
        default: return .other
        }
    }

    package static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    package static func byteCount(_ path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    /// The names in a folder, sorted; nil if it can't be read.
    package static func names(in directory: String) -> [String]? {
        guard let stream = opendir(directory) else { return nil }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                // The system ends `d_name` with a zero within the tuple.
                tuple.withMemoryRebound(
                    to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)
                ) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Paths of all files below a folder, relative to it, sorted; folders named in `skipping` are
    /// not entered.
    package static func files(below directory: String, skipping: Set<String> = []) -> [String] {
        var result: [String] = []
        for name in names(in: directory) ?? [] where !skipping.contains(name) {
            if kind("\(directory)/\(name)") == .directory {
                result += files(below: "\(directory)/\(name)").map { "\(name)/\($0)" }
            } else {
                result.append(name)
            }
        }
        return result
    }

    /// Removes a file, a link, or a folder with all it holds; nothing is no error.
    package static func remove(_ path: String) {
        if kind(path) == .directory {
            for name in names(in: path) ?? [] { remove("\(path)/\(name)") }
            rmdir(path)
        } else {
            unlink(path)
        }
    }

    /// Makes a folder and those above it.
    ///
    /// - Returns: an `errno`, or 0.
    package static func makeDirectories(_ path: String) -> Int32 {
        if isDirectory(path) || path.isEmpty { return 0 }
        if let slash = path.dropLast().lastIndex(of: "/"), slash != path.startIndex {
            let failure = makeDirectories(String(path[..<slash]))
            if failure != 0 { return failure }
        }
        let failure = Interruption.postponed { mkdir(path, 0o777) == 0 ? 0 : errno }
        if failure == 0 || failure == EEXIST { return isDirectory(path) ? 0 : ENOTDIR }
        return failure
    }

    /// A new, empty folder for what nobody else shall see.
    ///
    /// - Returns: nil if none can be made.
    static func makeTemporaryDirectory() -> String? {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array(
            "\(base.hasSuffix("/") ? String(base.dropLast()) : base)/bnc-XXXXXX".utf8CString)
        return template.withUnsafeMutableBufferPointer { buffer in
            mkdtemp(buffer.baseAddress!).map { String(cString: $0) }
        }
    }

    /// Where an executable is found, as a shell would.
    package static func executable(_ name: String) -> String? {
        if name.contains("/") { return access(name, X_OK) == 0 ? name : nil }
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
        for directory in path.split(separator: ":") {
            let candidate = "\(directory)/\(name)"
            if access(candidate, X_OK) == 0, !isDirectory(candidate) { return candidate }
        }
        return nil
    }

    package static func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        guard let pointer = getcwd(nil, 0) else { return path }
        defer { free(pointer) }
        return "\(String(cString: pointer))/\(path)"
    }
}
