/// A value in an npy header.
enum PythonLiteral: Equatable, CustomStringConvertible {
    case string(String)
    case bool(Bool)
    case integer(Int)
    /// A tuple of integers.
    case integers([Int])
    /// A list: the fields of a structured type, whatever they are.
    case fields
    case none

    var description: String {
        switch self {
        case .string(let text): TensorFileError.quote(text)
        case .bool(let value): value ? "True" : "False"
        case .integer(let value): "\(value)"
        case .integers(let values): "(\(values.map(String.init).joined(separator: ", ")))"
        case .fields: "a list"
        case .none: "None"
        }
    }
}
