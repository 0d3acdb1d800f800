/// The CPU that kernels are planned for: SIMD width, fused multiply-add, registers.
package struct Target: Hashable, Sendable {
    /// The name `--target-cpu` takes.
    package let name: String
    /// Float32 lanes of one vector register.
    package let lanes: Int
    package let hasFMA: Bool
    package let vectorRegisters: Int
    /// The contraction tiles there are kernels for; empty where any tile is emitted as asked.
    package let tiles: [Tile]

    /// Whether kernels can ask for memory ahead of its use.
    package var prefetches: Bool { hasFMA && tiles.isEmpty }

    package init(
        name: String, lanes: Int, hasFMA: Bool, vectorRegisters: Int, tiles: [Tile] = []
    ) {
        self.tiles = tiles
        self.name = name
        self.lanes = lanes
        self.hasFMA = hasFMA
        self.vectorRegisters = vectorRegisters
    }

    /// AVX-512 (F, BW, CD, DQ, VL).
    package static let x86v4 = Target(
        name: "x86-64-v4", lanes: 16, hasFMA: true, vectorRegisters: 32)
    /// AVX2 and FMA.
    package static let x86v3 = Target(
        name: "x86-64-v3", lanes: 8, hasFMA: true, vectorRegisters: 16)
    /// What every CPU of its kind has (SSE2, NEON): no flags, no fused multiply-add.
    package static let generic = Target(
        name: "generic", lanes: 4, hasFMA: false, vectorRegisters: 16)
    /// 64-bit ARM: NEON with fused multiply-add.
    package static let arm64 = Target(
        name: "arm64", lanes: 4, hasFMA: true, vectorRegisters: 32)

    package static let all: [Target] = [x86v4, x86v3, arm64, generic]
}
