import Plan

/// The files around the model that make a package of it: manifest, CPU check, command.
struct PackageSource {
    let model: ModelSource
    private var typeName: String { model.typeName }
    private var cpu: CPURequirement? { CPURequirement(model.plan.target) }

    init(_ model: ModelSource) { self.model = model }

    func files() -> [EmittedFile] {
        var files = [
            EmittedFile(path: "Package.swift", contents: .text(manifest())),
            EmittedFile(
                path: "Sources/\(typeName)/\(typeName).swift", contents: .text(model.text())),
            EmittedFile(
                path: "Sources/Predict/main.swift",
                contents: .text(
                    PredictCommand(
                        typeName: typeName, cpuModule: cpu == nil ? nil : "\(typeName)CPU",
                        embedded: model.options.embedWeights
                    ).text)),
        ]
        if let cpu {
            files.append(
                EmittedFile(
                    path: "Sources/\(typeName)CPU/CPURequirement.swift", contents: .text(cpu.text)))
        }
        if !model.options.embedWeights {
            files.append(
                EmittedFile(
                    path: "\(typeName).weights",
                    contents: .weights(
                        header: model.weightsHeader(), floats: model.plan.constants)))
        }
        return files
    }

    private func manifest() -> String {
        var out = SourceWriter()
        out.paragraph(
            """
            // swift-tools-version: 6.0
            // Written by bnc from \(model.options.specPath).
            import PackageDescription

            let package = Package(
                name: "\(typeName)",
                products: [
                    .library(name: "\(typeName)", targets: ["\(typeName)"]),
                    .executable(name: "predict", targets: ["Predict"]),
                ],
                targets: [
            """)
        let flags = EmittedFlags.swiftc(for: model.plan.target).map { "\"\($0)\"" }
            .joined(separator: ", ")
        if let cpu {
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
}
