import IR
import Plan

/// An epilogue for kernels under test, its operands given by how they lie beside the output.
struct EpilogueCase {
    /// How an operand lies: what its strides are, and in which region it is.
    enum OperandKind {
        /// As the output does, in input 1.
        case same
        /// It is the output's memory.
        case output
        /// One element for each index of the innermost axis, in the constants.
        case channel
        /// One number, in the constants.
        case scalar
        /// One element for each position of the loops around the innermost axis, in input 1.
        case position
    }

    var name: String
    var operands: [OperandKind]
    /// The program, from its operands.
    var program: @Sendable ([Operand]) -> [EpilogueInstruction]

    /// The operands as locations, one stream each from 2 on.
    func instructions(channelsAt constants: Int) -> [EpilogueInstruction] {
        program(
            operands.enumerated().map { index, kind in
                let location: Location =
                    switch kind {
                    case .same, .position: Location(.input(1))
                    case .output: Location(.output(0))
                    case .channel: Location(.constants, constants + index * 3)
                    case .scalar: Location(.constants, constants + index)
                    }
                return Operand(location, stream: index + 2)
            })
    }

    /// Strides of the operands in a loop of which the output's stride and the stride in a row-major
    /// walk of the loops are given.
    func strides(output: Int, position: Int, isInnermost: Bool) -> [Int] {
        operands.map { kind in
            switch kind {
            case .same, .output: output
            case .channel: isInnermost ? 1 : 0
            case .scalar: 0
            case .position: isInnermost ? 0 : position
            }
        }
    }

    private static func unary(
        _ kind: UnaryFunction.Kind, _ parameters: Double...
    ) -> EpilogueInstruction {
        .unary(UnaryFunction(kind: kind, parameters: parameters))
    }

    static let all: [EpilogueCase] = [
        EpilogueCase(name: "none", operands: []) { _ in [] },
        EpilogueCase(name: "relu", operands: []) { _ in [unary(.relu)] },
        EpilogueCase(name: "relu6", operands: []) { _ in [unary(.clippedReLU, 6)] },
        EpilogueCase(name: "scale", operands: [.channel, .channel]) {
            [.scaleShift(scale: $0[0], shift: $0[1])]
        },
        EpilogueCase(name: "scale, relu", operands: [.channel, .channel]) {
            [.scaleShift(scale: $0[0], shift: $0[1]), unary(.relu)]
        },
        EpilogueCase(name: "moving scale", operands: [.same, .scalar]) {
            [.scaleShift(scale: $0[0], shift: $0[1]), unary(.relu)]
        },
        EpilogueCase(name: "residual", operands: [.same]) {
            [.binary(.add, $0[0], reversed: false)]
        },
        EpilogueCase(name: "residual in place, relu", operands: [.output]) {
            [.binary(.add, $0[0], reversed: true), unary(.relu)]
        },
        EpilogueCase(name: "all fused", operands: [.channel, .channel, .same]) {
            [
                .scaleShift(scale: $0[0], shift: $0[1]), .binary(.add, $0[2], reversed: false),
                unary(.clippedReLU, 1.5),
            ]
        },
        EpilogueCase(name: "residual, scale", operands: [.output, .channel, .channel]) {
            [
                .binary(.add, $0[0], reversed: false), .scaleShift(scale: $0[1], shift: $0[2]),
                unary(.leakyReLU, 0.25),
            ]
        },
        EpilogueCase(name: "prelu", operands: [.channel]) {
            [.binary(.prelu, $0[0], reversed: false)]
        },
        EpilogueCase(name: "gelu", operands: []) { _ in [unary(.gelu)] },
        EpilogueCase(name: "many", operands: [.position, .scalar, .channel, .same]) {
            [
                .binary(.multiply, $0[0], reversed: false), unary(.affine, 0.5, 0.25),
                .binary(.subtract, $0[1], reversed: true), unary(.softsign),
                .binary(.squaredDifference, $0[2], reversed: false),
                .binary(.maximum, $0[3], reversed: false),
            ]
        },
    ]
}
