import Plan
import SwiftEmitter
import TensorFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A folder that the compiler writes, as a whole or not at all.
///
/// The files are written into a hidden folder beside it, which then takes its place. The list of
/// them stays in the folder, so that another run knows what is its own and replaces it, and leaves
/// alone what is not.
package struct OutputDirectory: Sendable {
    /// What was written: paths within the folder with their sizes.
    package typealias Written = [(path: String, byteCount: Int)]

    package struct Failure: Error, Sendable, Equatable {
        package let message: String
        package let help: String?

        package init(_ message: String, help: String? = nil) {
            self.message = message
            self.help = help
        }
    }

    /// The name of the list.
    package static let listName = ".bnc"
    private static let listHeader = "# Written by bnc, which replaces these files and no others."
    /// What SwiftPM makes when the package is built; it stays.
    private static let byproducts: Set<String> = [".build", ".swiftpm", "Package.resolved"]

    private let path: String
    private let force: Bool

    /// - Parameter force: files may be put into a folder that holds something else; that stays.
    package init(_ path: String, force: Bool = false) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        self.force = force
    }

    /// Whether the folder may be written; asked before the work that makes the files.
    package func check() throws(Failure) {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw Failure("the output folder's path is empty", help: "give one: -o DIR")
        }
        guard FileTree.kind(path) != nil else { return }
        guard FileTree.isDirectory(path) else {
            throw Failure(
                "\(path) is there already and no folder", help: "give another folder: -o DIR")
        }
        if force { return }
        guard let foreign = foreignFiles().first else { return }
        throw Failure(
            own() == nil
                ? "\(path) holds files that bnc did not write, such as \(foreign)"
                : "\(path) holds \(foreign), which bnc did not write",
            help: "give another folder, or --force to write into this one and keep what it holds")
    }

    /// Writes the files.
    package func write(_ files: [EmittedFile]) throws(Failure) -> Written {
        try check()
        let parent = path.lastIndex(of: "/").map {
            $0 == path.startIndex ? "/" : String(path[..<$0])
        }
        let failure = parent.map(FileTree.makeDirectories) ?? 0
        guard failure == 0 else {
            throw Failure("can't make the folder \(parent ?? path): \(Self.text(failure))")
        }
        let name = path.split(separator: "/").last.map(String.init) ?? "bnc"
        let temporary = "\(parent.map { $0 == "/" ? "/" : $0 + "/" } ?? "").\(name).tmp-\(getpid())"
        FileTree.remove(temporary)
        let guarded = Interruption.guarding(temporary)
        defer {
            FileTree.remove(temporary)
            guarded.release()
        }
        let written = try Self.write(files, into: temporary)
        if FileTree.kind(path) == nil {
            let code = Interruption.postponed { rename(temporary, path) == 0 ? 0 : errno }
            guard code == 0 else { throw cantWrite(code) }
        } else if foreignFiles().isEmpty, FileTree.kind(path) == .directory {
            try replace(with: temporary)
        } else {
            try merge(temporary)
        }
        return written
    }

    private static func write(
        _ files: [EmittedFile], into directory: String
    ) throws(Failure) -> Written {
        var written: Written = []
        for file in files {
            let target = "\(directory)/\(file.path)"
            let failure = FileTree.makeDirectories(String(target[..<target.lastIndex(of: "/")!]))
            guard failure == 0 else {
                throw Failure("can't make a folder for \(target): \(text(failure))")
            }
            written.append((file.path, try write(file.contents, to: target)))
        }
        let list = ([listHeader] + files.map(\.path)).joined(separator: "\n") + "\n"
        _ = try write(.text(list), to: "\(directory)/\(listName)")
        return written
    }

    /// Writes one file and returns its size.
    package static func write(
        _ contents: EmittedFile.Contents, to path: String
    ) throws(Failure) -> Int {
        do throws(TensorFileError) {
            var count = 0
            try AtomicFile.write(to: path) { (writer) throws(TensorFileError) in
                switch contents {
                case .text(let text): try writer.write(text)
                case .weights(let header, let floats):
                    try writer.write(header)
                    try writer.write(floats)
                }
                count = writer.byteCount
            }
            return count
        } catch {
            throw Failure("\(error.path): \(error.message)", help: error.help)
        }
    }

    // MARK: What is there

    /// The files that an earlier run wrote; nil if none did.
    private func own() -> Set<String>? {
        guard let file = fopen("\(path)/\(Self.listName)", "r") else { return nil }
        defer { fclose(file) }
        var text: [UInt8] = []
        var byte = fgetc(file)
        while byte != EOF, text.count < 1 << 20 {
            text.append(UInt8(truncatingIfNeeded: byte))
            byte = fgetc(file)
        }
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
        guard lines.first == Self.listHeader else { return nil }
        return Set(lines.dropFirst()).union([Self.listName])
    }

    private func foreignFiles() -> [String] {
        let own = own()
        let skipped = own == nil ? [] : Self.byproducts
        return FileTree.files(below: path, skipping: skipped).filter { own?.contains($0) != true }
    }

    // MARK: Taking its place

    /// Swaps the folders, keeps the byproducts of building, and drops the old one.
    private func replace(with temporary: String) throws(Failure) {
        let code = Interruption.postponed { Self.exchange(temporary, path) ? 0 : errno }
        guard code == 0 else { throw cantWrite(code) }
        for name in Self.byproducts where FileTree.kind("\(temporary)/\(name)") != nil {
            _ = rename("\(temporary)/\(name)", "\(path)/\(name)")
        }
    }

    /// Moves each file to its place, among what else is there.
    private func merge(_ temporary: String) throws(Failure) {
        for file in FileTree.files(below: temporary) {
            let target = "\(path)/\(file)"
            let failure = FileTree.makeDirectories(String(target[..<target.lastIndex(of: "/")!]))
            guard failure == 0, rename("\(temporary)/\(file)", target) == 0 else {
                throw Failure(
                    "can't write \(target): \(Self.text(failure == 0 ? errno : failure))")
            }
        }
    }

    /// Gives each of two folders the other's name: at once where Swift can ask the system to, else
    /// in three steps.
    private static func exchange(_ a: String, _ b: String) -> Bool {
        #if canImport(Darwin)
            if renamex_np(a, b, UInt32(RENAME_SWAP)) == 0 { return true }
        #endif
        let aside = a + ".old"
        guard rename(b, aside) == 0 else { return false }
        guard rename(a, b) == 0 else {
            _ = rename(aside, b)
            return false
        }
        return rename(aside, a) == 0
    }

    private func cantWrite(_ code: Int32) -> Failure {
        Failure("can't write \(path): \(Self.text(code))")
    }

    private static func text(_ code: Int32) -> String { String(cString: strerror(code)) }
}
