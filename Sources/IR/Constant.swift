/// The elements of a constant tensor, row-major.
package enum ConstantData: Sendable, Equatable {
    case floats([Float])
    case integers([Int32])
    /// Every element is this number; costs no memory (a `gamma` that is all ones).
    case splat(Float)
    /// The shape is known and the numbers are not: a model that is inspected without weights.
    /// What is computed from an undefined constant is undefined; it can't be run or packed.
    case undefined
}

/// A tensor known at compile time: a weight under its key in the weights file, or folded.
package struct Constant: Sendable {
    /// `conv2d/kernel`; folded constants keep the name of what they came from.
    package var name: String
    package var type: TensorType
    package var data: ConstantData

    /// - Precondition: the data has as many elements as the type.
    package init(name: String, type: TensorType, data: ConstantData) {
        switch data {
        case .floats(let values): precondition(values.count == type.count, "constant \(name)")
        case .integers(let values): precondition(values.count == type.count, "constant \(name)")
        case .splat, .undefined: break
        }
        self.name = name
        self.type = type
        self.data = data
    }

    package var isDefined: Bool { data != .undefined }

    /// The elements as floats; nil where they are undefined.
    package var floats: [Float]? {
        switch data {
        case .floats(let values): values
        case .integers(let values): values.map(Float.init)
        case .splat(let value): [Float](repeating: value, count: type.count)
        case .undefined: nil
        }
    }

    /// Element `index` without materializing a splat; nil where undefined.
    package func element(_ index: Int) -> Float? {
        switch data {
        case .floats(let values): values[index]
        case .integers(let values): Float(values[index])
        case .splat(let value): value
        case .undefined: nil
        }
    }
}
