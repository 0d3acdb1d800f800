import Diagnostics
import Plan

/// A benchmark for programs. Members are added, never renamed; times are in seconds.
extension Benchmark {
    package var json: JSONValue {
        var members: [(key: String, value: JSONValue)] = [
            ("name", .string(name)), ("spec", .string(spec)),
            (
                "machine",
                .object([
                    ("cpu", .string(machine.cpu)), ("cores", .int(machine.coreCount)),
                ])
            ),
            ("target", .string(target.name)), ("batch", .int(batch)), ("threads", .int(threads)),
            ("rounds", .int(rounds)), ("seconds", .double(seconds)),
        ]
        if let program {
            members += [
                ("compiler", .string(program.compiler)),
                ("buildSeconds", .double(program.buildSeconds)),
                ("peakFLOPS", .double(program.peak)),
                ("memoryBytesPerSecond", .double(program.memorySpeed)),
            ]
        }
        members.append(("engines", .array(runs.map(json))))
        if let difference { members.append(("largestDifference", .double(difference))) }
        if let program {
            members += [
                ("profiles", .int(program.profiles)),
                ("steps", .array(program.steps.map { json($0, program) })),
            ]
        }
        return .object(members)
    }

    private func json(_ run: Run) -> JSONValue {
        .object([
            ("engine", .string(run.engine.rawValue)),
            ("minimum", .double(run.latencies.minimum)),
            ("median", .double(run.latencies.median)),
            ("percentile95", .double(run.latencies.percentile95)),
            ("samples", .int(run.latencies.samples)),
            ("predictions", .int(run.latencies.predictions)),
            ("multiplyAdds", .int(run.multiplyAdds)), ("FLOPS", .double(run.speed)),
            ("peakFraction", peak(of: run.engine).map { .double(run.speed / $0) } ?? .null),
            ("startUp", .double(run.startUp)),
            ("peakMemoryBytes", run.peakMemory.map { .int($0) } ?? .null),
        ])
    }

    private func json(_ step: StepTime, _ program: Program) -> JSONValue {
        .object([
            ("name", .string(step.step.name)), ("kind", .string(step.step.kernel.name)),
            ("layers", .array(step.step.layers.map { .string($0) })),
            ("notes", .array(step.step.notes.map { .string($0) })),
            ("minimum", .double(step.seconds)),
            ("share", .double(step.seconds / program.stepSeconds)),
            ("FLOPS", .double(step.speed)),
            ("peakFraction", .double(step.speed / peak(of: program))),
            ("bytesPerSecond", .double(step.bytesPerSecond)), ("cost", step.cost.json),
        ])
    }
}

extension KernelCost {
    var json: JSONValue {
        .object([
            ("multiplyAdds", .int(multiplyAdds)), ("weightBytes", .int(weightBytes)),
            ("readBytes", .int(readBytes)), ("writtenBytes", .int(writtenBytes)),
        ])
    }
}
