import Plan

/// The files around the model that make a package of it: manifest, CPU check, command.
struct PackageSource {
    let model: ModelSource
    private var typeName: String { model.typeName }
    private var cpu: CPURequirement? { CPURequirement(model.plan.target) }

    init(_ model: ModelSource) { self.model = model }

    func files() -> [EmittedFile] {
        var files = [EmittedFile(path: "Package.swift", contents: .text(manifest()))]
        files += model.sources(in: "Sources/\(typeName)/")
        files.append(
            EmittedFile(
                path: "Sources/Predict/main.swift",
                contents: .text(
                    PredictCommand(
                        typeName: typeName, cpuModule: model.cpuModule,
                        embedded: model.options.embedWeights
                    ).text)))
        if model.isMulti {
            files.append(
                EmittedFile(
                    path: "Sources/\(typeName)/CPUFeatures.swift",
                    contents: .text(
                        CPURequirement.text(
                            model.variants.compactMap { CPURequirement($0.target) }))))
            for variant in model.variants {
                files.append(
                    EmittedFile(
                        path: "Sources/\(model.module(variant))/Kernels.swift",
                        contents: .text(VariantSource(model: model, variant: variant).text)))
            }
        } else if let cpu {
            files.append(
                EmittedFile(
                    path: "Sources/\(typeName)CPU/CPURequirement.swift", contents: .text(cpu.text)))
        }
        return files + model.weights()
    }

    private func manifest() -> String {
        var out = SourceWriter()
        out.paragraph(
            """
            // swift-tools-version: 6.0
            // Written by bnc from \(model.options.specPath).
            import PackageDescription
            \(x86Flags)
            let package = Package(
                name: "\(typeName)",\(platforms)
                products: [
                    .library(name: "\(typeName)", targets: ["\(typeName)"]),
                    .executable(name: "predict", targets: ["Predict"]),
                ],
                targets: [
            """)
        if model.isMulti {
            variants(&out)
        } else if let cpu {
            let flags = flags(EmittedFlags.swiftc(for: model.plan.target))
            out.paragraph(
                """
                        // The model, for CPUs with \(cpu.march); the check runs before it and without it.
                        .target(
                            name: "\(typeName)", dependencies: ["\(typeName)CPU"],
                            swiftSettings: [.unsafeFlags([\(flags)])]),
                        .target(name: "\(typeName)CPU"),
                        .executableTarget(name: "Predict", dependencies: ["\(typeName)", "\(typeName)CPU"]),
                """)
        } else {
            out.paragraph(
                """
                        .target(name: "\(typeName)"),
                        .executableTarget(name: "Predict", dependencies: ["\(typeName)"]),
                """)
        }
        out.paragraph(
            """
                ],
                swiftLanguageModes: [.v6]
            )
            """)
        return out.text
    }

    /// Threads use the standard library's atomics.
    private var platforms: String {
        guard model.threads > 1 else { return "" }
        return """

            \("    ")platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
            """
    }

    private func flags(_ flags: [String]) -> String {
        flags.map { "\"\($0)\"" }.joined(separator: ", ")
    }

    /// Kernels are optimized in debug builds too: without that, the standard library's generic
    /// functions would stay in their modules, compiled for a CPU that others may not have.
    private var x86Flags: String {
        guard model.isMulti else { return "" }
        var out = SourceWriter()
        out.line()
        out.line(
            "/// What the compiler is told for a kind of x86-64; others have that module empty.")
        out.block("func x86(_ flags: String...) -> [SwiftSetting]") { out in
            out.paragraph(
                """
                #if arch(x86_64)
                [.unsafeFlags(["-O"] + flags)]
                #else
                []
                #endif
                """)
        }
        return out.text
    }

    private func variants(_ out: inout SourceWriter) {
        let modules = model.variants.map { "\"\(model.module($0))\"" }.joined(separator: ", ")
        out.indent(2)
        out.line("// The class picks the kernels that the CPU can run.")
        out.line(".target(name: \"\(typeName)\", dependencies: [\(modules)]),")
        for variant in model.variants {
            let name = model.module(variant)
            let flags = flags(EmittedFlags.swiftc(for: variant.target))
            if variant.isX86 {
                out.line(".target(")
                out.line("    name: \"\(name)\",")
                out.line("    swiftSettings: x86(\(flags))),")
            } else {
                out.line(".target(name: \"\(name)\"),")
            }
        }
        out.line(".executableTarget(name: \"Predict\", dependencies: [\"\(typeName)\"]),")
        out.indent(-2)
    }
}
