import Diagnostics
import Plan

/// A benchmark as a person reads it.
extension Benchmark {
    package enum Order: String, Sendable, CaseIterable {
        /// As the model runs them.
        case model
        /// The longest first.
        case time
    }

    package func text(_ style: TerminalStyle, order: Order = .model) -> String {
        var text = Ink.heading.paint(DisplayText.escaped(name), style)
        text += Ink.faint.paint("  \(DisplayText.escaped(spec))", style) + "\n"
        text += Ink.faint.paint(environment, style) + "\n\n"
        text += engineTable(style)
        text += remarks(style)
        if let program {
            text += "\n" + stepTable(program, order, style)
            text += "\n" + kindTable(program, style)
        }
        return text
    }

    private var environment: String {
        var parts = [
            "\(machine.cpu), \(NumberText.count(machine.coreCount, "core"))", target.name,
        ]
        if let program { parts.append("swiftc \(program.compiler)") }
        parts += [
            NumberText.count(threads, "thread"), "batch \(batch)", "float32",
            "\(NumberText.count(rounds, "round")), \(NumberText.time(seconds)) for each engine",
        ]
        return parts.joined(separator: "; ")
    }

    private func engineTable(_ style: TerminalStyle) -> String {
        var table = TextTable([
            .init("engine", .left, .name), .init("minimum", .right, .number),
            .init("median", .right), .init("95th percentile", .right), .init("GFLOP/s", .right),
            .init("of peak", .right), .init("start-up", .right), .init("peak memory", .right),
            .init("predictions", .right, .faint),
        ])
        for run in runs {
            let hasProducts = run.multiplyAdds > 0
            table.add([
                run.engine.title, NumberText.time(run.latencies.minimum),
                NumberText.time(run.latencies.median),
                NumberText.time(run.latencies.percentile95),
                hasProducts ? Self.giga(run.speed) : "–",
                hasProducts ? Self.part(run.speed, of: peak(of: run.engine)) : "–",
                NumberText.time(run.startUp), run.peakMemory.map(NumberText.bytes) ?? "–",
                NumberText.grouped(run.latencies.predictions),
            ])
        }
        return table.text(style)
    }

    private func remarks(_ style: TerminalStyle) -> String {
        var table = TextTable([.init(""), .init("", .right), .init("", .left, .faint)])
        if let program {
            table.add([
                "peak", "\(Self.giga(program.peak)) GFLOP/s",
                "multiply-adds in registers on one core, in the same rounds",
            ])
            table.add([
                "memory", "\(Self.giga(program.memorySpeed)) GB/s", "read by one core",
            ])
            table.add(["built in", NumberText.time(program.buildSeconds), "by swiftc"])
        }
        if let difference {
            table.add([
                "difference", NumberText.scientific(difference),
                "between the engines' outputs, of the largest",
            ])
        }
        return table.text(style)
    }

    private func stepTable(
        _ program: Program, _ order: Order, _ style: TerminalStyle
    ) -> String {
        var steps = program.steps
        if order == .time { steps.sort { ($1.seconds, $0.number) < ($0.seconds, $1.number) } }
        var table = TextTable([
            .init("", .right, .faint), .init("step", .left, .name),
            .init("time", .right, .number), .init("share", .right),
            .init("multiply-adds", .right), .init("GFLOP/s", .right), .init("of peak", .right),
            .init("bytes", .right), .init("GB/s", .right), .init("kernel", .left, .faint),
        ])
        for step in steps {
            let kind = step.step.kernel.name
            table.add(
                ["\(step.number)", step.step.shortName]
                    + figures(step.seconds, step.cost, program)
                    + [step.step.notes.isEmpty ? kind : step.step.notes.joined(separator: "; ")])
        }
        let total = steps.reduce(KernelCost()) { $0 + $1.cost }
        table.add(["", "all steps"] + figures(program.stepSeconds, total, program))
        return Ink.heading.paint("Steps of the emitted code", style)
            + Ink.faint.paint(
                "  each the minimum of \(NumberText.count(program.profiles, "prediction")); bytes: "
                    + "weights, and activations in and out\n", style)
            + table.text(style, indent: 2)
    }

    /// Where the time goes by kind of kernel, the longest first.
    private func kindTable(_ program: Program, _ style: TerminalStyle) -> String {
        var kinds: [String: (count: Int, seconds: Double, cost: KernelCost)] = [:]
        for step in program.steps {
            let (count, seconds, cost) = kinds[step.step.kernel.name] ?? (0, 0, KernelCost())
            kinds[step.step.kernel.name] = (count + 1, seconds + step.seconds, cost + step.cost)
        }
        var table = TextTable([
            .init("kind of kernel", .left, .name), .init("steps", .right),
            .init("time", .right, .number), .init("share", .right),
            .init("multiply-adds", .right), .init("GFLOP/s", .right), .init("of peak", .right),
            .init("bytes", .right), .init("GB/s", .right),
        ])
        for (name, kind) in kinds.sorted(by: {
            ($1.value.seconds, $0.key) < ($0.value.seconds, $1.key)
        }) {
            table.add([name, "\(kind.count)"] + figures(kind.seconds, kind.cost, program))
        }
        return table.text(style, indent: 2)
    }

    /// Time, share, multiply-adds, GFLOP/s, of peak, bytes, GB/s.
    private func figures(_ seconds: Double, _ cost: KernelCost, _ program: Program) -> [String] {
        let speed = Double(2 * cost.multiplyAdds) / seconds
        let hasProducts = cost.multiplyAdds > 0
        return [
            NumberText.microseconds(seconds), Self.part(seconds, of: program.stepSeconds),
            hasProducts ? NumberText.short(cost.multiplyAdds) : "",
            hasProducts ? Self.giga(speed) : "",
            hasProducts ? Self.part(speed, of: peak(of: program)) : "",
            NumberText.bytes(cost.bytes), Self.giga(Double(cost.bytes) / seconds),
        ]
    }

    private static func giga(_ number: Double) -> String {
        NumberText.digits(number * 1e-9, significant: 3)
    }

    private static func part(_ number: Double, of whole: Double?) -> String {
        guard let whole, whole > 0 else { return "–" }
        return NumberText.fixed(number / whole * 100, 1) + " %"
    }
}

extension Engine {
    /// What people call it.
    package var title: String {
        switch self {
        case .interpreter: "interpreter"
        case .compiled: "emitted Swift"
        }
    }
}

extension NumberText {
    /// `3.12 µs`, `1,203 µs`: in one unit, so that a column can be compared.
    static func microseconds(_ seconds: Double) -> String {
        let number = seconds * 1e6
        return (number < 1000 ? digits(number, significant: 3) : grouped(Int(number.rounded())))
            + " µs"
    }
}

extension Step {
    /// The name where it is short, else its first layer and how many more it computes.
    fileprivate var shortName: String {
        let joined = layers.joined(separator: "_")
        guard name.count > 32, layers.count > 1, name.hasPrefix(joined) else { return name }
        return "\(layers[0]) +\(layers.count - 1)\(name.dropFirst(joined.count))"
    }
}
