import Compiler
import Foundation
import Plan
import SwiftEmitter
import Testing

/// Kernels by themselves, as packages for several CPUs have them.
@Suite struct VariantTests {
    /// A variant's object holds no function that the linker might put in the place of another
    /// module's: such functions are weak, and the code that they are called from may run on a CPU
    /// without the instructions that this one was compiled for.
    @Test(
        .enabled(if: Target.native.runsHere && Toolchain.find("nm") != nil),
        arguments: [
            Target.x86v4, .x86v3,
        ])
    func leavesNoWeakFunctions(_ target: Target) throws {
        #if arch(x86_64)
            let folder = try Scratch()
            for name in ModelCode.cases {
                let code = try ModelCode(name, target)
                let object = folder.path("\(code.typeName).o")
                try Toolchain.compile(
                    "swiftc",
                    ["-O", "-wmo", "-parse-as-library", "-swift-version", "6", "-module-name"]
                        + ["\(code.typeName)V", "-c", try code.writeKernels(into: folder), "-o"]
                        + [object] + EmittedFlags.swiftc(for: target), in: folder)
                let symbols = try Toolchain.run("nm", ["--defined-only", object], in: folder)
                #expect(symbols.succeeded && symbols.output.contains(" T "))
                let weak = symbols.output.split(separator: "\n").filter {
                    $0.split(separator: " ").dropFirst().first?.uppercased() == "W"
                }
                #expect(weak == [], "\(name)")
            }
        #endif
    }

    /// Where the toolchain has the library for it, code for arm64 is compiled as it would be there.
    @Test(.enabled(if: VariantTests.canCompileForARM64))
    func compilesForARM64() throws {
        let folder = try Scratch()
        for name in ModelCode.cases {
            let code = try ModelCode(name, .arm64)
            let object = folder.path("\(code.typeName).o")
            try Toolchain.compile(
                "swiftc",
                ["-O", "-wmo", "-parse-as-library", "-swift-version", "6"]
                    + ["-enable-experimental-feature", "Embedded", "-target", Self.bareARM64]
                    + ["-c", try code.writeKernels(into: folder), "-o", object], in: folder)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: object))
            // ELF, for AArch64.
            #expect(bytes.prefix(4).elementsEqual([0x7f, 0x45, 0x4c, 0x46]))
            #expect(bytes[18] == 183)
        }
    }

    static let bareARM64 = "aarch64-none-none-elf"

    static let canCompileForARM64: Bool = {
        guard let folder = try? Scratch(),
            let source = try? folder.write("public func f() {}\n", "probe.swift")
        else { return false }
        let result = try? Toolchain.run(
            "swiftc",
            ["-enable-experimental-feature", "Embedded", "-target", bareARM64, "-wmo"]
                + ["-parse-as-library", "-c", source, "-o", folder.path("probe.o")], in: folder)
        return result?.succeeded == true
    }()
}
