import Foundation
import FuzzSupport
import Testing

/// Random models, the same each time: what the interpreter makes of them, with and without passes and
/// by every algorithm, is what their ops' definitions say. `make fuzz` runs more of them, with Keras
/// and emitted Swift.
@Suite struct FuzzTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func enginesAgree(_ seed: UInt64) {
        let campaign = Campaign(seed: seed)
        for index in 0..<130 { campaign.run(index) }
        for finding in campaign.findings {
            Issue.record("\(finding.kind): \(finding.detail)\n\(finding.draft.yaml)")
        }
        #expect(campaign.counts.interpreted > 60)
    }

    /// What is left of a model of which only the pooling goes wrong.
    @Test func modelsThatAreBuiltInBatchesAreMinimized() async {
        func layer(_ name: String, _ arguments: (String, DraftValue)...) -> DraftLayer {
            DraftLayer(name, arguments)
        }
        let draft = Draft(
            layers: [
                layer(
                    "Input", ("name", .text("x")),
                    ("shape", .list([8, 8, 3].map { .integer($0) }))),
                layer(
                    "Conv2D", ("filters", .integer(4)), ("kernel_size", .integer(3)),
                    ("name", .text("a")), ("inputs", .text("x"))),
                layer(
                    "MaxPooling2D", ("pool_size", .integer(2)), ("name", .text("b")),
                    ("inputs", .text("a"))),
                layer("Flatten", ("name", .text("c")), ("inputs", .text("b"))),
                layer(
                    "Dense", ("units", .integer(5)), ("name", .text("d")), ("inputs", .text("c"))),
            ], outputs: ["d"])
        var sizes: [Int] = []
        let found = await BatchMinimizer(ModelGenerator(), width: 4, until: Date() + 20).minimize(
            draft, "whole"
        ) { drafts in
            sizes.append(drafts.count)
            return drafts.map { $0.classes.contains("MaxPooling2D") ? "part" : nil }
        }
        #expect(found.detail == "part")
        #expect(found.draft.classes == ["Input", "MaxPooling2D"], "\(found.draft.yaml)")
        #expect(sizes.allSatisfy { $0 <= 4 })
    }
}
