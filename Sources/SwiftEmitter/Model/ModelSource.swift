import IR
import Plan

/// The emitted model file: one class, its kernels, and the helpers they use.
///
/// Compiled for several CPUs, the kernels are in modules of their own (`VariantSource`), and the class
/// picks one.
struct ModelSource {
    /// One for each CPU, the most demanding first.
    let variants: [Variant]
    let options: EmissionOptions
    let typeName: String
    /// Labels of inputs and outputs in `predict`.
    let inputLabels: [String]
    let outputLabels: [String]

    /// The code for one CPU.
    struct Variant {
        let source: PlanSource
        /// The variant whose weights it reads: its own index, or that of one with the same weights.
        let weights: Int

        var target: Target { source.plan.target }
        var isX86: Bool { CPURequirement(target) != nil }
    }

    /// - Parameter plans: of one model, one for each CPU, the most demanding first.
    init(_ plans: [Plan], _ options: EmissionOptions) {
        self.options = options
        let plan = plans[0]
        typeName = options.typeName ?? Naming.typeName(plan.name)
        variants = plans.indices.map { index in
            let same = plans.firstIndex { Self.haveSameBits($0.constants, plans[index].constants) }!
            return Variant(source: PlanSource(plans[index]), weights: same)
        }
        var reserved: Set<String> = ["weights", "arena", "path", "other", "x", "y"]
        if plans.contains(where: { $0.threads > 1 }) { reserved.formUnion(["threads", "places"]) }
        if plans.count > 1 { reserved.insert("variant") }
        if options.profiling { reserved.insert("times") }
        inputLabels =
            plan.inputs.count == 1 && plan.outputs.count == 1
            ? ["input"] : Naming.identifiers(plan.inputs.map(\.name), taken: reserved)
        outputLabels =
            plan.inputs.count == 1 && plan.outputs.count == 1
            ? ["output"]
            : Naming.identifiers(
                plan.outputs.map(\.name), taken: reserved.union(inputLabels))
    }

    private static func haveSameBits(_ a: [Float], _ b: [Float]) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern }
    }

    /// What all variants have in common (ports, remarks) can be read off the first.
    var plan: Plan { variants[0].source.plan }
    var isMulti: Bool { variants.count > 1 }
    var threads: Int { variants.map(\.source.plan.threads).max()! }
    var wakesThreads: Bool { variants.contains { $0.source.plan.wakesThreads } }
    var isSimple: Bool { plan.inputs.count == 1 && plan.outputs.count == 1 }

    func text() -> String {
        var out = SourceWriter()
        header(&out)
        imports(&out)
        out.line()
        model(&out)
        out.line()
        if isMulti {
            variantEnumeration(&out)
        } else {
            out.line("// MARK: - Kernels")
            variants[0].source.kernels(&out)
        }
        profilingClock(&out)
        out.line()
        memory(&out)
        if options.embedWeights {
            for (index, variant) in variants.enumerated() where variant.weights == index {
                out.line()
                EmbeddedWeights(
                    floats: variant.source.plan.constants, suffix: embeddingSuffix(variant)
                ).write(to: &out)
            }
        }
        return out.text
    }

    /// What the names of embedded weights end in.
    func embeddingSuffix(_ variant: Variant) -> String {
        isMulti ? variants[variant.weights].caseName : ""
    }

    // MARK: Files

    /// The class, and the threads if it has any.
    ///
    /// - Parameter folder: with a slash behind it, or nothing.
    func sources(in folder: String) -> [EmittedFile] {
        var files = [EmittedFile(path: "\(folder)\(typeName).swift", contents: .text(text()))]
        if threads > 1 {
            files.append(
                EmittedFile(
                    path: "\(folder)\(typeName)Threads.swift", contents: .text(threadsText)))
        }
        return files
    }

    /// The weights files, each once.
    func weights() -> [EmittedFile] {
        if options.embedWeights { return [] }
        return variants.indices.filter { variants[$0].weights == $0 }.map { index in
            let source = variants[index].source
            return EmittedFile(
                path: weightsFile(variants[index]),
                contents: .weights(header: source.weightsHeader(), floats: source.plan.constants))
        }
    }

    // MARK: Text

    /// What stands at the head of a file: what it is, and what was made of the model.
    private func header(_ out: inout SourceWriter) {
        out.line(
            "// Written by bnc from \(options.specPath). Do not edit: change the spec and compile again."
        )
        out.line("//")
        out.comment("Weights: \(options.weightsOrigin).", prefix: "//")
        for variant in variants {
            let target = variant.target
            out.comment(
                "Target: \(target.name): vectors of \(target.lanes) float32"
                    + (target.hasFMA ? ", fused multiply-add." : ", no fused multiply-add."),
                prefix: "//")
        }
        let applied = plan.remarks.filter(\.applied)
        if !applied.isEmpty {
            out.line("//")
            out.line("// What was fused:")
            for remark in applied {
                out.comment(
                    "- \(remark.layers.joined(separator: ", ")): \(remark.message)", prefix: "//")
            }
        }
        // A reason why not is no news where another fold did it.
        let folded = applied.filter { $0.pass.hasPrefix("fold-") }
        let refused = plan.remarks.filter { remark in
            !remark.applied
                && !folded.contains { Set(remark.layers).isSubset(of: $0.layers) }
        }
        if !refused.isEmpty {
            out.line("//")
            out.line("// What was not, and why:")
            for remark in refused {
                out.comment(
                    "- \(remark.layers.joined(separator: ", ")): \(remark.message)", prefix: "//")
            }
        }
        out.line()
    }

    /// The module with the check that one target's code needs; a facade has its own.
    var cpuModule: String? {
        isMulti || CPURequirement(plan.target) == nil ? nil : "\(typeName)CPU"
    }

    private func imports(_ out: inout SourceWriter) {
        out.paragraph(Self.libraryImports)
        if isMulti {
            for variant in variants {
                let line = "import \(module(variant))"
                out.paragraph(variant.isX86 ? "#if arch(x86_64)\n\(line)\n#endif" : line)
            }
        } else if plan.target.hasFMA {
            out.paragraph(Self.builtinImport)
        }
        if let cpuModule {
            out.paragraph(
                """
                #if canImport(\(cpuModule))
                import \(cpuModule)
                #endif
                """)
        }
    }

    static let libraryImports = """
        #if canImport(Glibc)
        import Glibc
        #elseif canImport(Musl)
        import Musl
        #elseif canImport(Darwin)
        import Darwin
        #endif
        """

    static let builtinImport = """
        #if BNC_BUILTIN_FMA
        import Builtin
        #endif
        """
}
