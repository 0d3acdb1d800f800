import Foundation
import Testing

/// `bnc inspect --diff`.
@Suite struct ComparisonTests {
    private func specs(_ old: String, _ new: String) throws -> (Folder, String, String) {
        let folder = try Folder()
        return (folder, try folder.write(old, "old.yaml"), try folder.write(new, "new.yaml"))
    }

    @Test func digitsWithAndWithoutNormalization() async throws {
        let result = try await BNC.run(
            "inspect", "specs/digits_cnn.yaml", "--diff", "specs/digits_cnn_no_bn.yaml",
            "--target-cpu", "x86-64-v3")
        #expect(result.code == 0)
        #expect(result.error == "")
        try expectSnapshot(result.output, "diff-digits_cnn.txt")
    }

    @Test func oneLayerMoreRenamesNoOther() async throws {
        let (folder, old, new) = try specs(
            """
            layers:
              - Input: {shape: [4]}
              - Dense: {units: 8}
              - ReLU
              - Dense: {units: 3}
            """,
            """
            layers:
              - Input: {shape: [4]}
              - Dense: {units: 16}
              - ReLU
              - Dense: {units: 8}
              - ReLU
              - Dense: {units: 3}
            """)
        let result = try await BNC.run("inspect", old, "--diff", new, "--json")
        #expect(result.code == 0)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let layers = try #require(object["layers"] as? [[String: Any]])
        let kinds = layers.compactMap { $0["change"] as? String }
        #expect(kinds.filter { $0 == "added" }.count == 2)
        #expect(!kinds.contains("removed"))
        let totals = try #require(object["totals"] as? [String: [String: Int]])
        #expect(totals["parameters"] == ["old": 67, "new": 243, "difference": 176])
        withExtendedLifetime(folder) {}
    }

    @Test func givenNamesAreFoundWhereverTheyStand() async throws {
        let (folder, old, new) = try specs(
            """
            layers:
              - Input: {shape: [8, 8, 3]}
              - Conv2D: {filters: 4, kernel_size: 3, name: first}
              - ReLU: {name: act}
              - Conv2D: {filters: 4, kernel_size: 3, name: second}
            """,
            """
            layers:
              - Input: {shape: [8, 8, 3]}
              - Conv2D: {filters: 6, kernel_size: 3, name: second}
              - ELU: {name: act}
              - Conv2D: {filters: 4, kernel_size: 3, name: first}
            """)
        let result = try await BNC.run("inspect", old, "--diff", new)
        #expect(result.output.contains("3 changed, 1 the same"))
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.contains("act") && $0.contains("ReLU") && $0.contains("ELU") })
        withExtendedLifetime(folder) {}
    }

    @Test func theSameTwice() async throws {
        let result = try await BNC.run(
            "inspect", "specs/digits_mlp.yaml", "--diff", "specs/digits_mlp.yaml")
        #expect(result.code == 0)
        #expect(result.output.contains(" the same\n"))
        #expect(!result.output.contains("changed"))
    }

    @Test func aBrokenOtherIsReported() async throws {
        let (folder, old, new) = try specs(
            "layers:\n  - Input: {shape: [4]}\n  - ReLU\n",
            "layers:\n  - Input: {shape: [4]}\n  - RelU: {x: 1}\n")
        let result = try await BNC.run("inspect", old, "--diff", new)
        #expect(result.code == 1)
        #expect(result.error.contains("new.yaml:3"))
        #expect(result.output == "")
        let missing = try await BNC.run("inspect", old, "--diff", folder.path("none.yaml"))
        #expect(missing.code == 1)
        let both = try await BNC.run("inspect", old, "--diff", new, "--html", folder.path("x.html"))
        #expect(both.code == 64)
    }
}
