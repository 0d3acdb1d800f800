import IR

/// The elements of a constant in double precision: what is computed from constants at compile time
/// is computed here and rounded once, at the end.
///
/// What every element shares stays a splat; what depends on an undefined number is undefined.
enum WideElements: Equatable {
    case undefined
    case splat(Double)
    case list([Double])

    /// A list whose elements are all alike is a splat.
    init(_ constant: Constant) {
        switch constant.data {
        case .undefined: self = .undefined
        case .splat(let value): self = .splat(Double(value))
        case .floats(let values):
            if let first = values.first, values.allSatisfy({ $0 == first }) {
                self = .splat(Double(first))
            } else {
                self = .list(values.map(Double.init))
            }
        case .integers(let values): self = .list(values.map(Double.init))
        }
    }

    /// Rounded to `Float`.
    var data: ConstantData {
        switch self {
        case .undefined: .undefined
        case .splat(let value): .splat(Float(value))
        case .list(let values): .floats(values.map { Float($0) })
        }
    }

    var isSplat: Bool { if case .splat = self { true } else { false } }
    var isDefined: Bool { self != .undefined }

    func map(_ function: (Double) -> Double) -> WideElements {
        switch self {
        case .undefined: .undefined
        case .splat(let value): .splat(function(value))
        case .list(let values): .list(values.map(function))
        }
    }

    func combined(
        with other: WideElements, _ function: (Double, Double) -> Double
    ) -> WideElements {
        switch (self, other) {
        case (.undefined, _), (_, .undefined): .undefined
        case (.splat(let a), .splat(let b)): .splat(function(a, b))
        case (.splat(let a), .list(let values)): .list(values.map { function(a, $0) })
        case (.list(let values), .splat(let b)): .list(values.map { function($0, b) })
        case (.list(let a), .list(let b)): .list(zip(a, b).map(function))
        }
    }

    /// Whether all elements are known and pass.
    func allSatisfy(_ test: (Double) -> Bool) -> Bool {
        switch self {
        case .undefined: false
        case .splat(let value): test(value)
        case .list(let values): values.allSatisfy(test)
        }
    }

    /// The elements at `indices` of this list.
    func gathered(_ indices: [Int]) -> WideElements {
        guard case .list(let values) = self else { return self }
        return .list(indices.map { values[$0] })
    }

    /// Element `index`; the elements must be defined.
    subscript(_ index: Int) -> Double {
        switch self {
        case .undefined: preconditionFailure("the constant is undefined")
        case .splat(let value): value
        case .list(let values): values[index]
        }
    }

    static func * (a: WideElements, b: WideElements) -> WideElements { a.combined(with: b, *) }
    static func + (a: WideElements, b: WideElements) -> WideElements { a.combined(with: b, +) }
    static func - (a: WideElements, b: WideElements) -> WideElements { a.combined(with: b, -) }
}
