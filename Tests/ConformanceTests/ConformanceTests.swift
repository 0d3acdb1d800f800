import Compiler
import Foundation
import Plan
import Testing

/// Folders of the repository that tests read.
enum Repository {
    static let root = String(
        #filePath.dropLast("/Tests/ConformanceTests/ConformanceTests.swift".count))
    static let cases = root + "/Tests/Fixtures/conformance"
    static let specs = root + "/specs"

    static let caseNames: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: cases)) ?? []
        return names.filter { !$0.hasSuffix(".md") }.sorted()
    }()
}

/// Cases whose layers bnc has not got yet. The list is exact: a case that starts to work must leave
/// it, and one that stops to work can't hide in it.
let unsupportedCases: Set<String> = []

/// Models with the outputs that Keras computes for them in float64, on every engine.
@Suite struct ConformanceTests {
    @Test func everyCaseIsThere() {
        #expect(
            Repository.caseNames.count { name in
                !["corner-", "graph-", "model-"].contains { name.hasPrefix($0) }
            } == 244)
    }

    @Test func exactlyTheseAreNotSupported() {
        var found: Set<String> = []
        for name in Repository.caseNames {
            if case .notSupported = ConformanceCase.read("\(Repository.cases)/\(name)") {
                found.insert(name)
            }
        }
        #expect(found == unsupportedCases)
    }

    @Test(arguments: Repository.caseNames.filter { !unsupportedCases.contains($0) })
    func interpreterAgreesWithKeras(_ name: String) async throws {
        let item = try Self.load(name)
        let run = ConformanceRun([item], on: [.unoptimized, .interpreter])
        for outcome in try await run.run()[0] {
            #expect(
                outcome.passes,
                "\(name) on \(outcome.engine.rawValue): error \(outcome.error.largest), tolerance \(item.tolerance)"
            )
        }
    }

    /// Whatever the cost model thinks of such small models: every convolution by Winograd's
    /// algorithm that can be, every chain by strips. Large tiles may be less exact.
    @Test(
        arguments: Repository.caseNames.filter { !unsupportedCases.contains($0) },
        Winograd.Size.allCases)
    func interpreterAgreesByOtherAlgorithms(_ name: String, _ winograd: Winograd.Size) async throws
    {
        let item = try Self.load(name)
        let options = PlanOptions(forced: .init(winograd: winograd, strips: true))
        let run = ConformanceRun([item], on: [.interpreter], options: options)
        let outcome = try await run.run()[0][0]
        let tolerance = max(item.tolerance, winograd == .largest ? 1e-5 : 0)
        #expect(
            outcome.error.largest <= tolerance,
            "\(name) with \(winograd): error \(outcome.error.largest), tolerance \(tolerance)")
    }

    /// All in one test: building them together takes a fraction of building each.
    @Test(.timeLimit(.minutes(45)))
    func emittedSwiftAgreesWithKeras() async throws {
        let names = Repository.caseNames.filter { !unsupportedCases.contains($0) }
        let items = try names.map(Self.load)
        // Tensors as small as these would not be asked for ahead.
        let options = PlanOptions(forced: .init(streamsAhead: true))
        let outcomes = try await ConformanceRun(items, on: [.compiled], options: options).run()
        for (name, own) in zip(names, outcomes) {
            #expect(
                own[0].passes,
                "\(name) compiled: error \(own[0].error.largest) in `\(own[0].error.output)`")
        }
    }

    /// The code for other CPUs than this one, on a third of the cases each, another for each.
    @Test(
        .timeLimit(.minutes(45)),
        arguments: Target.all.filter {
            $0.instructions == $0.name && $0.name != Target.native.instructions
                && $0.hostFlags != nil
        }.enumerated().map { ($0.offset, $0.element) })
    func emittedSwiftAgreesOnOtherCPUs(_ offset: Int, _ target: Target) async throws {
        let names = Self.third(offset)
        let items = try names.map(Self.load)
        let run = ConformanceRun(items, on: [.compiled], compiledTarget: target)
        for (name, own) in zip(names, try await run.run()) {
            #expect(
                own[0].passes,
                "\(name) for \(target.name): error \(own[0].error.largest) in `\(own[0].error.output)`"
            )
        }
    }

    /// Every third case.
    static func third(_ offset: Int) -> [String] {
        Repository.caseNames.filter { !unsupportedCases.contains($0) }.enumerated()
            .filter { $0.offset % 3 == offset % 3 }.map(\.element)
    }

    static func load(_ name: String) throws -> ConformanceCase {
        switch ConformanceCase.read("\(Repository.cases)/\(name)") {
        case .ready(let item): return item
        case .notSupported(let layers): throw Unreadable("\(name) needs \(layers)")
        case .broken(let bag): throw Unreadable("\(name): \(bag.diagnostics.map { $0.message })")
        }
    }

    struct Unreadable: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }
}
