import IR
import Plan

/// The helpers an emitted file carries: vector loads and stores, multiply-add, element functions.
/// Only what the kernels use is written, all of it private to the file.
struct Prelude {
    let target: Target
    let needs: Needs

    func write(to out: inout SourceWriter) {
        let functions = requiredSections()
        var lanes = needs.lanes
        for function in functions { lanes.insert(function.lanes) }
        // Narrow stores are made of narrower ones.
        let used = [16, 8, 4].filter { lanes.contains($0) }
        guard !used.isEmpty else { return }
        out.line()
        out.line("// MARK: - Vectors")
        for count in used {
            out.line()
            loadsAndStores(count, &out)
        }
        if needs.helpers.contains("prefetch") { definePrefetch(&out) }
        defineReductions(widest: used[0], &out)
        for function in functions {
            out.line()
            let text = Self.section(function.name).text
            out.paragraph(Self.instantiate(text, lanes: function.lanes))
        }
        for run in needs.runs.sorted() {
            out.line()
            inPlace(run, &out)
        }
    }

    /// The name of a function over a run of vectors.
    static func runName(_ run: Needs.Function) -> String { "run\(run.lanes)_\(run.name)" }

    /// A function over a run of vectors, not inlined: it is called for many at once.
    private func inPlace(_ run: Needs.Function, _ out: inout SourceWriter) {
        guard let kind = UnaryFunction.Kind(rawValue: run.name) else {
            preconditionFailure("there is no function \(run.name)")
        }
        let names = kind.parameterNames.indices.map { "p\($0)" }
        let parameters = names.map { "_ \($0): Float" }
        out.line("/// Of `count` vectors in each of `rows` rows, in place.")
        out.line("@inline(never)")
        out.signature(
            "private func \(Self.runName(run))",
            ["_ x: UnsafeMutablePointer<Float>", "_ count: Int"] + parameters
                + ["rows: Int = 1", "stride: Int = 0"], "")
        out.indent(1)
        out.block("for row in 0..<rows") { out in
            out.block("for index in 0..<count") { out in
                out.line("let p = x + (row * stride + index * \(run.lanes))")
                let call = (["load\(run.lanes)(UnsafePointer(p))"] + names).joined(separator: ", ")
                out.line("store\(run.lanes)(p, activation_\(run.name)(\(call)))")
            }
        }
        out.indent(-1)
        out.line("}")
    }

    /// The vector functions used and what they are made of, in the order of the source.
    private func requiredSections() -> [Needs.Function] {
        var wanted = needs.functions
        var open = Array(wanted)
        while let function = open.popLast() {
            for name in Self.section(function.name).needs {
                let needed = Needs.Function(name: name, lanes: function.lanes)
                if wanted.insert(needed).inserted { open.append(needed) }
            }
        }
        // `madd`, `splat` and the like are defined beside the loads, for the target and by the number of lanes.
        let ours: Set = ["madd", "splat", "added", "subtracted", "multiplied"]
        return VectorMathSource.sections.filter { !ours.contains($0.name) }.flatMap { section in
            wanted.filter { $0.name == section.name }.sorted { $0.lanes > $1.lanes }
        }
    }

    private static func section(_ name: String) -> (name: String, needs: [String], text: String) {
        guard let section = VectorMathSource.sections.first(where: { $0.name == name }) else {
            preconditionFailure("there is no vector function \(name)")
        }
        return section
    }

    /// The text for one vector type: `V` and `VI` become `SIMD8<Float>` and `SIMD8<Int32>`, functions
    /// become private.
    private static func instantiate(_ text: String, lanes: Int) -> String {
        var result = ""
        var word = ""
        func flush() {
            switch word {
            case "V": result += "SIMD\(lanes)<Float>"
            case "VI": result += "SIMD\(lanes)<Int32>"
            case "splat": result += "splat\(lanes)"
            default: result += word
            }
            word = ""
        }
        for character in text {
            if character.isLetter || character.isNumber || character == "_" {
                word.append(character)
            } else {
                flush()
                result.append(character)
            }
        }
        flush()
        let lines = result.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("// MARK:") }
            .map { line -> String in
                let text = String(line)
                for head in ["package func", "func"] where text.hasPrefix(head) {
                    return "private func" + text.dropFirst(head.count)
                }
                return text
            }
        return lines.joined(separator: "\n").trimmedNewlines
    }

    /// A sum, difference or product of vectors that the compiler never takes apart into lanes.
    private func defineOperator(
        _ name: String, _ sign: String, _ builtin: String, _ count: Int, _ out: inout SourceWriter
    ) {
        let type = "SIMD\(count)<Float>"
        out.line("@inline(__always)")
        out.block("private func \(name)(_ a: \(type), _ b: \(type)) -> \(type)") { out in
            guard target.hasFMA else {
                out.line("a \(sign) b")
                return
            }
            let vector = "Builtin.Vec\(count)xFPIEEE32.self"
            out.paragraph(
                """
                #if BNC_BUILTIN_FMA
                unsafeBitCast(
                    Builtin.\(builtin)_Vec\(count)xFPIEEE32(
                        unsafeBitCast(a, to: \(vector)), unsafeBitCast(b, to: \(vector))),
                    to: \(type).self)
                #else
                a \(sign) b
                #endif
                """)
        }
    }

    /// Asks for a cache line that will be read soon; does nothing without the compiler's own.
    private func definePrefetch(_ out: inout SourceWriter) {
        out.line()
        out.line("/// Brings what lies at `p` into the second-level cache.")
        out.line("@inline(__always)")
        out.block("private func prefetch(_ p: UnsafePointer<Float>)") { out in
            out.paragraph(
                """
                #if BNC_BUILTIN_FMA
                let (read, locality, data): (Int32, Int32, Int32) = (0, 2, 1)
                Builtin.int_prefetch_RawPointer(
                    p._rawValue, read._value, locality._value, data._value)
                #endif
                """)
        }
    }

    /// All lanes of a vector as one value, by halves. (The standard library's are generic: what of them
    /// isn't inlined stays behind as a weak function.)
    private func defineReductions(widest: Int, _ out: inout SourceWriter) {
        func define(_ head: String, _ body: String) {
            out.line("@inline(__always)")
            out.block("private func \(head)") { $0.line(body) }
        }
        func byHalves(_ name: String, _ combine: (String, String) -> String) {
            for count in [16, 8, 4] where count <= widest {
                let half = "SIMD\(count / 2)<Float>"
                define(
                    "\(name)(_ v: SIMD\(count)<Float>) -> Float",
                    "\(name)(\(combine("v.lowHalf", "v.highHalf")) as \(half))")
            }
            define("\(name)(_ v: SIMD2<Float>) -> Float", combine("v[0]", "v[1]"))
        }
        if needs.helpers.contains("largest") {
            out.line()
            out.line("/// The larger one, and the first if that can't be told.")
            define("larger(_ a: Float, _ b: Float) -> Float", "b > a ? b : a")
            for count in [16, 8, 4, 2] where count <= widest {
                let type = "SIMD\(count)<Float>"
                define(
                    "larger(_ a: \(type), _ b: \(type)) -> \(type)",
                    "a.replacing(with: b, where: b .> a)")
            }
            byHalves("largest") { "larger(\($0), \($1))" }
        }
        if needs.helpers.contains("sum") {
            out.line()
            byHalves("sum") { "\($0) + \($1)" }
        }
    }

    private func loadsAndStores(_ count: Int, _ out: inout SourceWriter) {
        let type = "SIMD\(count)<Float>"
        let inline = "@inline(__always)"
        func define(_ head: String, _ body: String) {
            out.line(inline)
            out.block("private func \(head)") { $0.paragraph(body) }
        }
        define(
            "load\(count)(_ p: UnsafePointer<Float>) -> \(type)",
            "UnsafeRawPointer(p).loadUnaligned(as: \(type).self)")
        define(
            "load\(count)(_ p: UnsafePointer<Float>, first n: Int, fill: Float = 0) -> \(type)",
            """
            var v = \(type)(repeating: fill)
            for i in 0..<n { v[i] = p[i] }
            return v
            """)
        define(
            "store\(count)(_ p: UnsafeMutablePointer<Float>, _ v: \(type))",
            "UnsafeMutableRawPointer(p).storeBytes(of: v, as: \(type).self)")
        define(
            "store\(count)(_ p: UnsafeMutablePointer<Float>, _ v: \(type), first n: Int)",
            "for i in 0..<n { p[i] = v[i] }")
        define("splat\(count)(_ x: Float) -> \(type)", "\(type)(repeating: x)")
        if needs.helpers.contains("gather") {
            define(
                "gather\(count)(_ p: UnsafePointer<Float>, stride: Int, first n: Int) -> \(type)",
                """
                var v = \(type)()
                for i in 0..<n { v[i] = p[i * stride] }
                return v
                """)
        }
        if needs.functions.contains(where: { $0.name.hasPrefix("winograd") && $0.lanes == count }) {
            for (name, sign, builtin) in [
                ("added", "+", "fadd"), ("subtracted", "-", "fsub"), ("multiplied", "*", "fmul"),
            ] {
                defineOperator(name, sign, builtin, count, &out)
            }
        }
        let head = "madd(_ a: \(type), _ b: \(type), _ c: \(type)) -> \(type)"
        guard target.hasFMA else {
            out.line("/// a * b + c.")
            define(head, "a * b + c")
            return
        }
        // Swift has no other spelling for one fused instruction on a vector that compiles quickly; the
        // flag that the manifest passes opens the compiler's own.
        let builtin = "Builtin.Vec\(count)xFPIEEE32.self"
        out.line("/// a * b + c, rounded once.")
        define(
            head,
            """
            #if BNC_BUILTIN_FMA
            unsafeBitCast(
                Builtin.int_fma_Vec\(count)xFPIEEE32(
                    unsafeBitCast(a, to: \(builtin)), unsafeBitCast(b, to: \(builtin)),
                    unsafeBitCast(c, to: \(builtin))),
                to: \(type).self)
            #else
            c.addingProduct(a, b)
            #endif
            """)
    }
}

extension String {
    fileprivate var trimmedNewlines: String {
        var text = self[...]
        while text.first == "\n" { text = text.dropFirst() }
        while text.last == "\n" { text = text.dropLast() }
        return String(text)
    }
}
