import Diagnostics
import IR
import Spec

/// A weighted sum that an Einstein summation names, `keras.layers.EinsumDense`.
package struct EinsumDense: Layer {
    package static let className = "EinsumDense"
    package static let summary = "A weighted sum over axes that an equation names."
    package static let formula = "output = activation(einsum(equation, x, kernel) + bias)"
    package static let example = """
        layers:
          - Input: {shape: [16, 32]}
          - EinsumDense: {equation: "abc,cde->abde", output_shape: [null, 4, 8], bias_axes: de}
        """

    static let equation = Argument<String>.text(
        "equation",
        "Axes by letter, `input,kernel->output`; an ellipsis stands for any number of axes.")
    static let outputShape = Argument<[Int?]>.partialShape(
        "output_shape",
        "The output's sizes without the batch and what an ellipsis stands for; `null` for a size of the "
            + "input's.")
    static let biasAxes = Argument<String>.text(
        "bias_axes",
        "The letters of the output's axes along which there is a bias; `null` for none."
    ).orNull()
    package static let schema: [any ArgumentDescriptor] =
        [
            equation, outputShape, KernelArguments.activation, biasAxes,
            TrainingArguments.kernelInitializer, TrainingArguments.biasInitializer,
            TrainingArguments.regularizer("kernel"), TrainingArguments.regularizer("bias"),
            TrainingArguments.constraint("kernel"), TrainingArguments.constraint("bias"),
        ] + Dense.adaptation.prefix(2) + [
            Argument<DefaultOnly>.defaultOnly(
                "gptq_unpacked_column_size", reason: "bnc computes in float32",
                "How a quantized kernel is packed."),
            Dense.adaptation[2],
        ]

    package static let castsIntegers = true
    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    // MARK: Shapes

    /// The labels of the axes of input, kernel and output, the batch first, and their sizes; that of
    /// the batch is 1.
    private struct Axes {
        var input: [EinsumEquation.Label]
        var kernel: [EinsumEquation.Label]
        var output: [EinsumEquation.Label]
        var sizes: [EinsumEquation.Label: Int]

        func shape(_ labels: [EinsumEquation.Label]) -> [Int] { labels.map { sizes[$0]! } }
    }

    /// Why an input and the sizes that are given don't fit to the equation.
    private struct Mismatch: Error {
        var code: DiagnosticCode
        var message: String
        var argument: String
        var label: String
        var inputs: [Int] = []
        var notes: [String] = []
        var helps: [String] = []
    }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs) else { return nil }
        let equation: EinsumEquation
        do throws(EinsumEquation.Problem) {
            equation = try EinsumEquation(arguments[Self.equation])
        } catch {
            check.error(
                .argumentValue, "`equation` of `\(check.name)` \(error.message)",
                at: .argument("equation"), label: "no equation of this layer",
                helps: error.help.map { [$0] } ?? [])
            return nil
        }
        do throws(Mismatch) {
            let axes = try axes(equation, inputs[0])
            guard checkBias(equation, &check),
                check.requireSize(axes.shape(axes.kernel), "its kernel")
            else { return nil }
            let shape = Array(axes.shape(axes.output).dropFirst())
            return check.activated(
                TensorType(.float32, shape), arguments[KernelArguments.activation],
                argument: "activation")
        } catch {
            check.error(
                error.code, error.message, at: .argument(error.argument), label: error.label,
                inputs: error.inputs, notes: error.notes, helps: error.helps)
            return nil
        }
    }

    private func axes(_ equation: EinsumEquation, _ input: TensorType) throws(Mismatch) -> Axes {
        let text = arguments[Self.equation]
        guard let elided = equation.elided(rank: input.rank + 1) else {
            let count = equation.input.count
            let isOpen = equation.ellipsis != .none
            throw Mismatch(
                code: .inputRank,
                message:
                    "`\(text)` takes an input of \(count)\(isOpen ? " or more" : "") axes with the "
                    + "batch, and gets \(input.rank + 1): \(input.shapeText)",
                argument: "equation", label: "names \(count) axes", inputs: [0],
                helps: isOpen ? [] : ["`...` stands for any number of axes: `...x,xy->...y`"])
        }
        var axes = Axes(
            input: equation.labels(equation.input, elided: elided),
            kernel: equation.kernel.map(EinsumEquation.label),
            output: equation.labels(equation.output, elided: elided), sizes: [:])
        for (label, size) in zip(axes.input, [1] + input.shape) { axes.sizes[label] = size }
        // Sizes are given for letters; the batch is one of them unless an ellipsis has it.
        let letters = equation.outputLetters
        let given = arguments[Self.outputShape]
        guard given.count == letters.count else {
            throw Mismatch(
                code: .argumentValue,
                message: "`output_shape` should have a size for each of "
                    + "\(letters.map { "`\($0)`" }.joined(separator: ", ")), and has \(given.count)",
                argument: "output_shape", label: "should have \(letters.count)",
                notes: ["the batch and what an ellipsis stands for have no size here"])
        }
        for (letter, size) in zip(letters, given) {
            let label = EinsumEquation.label(letter)
            switch (axes.sizes[label], size) {
            case (let known?, let size?) where known != size:
                throw Mismatch(
                    code: .shapeMismatch,
                    message:
                        "axis `\(letter)` of `\(text)` is \(known) in the input and \(size) in "
                        + "`output_shape`",
                    argument: "output_shape", label: "should be \(known), or `null`", inputs: [0])
            case (nil, nil):
                throw Mismatch(
                    code: .argumentValue,
                    message:
                        "`output_shape` leaves axis `\(letter)` open, which the input doesn't have",
                    argument: "output_shape", label: "needs a size")
            case (nil, let size?): axes.sizes[label] = size
            default: break
            }
        }
        return axes
    }

    private func checkBias(_ equation: EinsumEquation, _ check: inout LayerCheck) -> Bool {
        guard let letters = arguments[Self.biasAxes] else { return true }
        let allowed = equation.outputLetters
        if !letters.isEmpty, letters.allSatisfy({ allowed.contains($0) }) { return true }
        check.error(
            .argumentValue,
            "`bias_axes` of `\(check.name)` should name axes of the output behind the batch, not "
                + "`\(letters)`", at: .argument("bias_axes"),
            label: "should be of \(allowed.map { "`\($0)`" }.joined(separator: ", "))")
        return false
    }

    /// The axes for an input that has been checked.
    private func checkedAxes(_ input: TensorType) -> (EinsumEquation, Axes) {
        guard let equation = try? EinsumEquation(arguments[Self.equation]),
            let axes = try? axes(equation, input)
        else { preconditionFailure("\(arguments[Self.equation]) has not been checked") }
        return (equation, axes)
    }

    /// The labels along which there is a bias, and the shape of the variable: from the first of them to
    /// the end, with 1 for the others.
    private func bias(_ equation: EinsumEquation, _ axes: Axes)
        -> (labels: [EinsumEquation.Label], shape: [Int])?
    {
        guard let letters = arguments[Self.biasAxes] else { return nil }
        let labels = letters.map(EinsumEquation.label)
        let first = axes.output.firstIndex { labels.contains($0) }!
        return (
            labels, axes.output[first...].map { labels.contains($0) ? axes.sizes[$0]! : 1 }
        )
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        let (equation, axes) = checkedAxes(inputs[0])
        let kernel = WeightSpec(
            "kernel", axes.shape(axes.kernel), arguments[TrainingArguments.kernelInitializer],
            filterAxes: axes.kernel.indices.filter { axes.output.contains(axes.kernel[$0]) })
        guard let bias = bias(equation, axes) else { return [kernel] }
        return [
            kernel,
            WeightSpec("bias", bias.shape, arguments[TrainingArguments.biasInitializer]),
        ]
    }

    // MARK: Lowering

    /// A product of matrices: rows are the axes that only the input has, columns those that only the
    /// kernel has, and what all three share counts the matrices.
    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let type = lowering.type(inputs[0])
        var (equation, axes) = checkedAxes(
            TensorType(type.elementType, Array(type.shape.dropFirst())))
        axes.sizes[axes.input[0]] = type.shape[0]
        var x = inputs[0]
        let alone = axes.input.indices.filter {
            !axes.kernel.contains(axes.input[$0]) && !axes.output.contains(axes.input[$0])
        }
        if !alone.isEmpty {
            x = lowering.emit(
                .reduce(ReduceOp(.sum, axes: alone, keepDims: false)), [x], "summed")
            axes.input = axes.input.indices.filter { !alone.contains($0) }.map { axes.input[$0] }
        }
        let shared = axes.output.filter { axes.input.contains($0) && axes.kernel.contains($0) }
        let inner = axes.kernel.filter { !axes.output.contains($0) }
        let rows = axes.output.filter { !axes.kernel.contains($0) }
        let columns = axes.output.filter { !axes.input.contains($0) }
        func size(_ labels: [EinsumEquation.Label]) -> Int { axes.shape(labels).reduce(1, *) }
        func matrix(
            _ x: ValueID, _ labels: [EinsumEquation.Label], _ parts: [[EinsumEquation.Label]],
            shape: [Int], _ name: String
        ) -> ValueID {
            let order = parts.flatMap { $0 }.map { labels.firstIndex(of: $0)! }
            return lowering.reshape(lowering.transpose(x, order, name), shape, name)
        }
        let lead = axes.shape(shared)
        let left = matrix(
            x, axes.input, [shared, rows, inner],
            shape: lead + (shared.isEmpty ? axes.shape(rows) : [size(rows)]) + [size(inner)],
            "rows")
        let right = matrix(
            lowering.weight("kernel"), axes.kernel, [shared, inner, columns],
            shape: lead + [size(inner), size(columns)], "matrix")
        var operands = [left, right]
        // A bias for each column is part of the product.
        let bias = bias(equation, axes)
        let place = bias.flatMap { BiasPlace.guessed($0.shape, in: axes.shape(axes.output)) }
        let isColumnBias =
            place == nil && shared.isEmpty && Array(axes.output.suffix(columns.count)) == columns
            && bias.map { Set($0.labels) == Set(columns) } ?? false
        if isColumnBias {
            operands.append(
                lowering.reshape(lowering.weight("bias"), [size(columns)], "bias"))
        }
        let product = lowering.emit(.matmul(MatmulOp()), operands, "product")
        let made = shared + rows + columns
        let whole = lowering.reshape(product, axes.shape(made), "whole")
        var output = lowering.transpose(
            whole, axes.output.map { made.firstIndex(of: $0)! }, "output")
        if let bias, !isColumnBias {
            let placed = lowering.reshape(lowering.weight("bias"), place ?? bias.shape, "placed")
            output = lowering.emit(.binary(BinaryOp(.add)), [output, placed], "bias")
        }
        return lowering.activation(arguments[KernelArguments.activation], output)
    }
}
