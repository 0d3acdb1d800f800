import Plan

/// The check that a binary makes before it runs code the CPU may lack: in a module that is compiled
/// without that code.
struct CPURequirement {
    let target: Target
    /// What `-march` is told.
    let march: String

    /// nil where every CPU of the kind will do.
    init?(_ target: Target) {
        guard [Target.x86v4, .x86v3].contains(where: { $0.name == target.instructions }) else {
            return nil
        }
        self.target = target
        march = target.instructions
    }

    private var isV4: Bool { march == Target.x86v4.name }

    /// A module that says why a model can't run.
    var text: String {
        let name = isV4 ? "AVX-512 (F, DQ, CD, BW, VL)" : "AVX2, FMA, BMI"
        return """
            \(Self.head)
            /// What the CPU lacks to run this model, as a message; nil if nothing.
            public func missingCPUFeature() -> String? {
                \(functionName)() ? nil : message
            }

            \(function)
            private let message = \"\"\"
                this model was compiled for \(march) and this CPU (or its operating system) lacks \\
                \(name); compile it again with `bnc compile --target-cpu generic` or `native`
                \"\"\"

            """
    }

    /// A file that says which of several targets can run.
    static func text(_ requirements: [CPURequirement]) -> String {
        ([head] + requirements.map(\.function)).joined(separator: "\n")
    }

    /// `hasV4`
    var functionName: String { "hasV" + String(march.last!) }

    private static let head = """
        // Written by bnc. Compiled without special instructions, so that it can run anywhere.
        #if arch(x86_64)
        import _Builtin_intrinsics.intel.cpuid
        #endif

        """

    private var function: String {
        // Leaf 7 register EBX, and the last state that the operating system must save: the upper 16
        // registers of 512 bits, or the upper halves of 256.
        let (ebx, state) = isV4 ? ("0xd003_0128", 7) : ("0x0000_0128", 2)
        return """
            /// Whether the CPU has what \(march) asks for and the system saves its registers.
            func \(functionName)() -> Bool {
                #if arch(x86_64)
                var a: UInt32 = 0
                var b: UInt32 = 0
                var c: UInt32 = 0
                var d: UInt32 = 0
                // Where the registers' state ends in the system's save area: CPUs differ (leaf 13).
                guard __get_cpuid_count(13, \(state), &a, &b, &c, &d) != 0, a != 0 else { return false }
                let end = a &+ b
                // SSE to 4.2, FMA, MOVBE, POPCNT, OSXSAVE, AVX and F16C; LZCNT; what leaf 7 lists; the area.
                return __get_cpuid_count(1, 0, &a, &b, &c, &d) != 0 && c & 0x38d8_1201 == 0x38d8_1201
                    && __get_cpuid_count(0x8000_0001, 0, &a, &b, &c, &d) != 0 && c & 0x20 == 0x20
                    && __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && b & \(ebx) == \(ebx)
                    && __get_cpuid_count(13, 0, &a, &b, &c, &d) != 0 && b >= end
                #else
                return false
                #endif
            }

            """
    }
}
