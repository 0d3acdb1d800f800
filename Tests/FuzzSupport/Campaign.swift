import Compiler
import Diagnostics
import Foundation
import Layers
import Plan
import Spec

/// Models one after the other through all engines, from a seed.
package final class Campaign {
    package struct Counts: Sendable {
        package var models = 0
        /// Models of which nothing can be said: too ill-conditioned, or beyond float32.
        package var ambiguous = 0
        package var notBuilt = 0
        package var interpreted = 0
        package var keras = 0
        package var emitted = 0
        /// Specs that bnc refuses, shown to Keras.
        package var refusals = 0
        package var layers: [String: Int] = [:]
    }

    private let seed: UInt64
    private let generator: ModelGenerator
    private let engines: [FuzzEngine]
    private let keras: KerasServer?
    private let scratch: String
    package private(set) var counts = Counts()
    package private(set) var findings: [Finding] = []
    private var known: Set<String> = []
    /// Models that wait to be emitted.
    private var waiting: [(index: Int, subject: Subject)] = []

    /// - Parameters:
    ///   - scratch: a folder for what Keras reads and writes.
    ///   - note: called with each model's text before bnc reads it.
    package init(
        seed: UInt64, engines: [FuzzEngine] = FuzzEngine.allCases, keras: KerasServer? = nil,
        scratch: String = "", note: @escaping (String) -> Void = { _ in }
    ) {
        self.seed = seed
        self.engines = engines
        self.keras = keras
        self.scratch = scratch
        generator = ModelGenerator(note: note)
    }

    /// The seed and the kind of the numbers of a model.
    private func numbers(_ index: Int) -> (seed: UInt64, mode: ModelData.Mode) {
        var random = SeededRandom(seed, "numbers \(index)")
        let modes: [ModelData.Mode] = [
            .normal, .normal, .normal, .normal, .normal, .zeroSteps, .zeroSteps, .special, .special,
            .extreme,
        ]
        return (random.next(), random.pick(modes))
    }

    /// Runs one model; what was found is in `findings`.
    ///
    /// - Returns: how many findings are new.
    @discardableResult
    package func run(_ index: Int) -> Int {
        let before = findings.count
        guard let product = generator.product(seed: seed, index: index) else {
            counts.notBuilt += 1
            return 0
        }
        counts.models += 1
        let (seed, mode) = numbers(index)
        if let refused = product.refused { compareRefusal(refused.draft, refused.diagnostics) }
        guard let subject = Subject(product.draft, product.model, seed: seed, mode: mode) else {
            counts.ambiguous += 1
            return findings.count - before
        }
        for name in product.draft.classes { counts.layers[name, default: 0] += 1 }
        let asked = ask(subject)
        for engine in engines {
            guard let problem = subject.problem(engine) else { continue }
            report(engine.rawValue, problem, subject, seed, mode) { subject in
                subject.problem(engine)
            }
            break
        }
        counts.interpreted += 1
        if asked, let problem = kerasProblem(subject, counts: true) {
            report("keras", problem, subject, seed, mode) { [self] subject in
                guard ask(subject) else { return nil }
                return kerasProblem(subject, counts: false)
            }
        }
        waiting.append((index, subject))
        return findings.count - before
    }

    // MARK: Keras

    private func ask(_ subject: Subject) -> Bool {
        guard let keras, !usesOwnArguments(subject.draft) else { return false }
        let folder = "\(scratch)/keras"
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        do {
            try Data(subject.draft.yaml.utf8).write(
                to: URL(fileURLWithPath: "\(folder)/model.yaml"))
            try subject.data.write(to: folder, subject.model)
        } catch {
            return false
        }
        keras.ask("run", folder)
        return true
    }

    /// Whether a layer has an argument that Keras's has not.
    private func usesOwnArguments(_ draft: Draft) -> Bool {
        draft.layers.flatMap(\.all).contains { layer in
            LayerCatalog.keras[layer.className]?.ownSchema.contains { layer[$0.name] != nil }
                ?? false
        }
    }

    private func kerasProblem(_ subject: Subject, counts counting: Bool) -> String? {
        switch keras?.answer() {
        case .fine(let precision)?:
            if counting { counts.keras += 1 }
            guard
                let found = KerasServer.outputs(
                    "\(scratch)/keras", subject.truth.outputs.map(\.name))
            else { return "an output is missing" }
            // TensorFlow's tables of these kernels are exact to a thousandth, and hold zeros; so does its
            // matrix of the mel scale.
            let isCoarse = ["bicubic", "lanczos"].contains { subject.draft.yaml.contains($0) }
            let holdsZeros = isCoarse || subject.draft.classes.contains("MelSpectrogram")
            if holdsZeros, subject.data.mode == .special { return nil }
            return subject.truth.difference(
                found, slack: isCoarse ? 1000 : precision == "float64" ? 2 : 16
            )
            .map { "Keras: \($0)" }
        case .otherKeys(let text)?: return Self.misstatesShapes(subject.draft) ? nil : text
        // What the numbers are to blame for: an index that no table has.
        case .refused(let text)?
        where text.contains("is not in [0") || text.contains("must be non-negative"):
            return nil
        // Kernels that TensorFlow has not got for a CPU.
        case .refused(let text)?
        where text.contains("on the CPU") || text.contains("is not in the list of allowed values"):
            return nil
        case .refused? where Self.misstatesShapes(subject.draft): return nil
        case .refused(let text)?: return "Keras refuses what bnc takes: \(text)"
        case .absent?, nil, .some(.none): return nil
        }
    }

    /// Whether Keras takes a layer's output for one of another shape than it then makes, so that variables
    /// behind it have that shape: the sizes that an ellipsis at the beginning stands for are in reverse
    /// (`_analyze_split_string` of its `EinsumDense`), `glu` doesn't halve, and scores of
    /// `MultiHeadAttention` are as many as there are queries, whatever the keys.
    private static func misstatesShapes(_ draft: Draft) -> Bool {
        draft.layers.flatMap(\.all).contains { layer in
            if case .text(let equation)? = layer["equation"], equation.hasPrefix("...") {
                return true
            }
            return layer["activation"] == .text("glu")
                || layer["return_attention_scores"] == .boolean(true)
        }
    }

    /// What bnc refuses whatever Keras makes of it: integers where it computes with float32, and an
    /// axis too few, for which Keras takes the batch.
    private static let ownRefusals: Set<DiagnosticCode> = [
        .notSupported, .tooLarge, .elementType, .inputRank,
    ]

    /// What Keras takes by accident: axes of a Dot that it wraps around, and a list of numbers where there
    /// is no axis but the batch's, over which it spreads them.
    private static func isAccident(_ draft: Draft, _ diagnostics: [Diagnostic]) -> Bool {
        diagnostics.contains {
            $0.message.contains("and the input has no axis")
                || $0.message.contains("there is no axis -") && draft.yaml.contains("Dot:")
        }
    }

    /// What bnc refuses, Keras should refuse too, unless bnc says that it has not got it.
    private func compareRefusal(_ draft: Draft, _ diagnostics: [Diagnostic]) {
        guard let keras, !usesOwnArguments(draft), !Self.isAccident(draft, diagnostics),
            !diagnostics.contains(where: {
                Self.ownRefusals.contains($0.code) || $0.message.contains("batch axis")
            })
        else { return }
        let message = diagnostics.first.map { "\($0.code.id) \($0.message)" } ?? "no diagnostic"
        let key = "refused " + Self.shape(of: message)
        guard !known.contains(key) else { return }
        let folder = "\(scratch)/refused"
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        try? Data(draft.yaml.utf8).write(to: URL(fileURLWithPath: "\(folder)/model.yaml"))
        keras.ask("build", folder)
        counts.refusals += 1
        guard case .fine(let shapes) = keras.answer() else { return }
        known.insert(key)
        findings.append(
            Finding(
                kind: "refused", detail: "Keras makes \(shapes) of what bnc refuses: \(message)",
                draft: draft, seed: seed, mode: .normal))
    }

    // MARK: Emitted Swift

    /// Builds what has been run since and compares it; the models' plans take turns over the engines'
    /// options.
    package func runEmitted(target: Target, progress: @Sendable (Int) -> Void = { _ in }) async {
        let batch = waiting
        waiting = []
        guard !batch.isEmpty else { return }
        // For all of them together: what is left of it is for the next batch.
        let end = Date().addingTimeInterval(Self.minimizingSeconds)
        for (index, problem) in await Self.emittedProblems(batch, target, progress) {
            let (seed, mode) = numbers(index)
            guard let subject = batch.first(where: { $0.index == index })?.subject else { continue }
            let (smallest, detail) = await smallestEmitted(
                subject, problem, index, seed, mode, target, until: end)
            report("emitted", detail, smallest, seed, mode, smaller: nil)
        }
        counts.emitted += batch.count
    }

    private static let minimizingSeconds = 120.0

    /// The smallest model found that goes wrong where it is emitted, planned as the one of this index.
    private func smallestEmitted(
        _ subject: Subject, _ problem: String, _ index: Int, _ seed: UInt64, _ mode: ModelData.Mode,
        _ target: Target, until end: Date
    ) async -> (Subject, String) {
        func smaller(_ draft: Draft) -> Subject? {
            guard let model = generator.check(draft).model, ModelGenerator.isSmall(model) else {
                return nil
            }
            return Subject(draft, model, seed: seed, mode: mode)
        }
        let found = await BatchMinimizer(generator, until: end).minimize(subject.draft, problem) {
            drafts in
            let subjects = drafts.map(smaller)
            let batch = subjects.enumerated().compactMap { number, subject in
                subject.map { (index: index + number * Self.emittedEngines.count, subject: $0) }
            }
            var problems = [String?](repeating: nil, count: drafts.count)
            guard !batch.isEmpty else { return problems }
            for (other, problem) in await Self.emittedProblems(batch, target, { _ in }) {
                problems[(other - index) / Self.emittedEngines.count] = problem
            }
            return problems
        }
        return (smaller(found.draft) ?? subject, found.detail)
    }

    /// A model is planned as its index says.
    private static let emittedEngines: [FuzzEngine] = [
        .fast, .winograd2, .winograd4, .strict, .parts,
    ]

    private static func emittedProblems(
        _ batch: [(index: Int, subject: Subject)], _ target: Target,
        _ progress: @Sendable (Int) -> Void
    ) async -> [(Int, String)] {
        let engines = emittedEngines
        let folder = NSTemporaryDirectory() + "bnc-fuzz-\(UUID().uuidString)"
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let plans = batch.map { item in
            engines[item.index % engines.count].plan(item.subject.graph, target: target)
        }
        let built: CompiledBatch
        do {
            built = try await CompiledBatch.build(
                zip(batch, plans).map { ("model \($0.index)", $1) }, in: folder,
                progress: progress)
        } catch let error as CompiledEngineError {
            // Which one it is shows when each is built by itself.
            guard batch.count > 1 else { return [(batch[0].index, error.message)] }
            var problems: [(Int, String)] = []
            for item in batch { problems += await emittedProblems([item], target, { _ in }) }
            return problems
        } catch {
            return batch.prefix(1).map { ($0.index, "\(error)") }
        }
        var problems: [(Int, String)] = []
        for (item, plan) in zip(batch, plans) {
            let input = item.subject.input
            do {
                let (found, _) = try await built.predict(
                    "model \(item.index)", inputs: input.values, samples: input.count)
                if FuzzEngine.spreads(plan), item.subject.data.mode == .special { continue }
                let problem = item.subject.truth.difference(
                    found.map { $0.map(Double.init) }, slack: FuzzEngine.slack(plan))
                let engine = engines[item.index % engines.count]
                if let problem { problems.append((item.index, "\(engine.rawValue): \(problem)")) }
            } catch {
                problems.append(
                    (item.index, (error as? CompiledEngineError)?.message ?? "\(error)"))
            }
        }
        return problems
    }

    // MARK: Findings

    /// Keeps a finding unless its like is known, made as small as it goes.
    ///
    /// - Parameter smaller: what is wrong with a smaller model; nil where it is as small as it goes.
    private func report(
        _ kind: String, _ detail: String, _ subject: Subject, _ seed: UInt64,
        _ mode: ModelData.Mode, smaller: ((Subject) -> String?)?
    ) {
        var finding = Finding(
            kind: kind, detail: detail, draft: subject.draft, seed: seed, mode: mode)
        if let smaller {
            var best = detail
            let isRefusal = detail.contains("refuses")
            var minimizer = Minimizer(generator) { [self] draft in
                guard let model = generator.check(draft).model, ModelGenerator.isSmall(model),
                    let subject = Subject(draft, model, seed: seed, mode: mode),
                    let problem = smaller(subject), problem.contains("refuses") == isRefusal
                else { return false }
                best = problem
                return true
            }
            finding.draft = minimizer.minimize(subject.draft)
            finding.detail = best
        }
        let key =
            kind + " "
            + finding.draft.classes.subtracting(["Input"]).sorted().joined(separator: " ")
            + (finding.detail.contains("refuses") ? Self.shape(of: finding.detail) : "")
        guard known.insert(key).inserted else { return }
        findings.append(finding)
    }

    /// A message without its numbers and names.
    private static func shape(of message: String) -> String {
        var result = ""
        var isName = false
        for character in message.prefix(160) {
            if character == "`" {
                isName.toggle()
            } else if !isName, character.isLetter || character == " " {
                result.append(character)
            }
        }
        return result
    }

    /// The numbers of a finding's model, where it is one.
    package func subject(_ finding: Finding) -> Subject? {
        guard finding.kind != "refused", let model = generator.check(finding.draft).model else {
            return nil
        }
        return Subject(finding.draft, model, seed: finding.seed, mode: finding.mode)
    }
}
