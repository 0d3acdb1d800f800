import Plan

/// The emitted class where it was compiled for several CPUs: which there are, and which to take.
extension ModelSource {
    /// The module that holds a variant's kernels.
    func module(_ variant: Variant) -> String {
        typeName
            + (variant.target == .generic
                ? "Generic" : variant.target.name.split(separator: "-").last!.uppercased())
    }

    /// The files of weights, each once.
    var weightsFiles: [String] {
        variants.indices.filter { variants[$0].weights == $0 }.map { weightsFile(variants[$0]) }
    }

    /// The weights file of a variant: one of its own, or that of a variant with the same weights.
    func weightsFile(_ variant: Variant) -> String {
        isMulti
            ? "\(typeName).\(variants[variant.weights].target.name).weights" : "\(typeName).weights"
    }

    func variantProperty(_ out: inout SourceWriter) {
        out.line("/// The code that predicts.")
        out.line("public let variant: Variant")
    }

    /// The enumeration of variants, in an extension behind the class.
    func variantEnumeration(_ out: inout SourceWriter) {
        out.block("extension \(typeName)") { out in
            out.line("/// The CPUs the model was compiled for, the most demanding first.")
            out.block("public enum Variant: String, CaseIterable, Sendable") { out in
                for variant in variants {
                    out.line("case \(variant.caseName) = \"\(variant.target.name)\"")
                }
                out.line()
                out.line("/// Whether this CPU, and its operating system, can run the code.")
                out.block("public var isSupported: Bool") { out in
                    perVariant(&out, elsewhere: "false") {
                        CPURequirement($0.target).map { "\($0.functionName)()" } ?? "true"
                    }
                }
                out.line()
                out.line("/// The most demanding that is supported.")
                out.line(
                    "public static let best = allCases.first { $0.isSupported } ?? .generic")
                out.line()
                out.line(
                    "/// Floats in the packed weights, and in the memory for intermediate values.")
                out.block("var weightCount: Int") { out in
                    perVariant(&out) { "\($0.source.plan.constants.count)" }
                }
                out.block("var arenaCount: Int") { out in
                    perVariant(&out) { "\($0.source.plan.arenaCount)" }
                }
                if !options.embedWeights { files(&out) }
                if threads > 1 { stages(&out) }
            }
        }
    }

    private func files(_ out: inout SourceWriter) {
        out.line("/// The layout of the weights that the code reads.")
        out.block("var layout: UInt64") { out in
            perVariant(&out) { layout($0) }
        }
        out.line()
        out.line("/// The variant's weights file, from the name without the variant's.")
        out.block("func file(_ path: String) -> String") { out in
            out.line("let name: String")
            out.line("switch self {")
            for variant in variants {
                let owner = variants[variant.weights].target.name
                out.line("case .\(variant.caseName): name = \"\(owner)\"")
            }
            out.line("}")
            out.paragraph(
                """
                let ending = ".weights"
                let stem = path.hasSuffix(ending) ? String(path.dropLast(ending.count)) : path
                return "\\(stem).\\(name)\\(ending)"
                """)
        }
    }

    private func stages(_ out: inout SourceWriter) {
        out.line()
        out.line("/// Steps that are split, and stretches of steps that are not.")
        out.block("var stageCount: Int") { out in
            perVariant(&out) { "\($0.source.stages.count)" }
        }
        out.block("func parts(of stage: Int) -> Int") { out in
            perVariant(&out, elsewhere: "1") { "\(module($0)).parts(stage)" }
        }
    }

    /// A value for each variant.
    ///
    /// - Parameter elsewhere: on CPUs other than x86, where the x86 variants aren't compiled; nil if
    ///   the value needs no code of theirs.
    private func perVariant(
        _ out: inout SourceWriter, elsewhere: String? = nil, _ value: (Variant) -> String
    ) {
        out.line("switch self {")
        if elsewhere != nil { out.line("#if arch(x86_64)") }
        for variant in variants.dropLast() {
            out.line("case .\(variant.caseName): \(value(variant))")
        }
        if let elsewhere {
            out.line("#else")
            out.line(
                "case \(variants.dropLast().map { ".\($0.caseName)" }.joined(separator: ", ")): \(elsewhere)"
            )
            out.line("#endif")
        }
        out.line("case .\(variants.last!.caseName): \(value(variants.last!))")
        out.line("}")
    }

    /// A call for each variant.
    func eachVariant(
        _ subject: String, _ out: inout SourceWriter, _ call: (Variant) -> String
    ) {
        out.line("switch \(subject) {")
        out.line("#if arch(x86_64)")
        for variant in variants.dropLast() {
            out.line("case .\(variant.caseName): \(call(variant))")
        }
        out.line("#endif")
        out.line("default: \(call(variants.last!))")
        out.line("}")
    }
}

extension ModelSource.Variant {
    /// Its name in Swift.
    var caseName: String { target == .generic ? "generic" : Naming.identifier(target.name) }
}
