// swift-tools-version: 6.2
import PackageDescription

/// Every target in the order data meets it; `Tests/ArchitectureTests` checks the `import` lines
/// against the `dependencies` given here.
let package = Package(
    name: "bnc",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "bnc", targets: ["bnc"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // The front end: text to a checked model.
        .systemLibrary(
            name: "CYAML", pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        .target(name: "Diagnostics"),
        .target(name: "Syntax", dependencies: ["Diagnostics", "CYAML"]),
        .target(name: "IR", dependencies: ["Diagnostics"]),
        .target(name: "Spec", dependencies: ["Syntax", "IR", "Diagnostics"]),
        .target(name: "Layers", dependencies: ["Spec", "IR", "Diagnostics"]),
        .target(name: "TensorFiles", dependencies: ["Diagnostics"]),

        // The middle: graph to graph, and at last graph to plan.
        .target(name: "Plan", dependencies: ["IR"]),
        .target(name: "Passes", dependencies: ["IR", "Plan"]),

        // The back ends.
        .target(name: "Interpreter", dependencies: ["IR", "Plan"]),
        .target(name: "SwiftEmitter", dependencies: ["IR", "Plan"]),

        // The road as one call, and the command line.
        .target(
            name: "Compiler",
            dependencies: [
                "Diagnostics", "Syntax", "IR", "Spec", "Layers", "TensorFiles", "Plan", "Passes",
                "Interpreter", "SwiftEmitter",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]),
        .target(
            name: "LanguageServer",
            dependencies: ["Compiler", "Diagnostics", "IR", "Spec", "Layers"]),
        .executableTarget(
            name: "bnc",
            dependencies: [
                "Compiler", "LanguageServer", "Diagnostics", "Syntax", "IR", "Spec", "Layers",
                "TensorFiles", "Plan", "Passes", "Interpreter", "SwiftEmitter",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        // What bnc emits for specs/, written by scripts/generate and never edited.
        .target(name: "DigitsCNN", path: "generated/DigitsCNN", exclude: ["DigitsCNN.weights"]),
        .target(
            name: "DigitsCNNNoBN", path: "generated/DigitsCNNNoBN",
            exclude: ["DigitsCNNNoBN.weights"]),
        .target(name: "DigitsMLP", path: "generated/DigitsMLP"),
        .target(
            name: "DigitsReluBN", path: "generated/DigitsReluBN", exclude: ["DigitsReluBN.weights"]),

        // Tests.
        .target(name: "TestSupport", dependencies: ["IR"], path: "Tests/TestSupport"),
        .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
        .testTarget(name: "SyntaxTests", dependencies: ["Syntax", "Diagnostics"]),
        .testTarget(name: "TensorFilesTests", dependencies: ["TensorFiles"]),
        .testTarget(name: "IRTests", dependencies: ["IR", "TestSupport"]),
        .testTarget(
            name: "LayersTests",
            dependencies: ["Layers", "Spec", "Syntax", "Diagnostics", "IR", "TestSupport"],
            exclude: ["Fixtures"]),
        .testTarget(
            name: "PassesTests", dependencies: ["Passes", "IR", "Plan", "TestSupport"],
            exclude: ["Cases"]),
        .testTarget(
            name: "InterpreterTests",
            dependencies: [
                "Interpreter", "Plan", "Passes", "IR", "TestSupport", "SwiftEmitter",
            ]),
        .testTarget(
            name: "GeneratedTests",
            dependencies: [
                "Compiler", "Diagnostics", "Interpreter", "Passes", "Plan", "SwiftEmitter",
                "TensorFiles", "DigitsCNN", "DigitsCNNNoBN", "DigitsMLP", "DigitsReluBN",
            ],
            exclude: ["Fixtures"]),
        .testTarget(name: "ArchitectureTests"),
        .testTarget(
            name: "CommandLineTests",
            dependencies: [
                "bnc", "TensorFiles", .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            exclude: ["Snapshots"]),
        .testTarget(
            name: "EditorTests",
            dependencies: [
                "LanguageServer", "Compiler", "Diagnostics", "Layers", "Spec", "Syntax",
            ]),
        .target(
            name: "FuzzSupport",
            dependencies: [
                "Compiler", "Diagnostics", "IR", "Interpreter", "Layers", "Passes", "Plan", "Spec",
                "Syntax", "TensorFiles", "TestSupport",
            ], path: "Tests/FuzzSupport"),
        .executableTarget(
            name: "FuzzFront",
            dependencies: [
                "Compiler", "Diagnostics", "FuzzSupport", "IR", "Layers", "Plan", "Spec",
                "TensorFiles",
            ], path: "Tests/FuzzFront"),
        .executableTarget(
            name: "Fuzz", dependencies: ["FuzzSupport", "Plan"], path: "Tests/Fuzz"),
        .testTarget(name: "FuzzTests", dependencies: ["FuzzSupport"]),
        .testTarget(
            name: "GalleryTests",
            dependencies: ["Compiler", "Diagnostics", "Layers", "Spec", "TensorFiles", "Plan"],
            exclude: ["Cases"]),
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "Compiler", "TensorFiles", "Diagnostics", "IR", "Interpreter", "Passes", "Plan",
                "Spec",
            ]),
        .testTarget(
            name: "PlanningTests",
            dependencies: ["Compiler", "Diagnostics", "IR", "Plan", "Passes", "Interpreter"]),
    ],
    swiftLanguageModes: [.v6]
)
