import Plan

/// The check that a binary makes before it runs code the CPU may lack: in a module of its own, which
/// is compiled without that code.
struct CPURequirement {
    let target: Target
    /// What `-march` is told.
    let march: String

    /// nil where every CPU of the kind will do.
    init?(_ target: Target) {
        guard target == .x86v4 || target == .x86v3 else { return nil }
        self.target = target
        march = target.name
    }

    var text: String {
        // Leaf 7 register EBX, and the bytes of state that the operating system saves (leaf 13).
        let (name, ebx, state) =
            target == .x86v4
            ? ("AVX-512 (F, DQ, CD, BW, VL)", "0xd003_0128", 2688)
            : ("AVX2, FMA, BMI", "0x0000_0128", 832)
        return """
            // Written by bnc. Compiled without special instructions, so that it can run anywhere.
            #if arch(x86_64)
            import _Builtin_intrinsics.intel.cpuid
            #endif

            /// What the CPU lacks to run this model, as a message; nil if nothing.
            public func missingCPUFeature() -> String? {
                #if arch(x86_64)
                var a: UInt32 = 0
                var b: UInt32 = 0
                var c: UInt32 = 0
                var d: UInt32 = 0
                // FMA, OSXSAVE and AVX, then what leaf 7 lists, then whether the system saves the registers.
                let first = __get_cpuid_count(1, 0, &a, &b, &c, &d) != 0 && c & 0x1800_1000 == 0x1800_1000
                let second = first && __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && b & \(ebx) == \(ebx)
                let third = second && __get_cpuid_count(13, 0, &a, &b, &c, &d) != 0 && b >= \(state)
                return third ? nil : message
                #else
                return message
                #endif
            }

            private let message = \"\"\"
                this model was compiled for \(target.name) and this CPU (or its operating system) lacks \\
                \(name); compile it again with `bnc compile --target-cpu generic` or `native`
                \"\"\"

            """
    }
}
