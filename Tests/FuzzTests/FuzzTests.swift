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
}
