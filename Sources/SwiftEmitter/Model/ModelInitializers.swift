import Plan

/// How an emitted class is made and how it runs its steps.
extension ModelSource {
    // MARK: Initializers

    func initializers(_ out: inout SourceWriter) {
        let parameters =
            (options.embedWeights ? [] : ["weights path: String"])
            + (isMulti ? ["variant: Variant = .best"] : [])
            + (threads > 1 ? ["threads: Int = \(threads)"] : [])
        out.line(
            options.embedWeights
                ? "/// Decodes the weights that stand in this file."
                : "/// Maps the weights file that bnc wrote with this source.")
        var notes: [String] = []
        if isMulti {
            if !options.embedWeights {
                notes.append(
                    "- path: without the variant's name: `\(typeName).weights` stands for "
                        + weightsFiles.map { "`\($0)`" }.joined(separator: ", ")
                        + ", of which only one is read.")
            }
            notes.append("- variant: the code to use; by default the best that this CPU can run.")
        }
        if threads > 1 {
            notes.append(
                "- threads: how many compute a prediction, the caller's among them; no more than "
                    + "\(threads), and than the process has CPUs, are used.")
        }
        documentParameters(notes, &out)
        out.signature("public init", parameters, " throws(Failure)")
        out.indent(1)
        check(&out)
        load(&out)
        out.paragraph(
            """
            weights = UnsafePointer(storage.floats)
            scratch = Memory(count: \(isMulti ? "variant" : "Self").arenaCount)
            arena = scratch.floats
            """)
        own("", &out)
        out.close()
        out.line()
        out.line("/// Another instance with the same weights, for another thread.")
        out.signature(
            "public init",
            ["sharing other: \(typeName)"] + (threads > 1 ? ["threads: Int = \(threads)"] : []), "")
        out.indent(1)
        out.paragraph(
            """
            storage = other.storage
            weights = other.weights
            scratch = Memory(count: \(isMulti ? "other.variant" : "Self").arenaCount)
            arena = scratch.floats
            """)
        own("other.", &out)
        out.close()
    }

    private func documentParameters(_ notes: [String], _ out: inout SourceWriter) {
        guard !notes.isEmpty else { return }
        out.line("///")
        if notes.count == 1 {
            out.comment("- Parameter \(notes[0].dropFirst(2))")
        } else {
            out.line("/// - Parameters:")
            for note in notes { out.comment(note, prefix: "///  ") }
        }
    }

    /// Refuses a CPU that lacks what the code needs.
    private func check(_ out: inout SourceWriter) {
        if let cpuModule {
            out.paragraph(
                """
                #if canImport(\(cpuModule))
                if let missing = missingCPUFeature() { throw Failure(description: missing) }
                #endif
                """)
        }
        if isMulti {
            out.paragraph(
                """
                guard variant.isSupported else {
                    throw Failure(description: "this CPU can't run the code for \\(variant.rawValue)")
                }
                """)
        }
    }

    private func load(_ out: inout SourceWriter) {
        switch (options.embedWeights, isMulti) {
        case (true, false): out.line("storage = decodeWeights()")
        case (true, true):
            out.line("switch variant {")
            for variant in variants {
                out.line(
                    "case .\(variant.caseName): storage = decodeWeights\(embeddingSuffix(variant))()"
                )
            }
            out.line("}")
        case (false, false):
            map("path", "Self.weightCount", layout(variants[0]), &out)
        case (false, true):
            map("variant.file(path)", "variant.weightCount", "variant.layout", &out)
        }
    }

    private func map(
        _ path: String, _ count: String, _ layout: String, _ out: inout SourceWriter
    ) {
        out.paragraph(
            """
            switch Memory.map(\(path), count: \(count), layout: \(layout)) {
            case .success(let memory): storage = memory
            case .failure(let problem): throw Failure(description: problem.description)
            }
            """)
    }

    /// The layout of a variant's weights file, as a literal.
    func layout(_ variant: Variant) -> String {
        "0x" + String(variants[variant.weights].source.fingerprint, radix: 16)
    }

    /// What isn't memory.
    private func own(_ other: String, _ out: inout SourceWriter) {
        if isMulti {
            out.line(other.isEmpty ? "self.variant = variant" : "variant = other.variant")
        }
        if threads > 1 { out.line("self.threads = Threads(min(threads, Self.threadCount))") }
    }

    // MARK: run

    func run(_ out: inout SourceWriter) {
        let source = variants[0].source
        out.signature("private func run", source.portParameters + timesParameter, "")
        out.indent(1)
        let ports = source.portArguments
        if threads > 1 {
            let fields =
                (isMulti ? ["variant"] : []) + ["weights", "arena"] + ports
            let arguments = fields.map { "\($0): \($0)" }.joined(separator: ", ")
            out.line("let places = Places(\(arguments))")
            out.line("threads.begin()")
        }
        switch (isMulti, threads > 1) {
        case (false, _):
            startTiming(&out)
            source.run(&out) { timeStep($0, &$1) }
        case (true, false):
            let arguments = (["weights", "arena"] + ports).joined(separator: ", ")
            eachVariant("variant", &out) { "\(module($0)).run(\(arguments))" }
        case (true, true):
            out.paragraph(
                """
                // What isn't split is done here, in one part.
                for stage in 0..<variant.stageCount {
                    let parts = variant.parts(of: stage)
                    if parts == 1 {
                        Self.compute(0, of: stage, places)
                    } else {
                        threads.run(stage, parts: parts, places)
                    }
                }
                """)
        }
        if threads > 1 { out.line("threads.end()") }
        out.close()
        guard threads > 1 else { return }
        out.line()
        places(&out)
        out.line()
        compute(&out)
    }

    /// What parts of steps get by value: where everything lies.
    private func places(_ out: inout SourceWriter) {
        out.line("/// Where a prediction reads and writes.")
        out.block("struct Places") { out in
            if isMulti { out.line("let variant: Variant") }
            out.line("let weights: UnsafePointer<Float>")
            out.line("let arena: UnsafeMutablePointer<Float>")
            for parameter in variants[0].source.portParameters {
                out.line("let \(parameter.dropFirst(2))")
            }
        }
    }

    private func compute(_ out: inout SourceWriter) {
        out.comment(
            "One part of a step: what a thread claims. Parts write to different places, and none "
                + "reads what another writes.")
        let parameters = ["_ part: Int", "of step: Int", "_ p: Places"]
        out.signature("static func compute", parameters, "")
        out.indent(1)
        if isMulti {
            let arguments = (["weights", "arena"] + variants[0].source.portArguments)
                .map { "p.\($0)" }.joined(separator: ", ")
            eachVariant("p.variant", &out) { "\(module($0)).compute(part, step, \(arguments))" }
        } else {
            variants[0].source.compute(&out)
        }
        out.close()
    }
}
