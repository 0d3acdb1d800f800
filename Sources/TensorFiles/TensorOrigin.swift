/// Where a tensor comes from, so that whatever goes wrong with it can be located.
struct TensorOrigin: Sendable, Equatable {
    /// A tensor made in memory.
    static let memory = TensorOrigin(path: "")

    var path: String
    /// The tensor's name in a file of several.
    var name: String? = nil

    func error(_ message: String, help: String? = nil) -> TensorFileError {
        let place = name.map { "tensor \(TensorFileError.quote($0)): " } ?? ""
        return TensorFileError(path: path, message: place + message, help: help)
    }
}
