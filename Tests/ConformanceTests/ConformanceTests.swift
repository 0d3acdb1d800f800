import Compiler
import Foundation
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
        #expect(Repository.caseNames.count { !$0.hasPrefix("corner-") } == 244)
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

    /// All in one test: building them together takes a fraction of building each.
    @Test(.timeLimit(.minutes(45)))
    func emittedSwiftAgreesWithKeras() async throws {
        let names = Repository.caseNames.filter { !unsupportedCases.contains($0) }
        let items = try names.map(Self.load)
        let outcomes = try await ConformanceRun(items, on: [.compiled]).run()
        for (name, own) in zip(names, outcomes) {
            #expect(
                own[0].passes,
                "\(name) compiled: error \(own[0].error.largest) in `\(own[0].error.output)`")
        }
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
