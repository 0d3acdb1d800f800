import Compiler
import Diagnostics
import Foundation
import Plan
import SwiftEmitter

/// Emitted code of models that together have every kind of kernel.
struct ModelCode {
    let name: String
    let plan: Plan
    /// For each input the first sample.
    let inputs: [[Float]]

    /// Conformance cases with one input and one output, a kernel or more of each kind.
    static let cases = [
        "activation-mish", "activation-sparsemax", "averagepooling2d-same-overlap", "conv2d-groups",
        "conv3d-same-relu", "depthwise2d-mult2-same-s2", "groupnorm", "inverted-residual",
        "layernorm-4d", "maxpooling3d", "resizing-bilinear", "seed-mnist", "softmax-axis1",
        "squeeze-excite", "unet-tiny", "upsampling2d", "zeropadding2d",
    ]

    init(name: String, plan: Plan, inputs: [[Float]]) {
        self.name = name
        self.plan = plan
        self.inputs = inputs
    }

    init(_ name: String, _ target: Target) throws {
        let folder = "\(Generated.root)/Tests/Fixtures/conformance/\(name)"
        guard case .ready(let item) = ConformanceCase.read(folder) else {
            throw Toolchain.Problem(description: "\(name) can't be read")
        }
        self.init(
            name: name,
            plan: Compiler.plan(Compiler.lower(item.model, item.weights), target: target),
            inputs: item.input.samples(0..<1))
    }

    /// A name that can be a type's.
    var typeName: String { Naming.typeName(name) }

    private var options: EmissionOptions {
        EmissionOptions(typeName: typeName, specPath: name, weightsOrigin: "given")
    }

    /// Writes the library's files; returns the paths of the sources, and the weights'.
    func write(into folder: Scratch) throws -> (sources: [String], weights: String) {
        var sources: [String] = []
        var weights = ""
        for file in SwiftEmitter.library(plan, options) {
            switch file.contents {
            case .text(let text): sources.append(try folder.write(text, file.path))
            case .weights(let header, let floats):
                var bytes = Data(header)
                floats.withUnsafeBytes { bytes.append(contentsOf: $0) }
                weights = folder.path(file.path)
                try bytes.write(to: URL(fileURLWithPath: weights))
            }
        }
        return (sources, weights)
    }

    /// Writes the kernels alone; returns the path.
    func writeKernels(into folder: Scratch) throws -> String {
        try folder.write(SwiftEmitter.kernels(plan, options), "\(typeName)Kernels.swift")
    }
}
