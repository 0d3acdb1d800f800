import Plan

/// What `swiftc` has to be told for a target's code.
package enum EmittedFlags {
    /// `-march` for the instructions, and the compiler's own fused multiply-add where there is one;
    /// nothing for `generic`, whose package can be depended on by version.
    package static func swiftc(for target: Target) -> [String] {
        guard let requirement = CPURequirement(target) else { return [] }
        return ["-Xcc", "-march=\(requirement.march)"] + builtinFMA
    }

    private static let builtinFMA = ["-Xfrontend", "-enable-builtin-module", "-DBNC_BUILTIN_FMA"]
}
