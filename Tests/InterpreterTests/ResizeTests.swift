import IR
import Interpreter
import Plan
import Testing

@Suite struct ResizeTests {
    private func run(
        _ method: ResizeOp.Method, _ input: [Float], from: [Int], to: [Int]
    ) -> [Float] {
        let (inputStrides, outputStrides) = (View.rowMajor(from), View.rowMajor(to))
        let kernel = ResizeKernel(
            method: method, input: Location(.input(0)), output: Location(.output(0)),
            axes: from.indices.map { axis in
                ResizeKernel.Axis(
                    inputSize: from[axis], outputSize: to[axis], inputStride: inputStrides[axis],
                    outputStride: outputStrides[axis])
            })
        let memory = TestMemory(
            inputs: [input], outputs: [[Float](repeating: -99, count: to.reduce(1, *))],
            constants: [])
        return memory.run(.resize(kernel))[0]
    }

    /// Row 0 is the one of `[[0, 1], [2, 3]]` enlarged twice by TensorFlow.
    @Test func linearHasHalfPixelCenters() {
        let found = run(.linear, [0, 1, 2, 3], from: [1, 2, 2, 1], to: [1, 4, 4, 1])
        #expect(Array(found.prefix(4)) == [0, 0.25, 0.75, 1])
        #expect(Array(found.suffix(4)) == [2, 2.25, 2.75, 3])
        #expect(Array(found[4..<8]) == [0.5, 0.75, 1.25, 1.5])
    }

    /// What TensorFlow makes of an infinite cell in the middle.
    @Test func linearIsNoNumberBesideAnInfiniteCell() {
        let found = run(
            .linear, [1, 0, 0, 0, .infinity, 0, 0, 0, 0], from: [1, 3, 3, 1], to: [1, 6, 6, 1])
        let (inf, nan) = (Float.infinity, Float.nan)
        let expected: [Float] = [
            1, 0.75, 0.25, 0, 0, 0,
            0.75, inf, inf, nan, nan, 0,
            0.25, inf, inf, nan, nan, 0,
            0, nan, nan, nan, nan, 0,
            0, nan, nan, nan, nan, 0,
            0, 0, 0, 0, 0, 0,
        ]
        #expect(difference([found], [expected]) == nil, "\(found)")
    }

    /// What TensorFlow makes of an infinite cell along an axis that keeps its size.
    @Test func linearAlongOneAxisLeavesNothingInfinite() {
        let found = run(.linear, [1, 0, .infinity, 0], from: [1, 2, 2, 1], to: [1, 4, 2, 1])
        let nan = Float.nan
        #expect(difference([found], [[1, 0, nan, 0, nan, 0, nan, 0]]) == nil, "\(found)")
    }

    @Test func nearestTakesTheCellUnderTheCenter() {
        #expect(run(.nearest, [0, 1, 2], from: [3, 1], to: [5, 1]) == [0, 0, 1, 2, 2])
        #expect(run(.nearest, [0, 1, 2, 3, 4], from: [5], to: [3]) == [0, 2, 4])
    }

    @Test(arguments: ResizeOp.Method.allCases)
    func agreesOnManySizes(method: ResizeOp.Method) {
        for channels in [1, 3, 8, 11, 17] {
            for (from, to) in [
                ([2, 3, 4, channels], [2, 5, 3, channels]),
                ([1, 7, 2, channels], [1, 3, 9, channels]),
                ([1, 3, 3, channels], [1, 3, 4, channels]),
                ([2, 2, 3, channels], [2, 4, 6, channels + 2]),
                ([3, 2, 1, channels], [4, 3, 3, channels]),
            ] {
                let input = SeededGenerator.floats(from.reduce(1, *), seed: channels)
                let found = run(method, input, from: from, to: to)
                let expected = reference(method, input, from: from, to: to)
                #expect(difference([found], [expected]) == nil, "\(from) to \(to)")
            }
        }
    }

    /// One axis after the other, in double precision.
    private func reference(
        _ method: ResizeOp.Method, _ input: [Float], from: [Int], to: [Int]
    ) -> [Float] {
        var shape = from
        var elements = input.map(Double.init)
        for axis in from.indices where from[axis] != to[axis] {
            let strides = View.rowMajor(shape)
            var result: [Double] = []
            let old = shape[axis]
            shape[axis] = to[axis]
            for index in indices(shape) {
                let center = (Double(index[axis]) + 0.5) * Double(old) / Double(to[axis])
                var base = 0
                for other in shape.indices where other != axis {
                    base += index[other] * strides[other]
                }
                if method == .nearest {
                    result.append(elements[base + Int(center) * strides[axis]])
                } else {
                    let source = min(max(center - 0.5, 0), Double(old - 1))
                    let lower = Int(source)
                    let upper = min(lower + 1, old - 1)
                    let part = source - Double(lower)
                    result.append(
                        elements[base + lower * strides[axis]] * (1 - part)
                            + elements[base + upper * strides[axis]] * part)
                }
            }
            elements = result
        }
        return elements.map { Float($0) }
    }
}
