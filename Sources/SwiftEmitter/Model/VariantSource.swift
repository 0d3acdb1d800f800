import Plan

/// The module with the code of one variant: kernels, and a function that calls them.
///
/// It is compiled for instructions that the CPU at hand may lack, so nothing of it may end up where
/// other code calls it. The linker keeps one of several equal weak functions, whichever module it was
/// compiled in: here are only functions of pointers and numbers, and no generic code of the standard
/// library that would be left as a function. A test looks at the symbols.
struct VariantSource {
    let model: ModelSource
    let variant: ModelSource.Variant

    var text: String {
        let source = variant.source
        var out = SourceWriter()
        out.paragraph(
            """
            // Written by bnc from \(model.options.specPath). Do not edit: change the spec and compile again.
            //
            // The kernels of \(model.typeName) for \(variant.target.name). Functions of pointers only: what the
            // standard library's generic types leave behind in a module would be run by others too.
            """)
        out.line()
        if variant.isX86 { out.line("#if arch(x86_64)") }
        if variant.target.hasFMA { out.paragraph(ModelSource.builtinImport) }
        out.line()
        let memory = [
            "_ weights: UnsafePointer<Float>", "_ arena: UnsafeMutablePointer<Float>",
        ]
        if model.threads > 1 {
            parts(&out)
            out.line()
            out.line("/// One part of a stage.")
            out.line("@inline(never)")
            out.signature(
                "public func compute",
                ["_ part: Int", "_ stage: Int"] + memory + source.portParameters, "")
            out.indent(1)
            source.computeStages(&out)
            out.close()
        } else {
            out.line("/// All steps of a prediction.")
            out.line("@inline(never)")
            out.signature("public func run", memory + source.portParameters, "")
            out.indent(1)
            source.run(&out)
            out.close()
        }
        out.line()
        out.line("// MARK: - Kernels")
        source.kernels(&out)
        if variant.isX86 { out.line("#endif") }
        return out.text
    }

    private func parts(_ out: inout SourceWriter) {
        out.line("/// How many parts a stage has.")
        out.line("@inline(never)")
        out.block("public func parts(_ stage: Int) -> Int") { out in
            out.line("switch stage {")
            for (number, stage) in variant.source.stages.enumerated() where stage.parts > 1 {
                out.line("case \(number): \(stage.parts)")
            }
            out.line("default: 1")
            out.line("}")
        }
    }
}
