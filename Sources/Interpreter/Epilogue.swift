import IR
import Plan

/// What a kernel does to its results before they are stored, prepared to run.
///
/// Kernels hand over runs of results (elements along the innermost axis) together with the offsets
/// of the run in each stream; an instruction is chosen once for a run, not for an element.
final class Epilogue {
    private enum Operation {
        case scaleShift
        case unary(UnaryFunction)
        case binary(BinaryFunction, reversed: Bool)
    }

    private struct Instruction {
        var operation: Operation
        /// Streams of the operands; the operand's pointer stands in `pointers` at the same slot.
        var streams: (Int, Int)
        var slot: Int
        var parameters: (Float, Float, Float)
    }

    /// A run's elements are taken in pieces of this many.
    private static let piece = 512

    let isEmpty: Bool
    private let instructions: [Instruction]
    private let locations: [Location]
    private let pointers: Table<UnsafeMutablePointer<Float>>
    private let scratch = Table<Float>(repeating: 0, count: Epilogue.piece)
    private let gathered = Table<Float>(repeating: 0, count: 2 * Epilogue.piece)

    init(_ program: [EpilogueInstruction]) {
        var instructions: [Instruction] = []
        var locations: [Location] = []
        for instruction in program {
            let slot = locations.count
            switch instruction {
            case .scaleShift(let scale, let shift):
                locations += [scale.location, shift.location]
                instructions.append(
                    Instruction(
                        operation: .scaleShift, streams: (scale.stream, shift.stream), slot: slot,
                        parameters: (0, 0, 0)))
            case .unary(let function):
                let p = function.parameters.map { Float($0) } + [0, 0, 0]
                instructions.append(
                    Instruction(
                        operation: .unary(function), streams: (0, 0), slot: slot,
                        parameters: (p[0], p[1], p[2])))
            case .binary(let function, let operand, let reversed):
                locations.append(operand.location)
                instructions.append(
                    Instruction(
                        operation: .binary(function, reversed: reversed),
                        streams: (operand.stream, 0), slot: slot, parameters: (0, 0, 0)))
            }
        }
        isEmpty = program.isEmpty
        self.instructions = instructions
        self.locations = locations
        pointers = Table(repeating: scratch.pointer, count: locations.count)
    }

    /// The number of streams that loops have for these operands: 2 where there is none.
    static func streamCount(_ program: [EpilogueInstruction]) -> Int {
        program.reduce(2) { count, instruction in
            switch instruction {
            case .scaleShift(let scale, let shift): max(count, scale.stream + 1, shift.stream + 1)
            case .unary: count
            case .binary(_, let operand, _): max(count, operand.stream + 1)
            }
        }
    }

    /// Finds the operands; before the first run of a prediction.
    func bind(_ memory: Memory) {
        for (slot, location) in locations.enumerated() {
            pointers.pointer[slot] = memory.pointer(location)
        }
    }

    /// The pointer of the operand at a slot, in the order of the program's operands.
    func operand(_ slot: Int) -> UnsafeMutablePointer<Float> { pointers.pointer[slot] }

    /// Where a run stands in every stream: its first element is at `places[stream * pitch] +
    /// first * strides[stream]`, the next `strides[stream]` further.
    struct Run {
        var places: UnsafePointer<Int>
        var pitch: Int
        var strides: UnsafePointer<Int>
        var first: Int

        @inline(__always)
        func offset(_ stream: Int, _ index: Int) -> Int {
            places[stream &* pitch] &+ (first &+ index) &* strides[stream]
        }
    }

    /// Runs the program on `count` elements and stores them. `output` and the operands may be the
    /// same memory, element for element.
    func finish(
        _ source: UnsafePointer<Float>, count: Int, to output: UnsafeMutablePointer<Float>,
        stride: Int, run: Run
    ) {
        if isEmpty {
            store(source, count, output, stride)
            return
        }
        var start = 0
        while start < count {
            let size = min(Self.piece, count - start)
            var from = source + start
            for index in instructions.indices {
                let isLast = index == instructions.count - 1
                let to = isLast && stride == 1 ? output + start : scratch.pointer
                apply(instructions[index], from, to, size, run, start)
                from = UnsafePointer(to)
            }
            if stride != 1 {
                ElementRun.scatter(from, output + start * stride, stride: stride, size)
            }
            start += size
        }
    }

    /// Runs the program in place on `rows` runs of `count` elements, `rowPitch` elements apart in
    /// `block`, then stores them. Row i stands at `places[i]` in every stream.
    func finishRows(
        _ block: UnsafeMutablePointer<Float>, rows: Int, rowPitch: Int, count: Int,
        to output: UnsafeMutablePointer<Float>, run: Run
    ) {
        for instruction in instructions {
            if case .unary(let function) = instruction.operation {
                let size = (rows - 1) * rowPitch + count
                Self.applyUnary(
                    function.kind, instruction.parameters, UnsafePointer(block), block, size)
                continue
            }
            for row in 0..<rows {
                var rowRun = run
                rowRun.places += row
                let target = block + row * rowPitch
                apply(instruction, UnsafePointer(target), target, count, rowRun, 0)
            }
        }
        for row in 0..<rows {
            let place = run.places[run.pitch &+ row] &+ run.first &* run.strides[1]
            store(block + row * rowPitch, count, output + place, run.strides[1])
        }
    }

    @inline(__always)
    private func store(
        _ source: UnsafePointer<Float>, _ count: Int, _ output: UnsafeMutablePointer<Float>,
        _ stride: Int
    ) {
        if stride == 1 {
            if count < 16 {
                for index in 0..<count { output[index] = source[index] }
            } else {
                output.update(from: source, count: count)
            }
        } else {
            ElementRun.scatter(source, output, stride: stride, count)
        }
    }

    private func apply(
        _ instruction: Instruction, _ source: UnsafePointer<Float>,
        _ target: UnsafeMutablePointer<Float>, _ count: Int, _ run: Run, _ start: Int
    ) {
        switch instruction.operation {
        case .unary(let function):
            Self.applyUnary(function.kind, instruction.parameters, source, target, count)
        case .binary(let function, let reversed):
            let operand = operand(instruction, 0, count, run, start)
            Self.applyBinary(function, reversed, source, operand, target, count)
        case .scaleShift:
            let scale = operand(instruction, 0, count, run, start)
            let shift = operand(instruction, 1, count, run, start)
            Self.applyScaleShift(source, scale, shift, target, count)
        }
    }

    /// Elements of an operand from `start` of the run on; gathered where they are not neighbours.
    private func operand(
        _ instruction: Instruction, _ which: Int, _ count: Int, _ run: Run, _ start: Int
    ) -> (pointer: UnsafePointer<Float>, stride: Int) {
        let stream = which == 0 ? instruction.streams.0 : instruction.streams.1
        let stride = run.strides[stream]
        let pointer = pointers.pointer[instruction.slot + which] + run.offset(stream, start)
        if stride == 0 || stride == 1 { return (UnsafePointer(pointer), stride) }
        let gathered = gathered.pointer + which * Self.piece
        ElementRun.gather(UnsafePointer(pointer), stride: stride, gathered, count)
        return (UnsafePointer(gathered), 1)
    }
}
