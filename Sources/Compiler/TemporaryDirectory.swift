/// A folder for what nobody else shall see: below `TMPDIR`, removed also if bnc is interrupted.
///
///     let folder = try TemporaryDirectory()
///     defer { folder.remove() }
struct TemporaryDirectory: Sendable {
    let path: String
    private let guarded: Interruption.Guarded

    init() throws(CompiledEngineError) {
        guard let (path, guarded) = Interruption.guardingTemporaryDirectory() else {
            throw CompiledEngineError("can't make a temporary folder")
        }
        (self.path, self.guarded) = (path, guarded)
    }

    func remove() {
        FileTree.remove(path)
        guarded.release()
    }
}
