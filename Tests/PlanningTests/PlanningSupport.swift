import Compiler
import Diagnostics
import IR
import Interpreter
import Plan
import Testing

/// Models made of text, planned in one way or another.
enum Model {
    static let root = String(#filePath.dropLast("/Tests/PlanningTests/PlanningSupport.swift".count))

    static func plan(
        _ text: String, target: Target = Engine.interpreter.target,
        options: PlanOptions = PlanOptions()
    ) throws -> Plan {
        var bag = DiagnosticBag()
        let checked = Compiler.check(SourceFile(path: "model.yaml", text: text), into: &bag)
        let model = try #require(checked, "\(bag.diagnostics.map(\.message))")
        let weights = try #require(Weights.load(for: model, path: nil, into: &bag))
        return Compiler.plan(Compiler.lower(model, weights), target: target, options: options)
    }

    /// What a plan makes of numbers that are the same each time.
    static func run(_ plan: Plan) -> [Float] {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        let inputs = plan.inputs.map { port in
            (0..<port.type.count).map { _ -> Float in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Float(Int32(truncatingIfNeeded: state >> 33)) / Float(1 << 30) - 1
            }
        }
        return Interpreter(plan).predict(inputs)[0]
    }

    /// The largest difference, relative to the largest expected magnitude.
    static func error(_ found: [Float], _ expected: [Float]) -> Double {
        let scale = expected.reduce(0) { max($0, Double(abs($1))) }
        return zip(found, expected).reduce(0) { max($0, abs(Double($1.0) - Double($1.1))) }
            / max(scale, 1e-30)
    }
}

/// The specs of `benchmarks/models`, planned without weights.
enum BenchmarkModel {
    static func plan(_ name: String, target: Target = .x86v4) throws -> Plan {
        var bag = DiagnosticBag()
        let path = "\(Model.root)/benchmarks/models/\(name).yaml"
        let model = try #require(Compiler.check(path: path, into: &bag))
        return Compiler.plan(
            Compiler.lower(model, .shapesOnly(for: model)), target: target)
    }
}
