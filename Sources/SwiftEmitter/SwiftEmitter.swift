import Plan

/// A file the compiler writes, by its path within the package.
package struct EmittedFile: Sendable {
    package enum Contents: Sendable {
        case text(String)
        /// Little-endian float32 behind a header.
        case weights(header: [UInt8], floats: [Float])
    }
    package let path: String
    package let contents: Contents

    package init(path: String, contents: Contents) {
        self.path = path
        self.contents = contents
    }
}

/// What `bnc compile` lets the user choose.
package struct EmissionOptions: Sendable {
    /// The Swift type's name; nil derives it from the spec's name.
    package var typeName: String?
    /// Whether the weights stand in the source instead of a file beside it.
    package var embedWeights: Bool
    /// The spec as the user named it, for the header comment.
    package var specPath: String
    /// The summary of how weights came about, for the header comment.
    package var weightsOrigin: String
    /// Whether the model has a `profile` method that times each step.
    package var profiling: Bool

    package init(
        typeName: String? = nil, embedWeights: Bool = false, specPath: String,
        weightsOrigin: String, profiling: Bool = false
    ) {
        self.typeName = typeName
        self.embedWeights = embedWeights
        self.specPath = specPath
        self.weightsOrigin = weightsOrigin
        self.profiling = profiling
    }
}

/// Writes a plan as Swift.
package enum SwiftEmitter {
    /// A whole package: manifest, library, command, weights.
    package static func package(_ plan: Plan, _ options: EmissionOptions) -> [EmittedFile] {
        package([plan], options)
    }

    /// A whole package that picks the code for its CPU when it starts.
    ///
    /// - Parameter plans: of one model, one for each target, the most demanding first; the last is
    ///   `generic`.
    package static func package(_ plans: [Plan], _ options: EmissionOptions) -> [EmittedFile] {
        PackageSource(ModelSource(plans, options)).files()
    }

    /// The library's files alone (source and, unless embedded, weights), to drop into a target.
    package static func library(_ plan: Plan, _ options: EmissionOptions) -> [EmittedFile] {
        let model = ModelSource([plan], options)
        return model.sources(in: "") + model.weights()
    }

    /// The kernels alone, as functions of pointers: what a package for several CPUs has for each.
    package static func kernels(_ plan: Plan, _ options: EmissionOptions) -> String {
        let model = ModelSource([plan], options)
        return VariantSource(model: model, variant: model.variants[0]).text
    }

    /// The library with its `profile` method, and a program that measures it (`BenchmarkSource`).
    ///
    /// - Returns: the files, and what `swiftc` is told besides them and `-o`.
    package static func benchmark(
        _ plan: Plan, _ options: EmissionOptions
    ) -> (files: [EmittedFile], compilerArguments: [String]) {
        var options = options
        options.profiling = true
        options.embedWeights = false
        let program = BenchmarkSource(ModelSource([plan], options)).text
        return (
            library(plan, options)
                + [EmittedFile(path: "Benchmark.swift", contents: .text(program))],
            BenchmarkSource.compilerArguments(for: plan.target)
        )
    }
}
