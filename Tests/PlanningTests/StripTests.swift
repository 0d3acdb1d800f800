import Plan
import Testing

/// Chains by strips against the same ops one after the other.
@Suite struct StripTests {
    static let chains: [String] = [
        // Expand, depthwise, project, with strides and paddings of all kinds.
        """
          - Input: {shape: [19, 17, 5]}
          - Conv2D: {filters: 12, kernel_size: 1, activation: relu}
          - DepthwiseConv2D: {kernel_size: 3, padding: same, activation: relu6}
          - Conv2D: {filters: 7, kernel_size: 1}
        """,
        """
          - Input: {shape: [20, 21, 3]}
          - Conv2D: {filters: 8, kernel_size: 3, strides: 2, padding: same, activation: relu}
          - DepthwiseConv2D: {kernel_size: 5, padding: same}
          - Conv2D: {filters: 6, kernel_size: 1}
          - ZeroPadding2D: {padding: [[0, 1], [0, 1]]}
          - DepthwiseConv2D: {kernel_size: 3, strides: 2, activation: relu}
          - Conv2D: {filters: 9, kernel_size: 2, padding: same}
        """,
        // Windows that leave rows over, poolings that clip, a dilated kernel.
        """
          - Input: {shape: [23, 16, 4]}
          - Conv2D: {filters: 6, kernel_size: 3, dilation_rate: 2, padding: same}
          - MaxPooling2D: {pool_size: 3, strides: 2, padding: same}
          - Conv2D: {filters: 5, kernel_size: 4, padding: same, strides: 3}
          - AveragePooling2D: {pool_size: 2, strides: 1, padding: same}
        """,
        """
          - Input: {shape: [12, 9, 256]}
          - Conv2D: {filters: 256, kernel_size: 1, activation: relu}
          - DepthwiseConv2D: {kernel_size: 3, padding: same}
          - AveragePooling2D: {pool_size: 3}
        """,
        // A residual, read by the chain's end.
        """
          - Input: {shape: [14, 10, 8]}
          - ReLU: {name: start}
          - Conv2D: {filters: 24, kernel_size: 1, activation: relu}
          - DepthwiseConv2D: {kernel_size: 3, padding: same, activation: relu}
          - Conv2D: {filters: 8, kernel_size: 1, name: project}
          - Add: {inputs: [start, project]}
          - GlobalAveragePooling2D
        """,
    ]

    @Test(arguments: chains)
    func stripsGiveTheSameBits(_ layers: String) throws {
        let text = "layers:\n" + layers
        let whole = try Model.plan(text, options: PlanOptions(transforms: false))
        let strips = try Model.plan(text, options: PlanOptions(forced: .init(strips: true)))
        #expect(strips.unrolled.count > whole.unrolled.count)
        #expect(Model.run(strips) == Model.run(whole))
        // Predictions leave nothing behind.
        #expect(Model.run(strips) == Model.run(strips))
    }

    /// What lies in an arena is never more than 5% above what is in use at once.
    @Test(arguments: [
        "seed_cnn32", "seed_conv3d", "vgg_cifar", "ds_cnn", "mobilenet_v2", "resnet50", "vgg16",
    ])
    func arenaIsTight(_ name: String) throws {
        let plan = try BenchmarkModel.plan(name)
        let live = plan.steps.indices.map { step in
            plan.arena.filter { $0.steps.contains(step) }.reduce(0) { $0 + $1.count }
        }
        let least = try #require(live.max())
        #expect(
            Double(plan.arenaCount) <= 1.05 * Double(least) + 64, "\(plan.arenaCount), \(least)")
        for (index, block) in plan.arena.enumerated() {
            for other in plan.arena[..<index] where other.steps.overlaps(block.steps) {
                #expect(
                    other.offset + other.count <= block.offset
                        || block.offset + block.count <= other.offset,
                    "\(block.name) and \(other.name)")
            }
        }
    }
}
