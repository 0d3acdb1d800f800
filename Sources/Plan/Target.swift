/// The CPU that kernels are planned for: SIMD width, fused multiply-add, registers.
package struct Target: Hashable, Sendable {
    /// The name `--target-cpu` takes.
    package let name: String
    /// The instructions its code may use, as `-march` takes them; the name but where a target is one
    /// kind of core among those that have them.
    package let instructions: String
    package let core: Core
    /// Float32 lanes of one vector register.
    package let lanes: Int
    package let hasFMA: Bool
    package let vectorRegisters: Int
    /// The contraction tiles there are kernels for; empty where any tile is emitted as asked.
    package let tiles: [Tile]

    /// Whether kernels can ask for memory ahead of its use.
    package var prefetches: Bool { hasFMA && tiles.isEmpty }

    /// What the cost model takes a core for: its kernels run on any that has the instructions.
    package struct Core: Hashable, Sendable {
        /// Multiply-adds of a vector in a cycle.
        package let multiplyAdds: Double
        /// Bytes a cycle at which weights arrive from memory.
        package let memoryRate: Double

        /// Two whole vectors a cycle, and a memory that is slow, or shared with a busy neighbour.
        package static let common = Core(multiplyAdds: 2, memoryRate: 4.8)
        /// 512 bits in two halves, and a memory that is quick beside that: 26 to 36 GB/s at 3.7 GHz.
        package static let zen4 = Core(multiplyAdds: 1, memoryRate: 7)
    }

    package init(
        name: String, instructions: String? = nil, lanes: Int, hasFMA: Bool, vectorRegisters: Int,
        core: Core = .common, tiles: [Tile] = []
    ) {
        self.tiles = tiles
        self.name = name
        self.instructions = instructions ?? name
        self.core = core
        self.lanes = lanes
        self.hasFMA = hasFMA
        self.vectorRegisters = vectorRegisters
    }

    /// AVX-512 (F, BW, CD, DQ, VL).
    package static let x86v4 = Target(
        name: "x86-64-v4", lanes: 16, hasFMA: true, vectorRegisters: 32)
    /// AVX-512 on an AMD Zen 4 core: the same code, with kernels chosen for it.
    package static let znver4 = Target(
        name: "znver4", instructions: "x86-64-v4", lanes: 16, hasFMA: true, vectorRegisters: 32,
        core: .zen4)
    /// AVX2 and FMA.
    package static let x86v3 = Target(
        name: "x86-64-v3", lanes: 8, hasFMA: true, vectorRegisters: 16)
    /// What every CPU of its kind has (SSE2, NEON): no flags, no fused multiply-add.
    package static let generic = Target(
        name: "generic", lanes: 4, hasFMA: false, vectorRegisters: 16)
    /// 64-bit ARM: NEON with fused multiply-add.
    package static let arm64 = Target(
        name: "arm64", lanes: 4, hasFMA: true, vectorRegisters: 32)

    package static let all: [Target] = [x86v4, znver4, x86v3, arm64, generic]
}
