import ArgumentParser
import Compiler
import Diagnostics
import IR
import Plan
import TensorFiles

/// The closing act of `make demo`: both engines on real handwritten digits, beside Keras.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "What `make demo` shows last.", shouldDisplay: false)

    @Option var spec = "specs/digits_cnn.yaml"
    @Option var data = "specs/digits.npz"
    @Option var expected = "specs/digits_cnn.expected.safetensors"

    @Option(help: "Write the test images as float32 .npy, for the emitted package, and stop.")
    var exportImages: String?

    @Option(help: "What the emitted package predicted for them.")
    var emitted: String?

    /// Enough for a clock that ticks in nanoseconds to be out of the picture.
    private static let rounds = 5

    func run() async throws {
        do {
            let images = try Npz.read("x_test", path: data)
            if let exportImages {
                let floats = Tensor(shape: images.shape, floats: images.floats())
                return try Npy.write(floats, to: exportImages)
            }
            try await compare(images)
        } catch let error as TensorFileError {
            throw Failure(message: "\(error.path): \(error.message)", help: error.help)
        } catch let error as CompiledEngineError {
            throw Failure(message: error.message, help: error.help)
        }
    }

    private func compare(_ images: Tensor) async throws {
        let style = Console.output.style(noColor: false)
        let labels = try Npz.read("y_test", path: data).int32s().map { Int($0) }
        let keras = try SafetensorsFile.open(path: expected).read("probabilities").floats()
        var bag = DiagnosticBag()
        guard let checked = Compiler.check(path: spec, into: &bag),
            let weights = Weights.load(for: checked, into: &bag)
        else { return try DiagnosticOptions.parse([]).report(bag) }
        let graph = Compiler.lower(checked, weights)
        let input = PredictionInput(
            count: images.shape[0], hasBatchAxis: true, values: [images.floats()])
        let interpreted = Prediction.interpret(
            Compiler.plan(graph, target: Engine.interpreter.target), input, rounds: Self.rounds)
        let compiled = try await Prediction.compile(
            Compiler.plan(graph, target: Engine.compiled.target), input, rounds: Self.rounds * 10)
        let fromPackage = try emitted.map { try Npy.read(path: $0).floats() }

        let demo = DigitsDemo(
            images: images.floats(), labels: labels, keras: keras,
            interpreted: interpreted.values[0], compiled: fromPackage ?? compiled.values[0])
        Console.output.write(
            demo.table(
                times: [interpreted.secondsPerSample, compiled.secondsPerSample], style) + "\n"
                + demo.pictures(style))
    }
}

/// Digits as 8 by 8 grey levels from 0 to 16, and who took them for what.
private struct DigitsDemo {
    let images: [Float]
    let labels: [Int]
    let keras: [Float]
    let interpreted: [Float]
    let compiled: [Float]

    private static let side = 8
    private static let classes = 10
    private static let shown = 7

    private static func answers(_ probabilities: [Float]) -> [(digit: Int, confidence: Float)] {
        (0..<probabilities.count / classes).map { index in
            let sample = probabilities[index * classes..<(index + 1) * classes]
            let best = Prediction.largest(sample, 1)[0]
            return (best.position, best.value)
        }
    }

    private func accuracy(_ probabilities: [Float]) -> String {
        let answers = Self.answers(probabilities)
        let right = zip(answers, labels).count { $0.digit == $1 }
        return NumberText.fixed(Double(right) / Double(labels.count), 4)
    }

    /// - Parameter times: seconds for one image, of the interpreter and of emitted Swift.
    func table(times: [Double], _ style: TerminalStyle) -> String {
        func difference(_ values: [Float]) -> String {
            NumberText.scientific(ConformanceError.largest(values, keras))
        }
        var table = TextTable([
            .init("", .left, .name), .init("accuracy", .right, .good),
            .init("largest difference to Keras", .right), .init("time per image", .right, .number),
        ])
        table.add(["Keras", accuracy(keras)])
        table.add([
            "interpreter", accuracy(interpreted), difference(interpreted),
            NumberText.time(times[0]),
        ])
        table.add([
            "emitted Swift", accuracy(compiled), difference(compiled), NumberText.time(times[1]),
        ])
        let same = zip(Self.answers(interpreted), Self.answers(compiled))
            .count { $0.digit == $1.digit }
        return "\n" + Ink.heading.paint("\(labels.count) handwritten digits", style)
            + " that the model was not trained on\n\n" + table.text(style, indent: 2)
            + "\n  The engines agree on \(same) of \(labels.count) digits.\n"
    }

    /// The first digits, and the first that was taken for another.
    func pictures(_ style: TerminalStyle) -> String {
        let answers = Self.answers(compiled)
        let wrong = labels.indices.first { answers[$0].digit != labels[$0] }
        var chosen = labels.indices.filter { $0 != wrong }.prefix(Self.shown).map { $0 }
        if let wrong { chosen.append(wrong) }
        var text = ""
        for start in stride(from: 0, to: chosen.count, by: 4) {
            let row = chosen[start..<min(start + 4, chosen.count)]
            for y in 0..<Self.side {
                let line = row.map { picture($0, row: y) }.joined(separator: "   ")
                text += "  \(line)".trimmingTrailingSpaces + "\n"
            }
            let width = Self.side * 2 + 3
            text += "  "
            for index in row {
                let answer = answers[index]
                let isRight = answer.digit == labels[index]
                let percent = NumberText.fixed(Double(answer.confidence) * 100, 1)
                let caption =
                    "\(answer.digit)  \(percent) %"
                    + (isRight ? "" : "  (a \(labels[index]))")
                text += (isRight ? Ink.good : Ink.bad).paint(caption, style)
                if index != row.last {
                    text += String(repeating: " ", count: max(1, width - caption.count))
                }
            }
            text += "\n\n"
        }
        return text
    }

    private func picture(_ index: Int, row: Int) -> String {
        let first = (index * Self.side + row) * Self.side
        return images[first..<first + Self.side].map { level in
            let shades = [" ", "░", "▒", "▓", "█"]
            let shade = shades[min(4, max(0, Int((level / 4).rounded(.up))))]
            return shade + shade
        }.joined()
    }
}

extension String {
    fileprivate var trimmingTrailingSpaces: String {
        var text = self
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
