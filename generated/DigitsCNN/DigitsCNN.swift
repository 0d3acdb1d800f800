// Written by bnc from specs/digits_cnn.yaml. Do not edit: change the spec and compile again.
//
// Weights: specs/digits_cnn.safetensors.
// Target: generic: vectors of 4 float32, no fused multiply-add.
//
// What was fused:
// - conv2d, batch_normalization: folded into the convolution's weights
// - conv2d_1, batch_normalization_1: folded into the convolution's weights
// - conv2d_2, batch_normalization_2: folded into the convolution's weights
// - rescaling, conv2d, batch_normalization: folded into the convolution's weights
// - rescaling, conv2d, batch_normalization, re_lu: relu computed in the epilogue of the
// convolution
// - conv2d_1, batch_normalization_1, re_lu_1: relu computed in the epilogue of the convolution
// - conv2d_2, batch_normalization_2, re_lu_2: relu computed in the epilogue of the convolution

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// `digits_cnn`: input_layer [1, 8, 8, 1] to dense [1, 10], float32, row-major, batch first.
///
/// An instance holds the memory for intermediate values: use one on one thread at a time.
/// Instances made with `init(sharing:)` share the weights.
public final class DigitsCNN {
    /// The inputs' names, in the order of the spec.
    public static let inputNames: [String] = ["input_layer"]
    /// Their shapes, batch first.
    public static let inputShapes: [[Int]] = [[1, 8, 8, 1]]
    /// The outputs' names.
    public static let outputNames: [String] = ["dense"]
    /// Their shapes, batch first.
    public static let outputShapes: [[Int]] = [[1, 10]]
    /// Floats in the packed weights, and in the memory for intermediate values.
    public static let weightCount = 52304
    public static let arenaCount = 8064

    /// Why a model can't be loaded or a prediction not be made.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private let storage: Memory
    private let weights: UnsafePointer<Float>
    private let scratch: Memory
    private let arena: UnsafeMutablePointer<Float>

    /// Maps the weights file that bnc wrote with this source.
    public init(weights path: String) throws(Failure) {
        switch Memory.map(path, count: Self.weightCount, layout: 0x8d8c69bb3030d9b4) {
        case .success(let memory): storage = memory
        case .failure(let problem): throw Failure(description: problem.description)
        }
        weights = UnsafePointer(storage.floats)
        scratch = Memory(count: Self.arenaCount)
        arena = scratch.floats
    }

    /// Another instance with the same weights, for another thread.
    public init(sharing other: DigitsCNN) {
        storage = other.storage
        weights = other.weights
        scratch = Memory(count: Self.arenaCount)
        arena = scratch.floats
    }

    /// Predicts from and into the caller's memory; allocates nothing and takes no lock.
    ///
    /// - Precondition: the buffers have the sizes of `inputShapes` and `outputShapes`.
    public func predict(
        _ input: UnsafeBufferPointer<Float>,
        into output: UnsafeMutableBufferPointer<Float>
    ) {
        precondition(input.count == 64, "input has 64 floats")
        precondition(output.count == 10, "output has 10 floats")
        run(input.baseAddress!, output.baseAddress!)
    }

    /// Predicts from arrays, with a check of their sizes.
    public func predict(_ input: [Float]) throws(Failure) -> [Float] {
        try run([input])[0]
    }

    /// Predicts from arrays in the order of `inputNames`, into arrays in that of `outputNames`.
    public func run(_ inputs: [[Float]]) throws(Failure) -> [[Float]] {
        guard inputs.count == 1 else {
            throw Failure(description: "expected 1 inputs, found \(inputs.count)")
        }
        guard inputs[0].count == 64 else {
            throw Failure(
                description: "input `input_layer` has \(inputs[0].count) floats, expected 64")
        }
        var output0 = [Float](repeating: 0, count: 10)
        inputs[0].withUnsafeBufferPointer { input0 in
            output0.withUnsafeMutableBufferPointer { result0 in
                run(input0.baseAddress!, result0.baseAddress!)
            }
        }
        return [output0]
    }

    private func run(_ input0: UnsafePointer<Float>, _ output0: UnsafeMutablePointer<Float>) {
        input_layer_padded_border(arena + 1600, arena + 1690, arena + 1610, arena + 1619)
        rescaling_conv2d_batch_normalization_re_lu_padding(input0, arena + 1611)
        re_lu_border(arena, arena + 1440, arena + 160, arena + 304)
        rescaling_conv2d_batch_normalization_re_lu(
            UnsafePointer(arena + 1600), weights, weights + 144, arena + 176)
        conv2d_1_batch_normalization_1_re_lu_1_tiles(UnsafePointer(arena), arena + 5184)
        conv2d_1_batch_normalization_1_re_lu_1_products(
            UnsafePointer(arena + 5184), weights + 160, arena)
        conv2d_1_batch_normalization_1_re_lu_1_results(
            UnsafePointer(arena), weights + 18592, arena + 5184)
        max_pooling2d(UnsafePointer(arena + 5184), arena)
        conv2d_2_batch_normalization_2_re_lu_2_tiles(UnsafePointer(arena), arena + 1280)
        conv2d_2_batch_normalization_2_re_lu_2_products(
            UnsafePointer(arena + 1280), weights + 18624, arena)
        conv2d_2_batch_normalization_2_re_lu_2_results(
            UnsafePointer(arena), weights + 51392, arena + 1280)
        global_average_pooling2d(UnsafePointer(arena + 1280), arena)
        dense(UnsafePointer(arena), weights + 51456, weights + 52224, arena + 64)
        dense_softmax(UnsafePointer(arena + 64), output0)
    }
}

// MARK: - Kernels

/// Sets 36 elements to 0.0.
/// Zeros around the tensor: the padding of what reads it.
private func input_layer_padded_border(
    _ y0: UnsafeMutablePointer<Float>,
    _ y1: UnsafeMutablePointer<Float>,
    _ y2: UnsafeMutablePointer<Float>,
    _ y3: UnsafeMutablePointer<Float>
) {
    y0.update(repeating: 0.0, count: 10)
    y1.update(repeating: 0.0, count: 10)
    for i in 0..<8 {
        (y2 + (i * 10)).pointee = 0.0
    }
    for i in 0..<8 {
        (y3 + (i * 10)).pointee = 0.0
    }
}

/// Copies 64 elements.
private func rescaling_conv2d_batch_normalization_re_lu_padding(
    _ x: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>
) {
    for _0 in 0..<8 {
        let x_0 = x + (_0 * 8)
        let y_0 = y + (_0 * 10)
        for block in 0..<2 {
            let c = block * 4
            store4(y_0 + c, load4(x_0 + c))
        }
    }
}

/// Sets 576 elements to 0.0.
/// Zeros around the tensor: the padding of what reads it.
private func re_lu_border(
    _ y0: UnsafeMutablePointer<Float>,
    _ y1: UnsafeMutablePointer<Float>,
    _ y2: UnsafeMutablePointer<Float>,
    _ y3: UnsafeMutablePointer<Float>
) {
    y0.update(repeating: 0.0, count: 160)
    y1.update(repeating: 0.0, count: 160)
    for _0 in 0..<8 {
        let y2_0 = y2 + (_0 * 160)
        y2_0.update(repeating: 0.0, count: 16)
    }
    for _0 in 0..<8 {
        let y3_0 = y3 + (_0 * 160)
        y3_0.update(repeating: 0.0, count: 16)
    }
}

/// 64 positions x 16 filters, each a sum of 9 products; then relu.
/// Direct, tile of 1x4 positions x 2 vectors of 4 filters, filters outside.
private func rescaling_conv2d_batch_normalization_re_lu(
    _ x: UnsafePointer<Float>,
    _ w: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>
) {
    for block in 0..<2 {
        let k = block * 8
        let wb = w + k * 9
        let b0 = load4(b + k)
        let b1 = load4(b + (k + 4))
        for _0 in 0..<8 {
            let x_0 = x + (_0 * 10)
            let y_0 = y + (_0 * 160)
            for column in 0..<2 {
                let xt = x_0 + (column * 4)
                let yt = y_0 + (column * 64)
                var c0_0 = b0, c0_1 = b1
                var c1_0 = b0, c1_1 = b1
                var c2_0 = b0, c2_1 = b1
                var c3_0 = b0, c3_1 = b1
                var wp = wb
                for r0 in 0..<3 {
                    var xp = xt + (r0 * 10)
                    for _ in 0..<3 {
                        let w0 = load4(wp)
                        let w1 = load4(wp + 4)
                        let a0 = splat4(xp[0])
                        c0_0 = madd(a0, w0, c0_0); c0_1 = madd(a0, w1, c0_1)
                        let a1 = splat4(xp[1])
                        c1_0 = madd(a1, w0, c1_0); c1_1 = madd(a1, w1, c1_1)
                        let a2 = splat4(xp[2])
                        c2_0 = madd(a2, w0, c2_0); c2_1 = madd(a2, w1, c2_1)
                        let a3 = splat4(xp[3])
                        c3_0 = madd(a3, w0, c3_0); c3_1 = madd(a3, w1, c3_1)
                        wp += 8
                        xp += 1
                    }
                }
                store4(yt + k, activation_relu(c0_0))
                store4(yt + (k + 4), activation_relu(c0_1))
                store4(yt + (k + 16), activation_relu(c1_0))
                store4(yt + (k + 20), activation_relu(c1_1))
                store4(yt + (k + 32), activation_relu(c2_0))
                store4(yt + (k + 36), activation_relu(c2_1))
                store4(yt + (k + 48), activation_relu(c3_0))
                store4(yt + (k + 52), activation_relu(c3_1))
            }
        }
    }
}

/// 4 tiles of 6x6 cells x 16 channels, transformed.
/// Winograd F(4x4,3x3), 2x2 tiles.
private func conv2d_1_batch_normalization_1_re_lu_1_tiles(
    _ x: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>
) {
    for _0 in 0..<2 {
        let x_0 = x + (_0 * 640)
        let y_0 = y + (_0 * 32)
        for _1 in 0..<2 {
            let x_1 = x_0 + (_1 * 64)
            let y_1 = y_0 + (_1 * 16)
            for block in 0..<4 {
                let c = block * 4
                let (h0_0, h1_0, h2_0, h3_0, h4_0, h5_0) = winogradCells(
                    load4(x_1 + c), load4(x_1 + (c + 160)), load4(x_1 + (c + 320)), load4(x_1 + (c + 480)), load4(x_1 + (c + 640)), load4(x_1 + (c + 800)))
                let (h0_1, h1_1, h2_1, h3_1, h4_1, h5_1) = winogradCells(
                    load4(x_1 + (c + 16)), load4(x_1 + (c + 176)), load4(x_1 + (c + 336)), load4(x_1 + (c + 496)), load4(x_1 + (c + 656)), load4(x_1 + (c + 816)))
                let (h0_2, h1_2, h2_2, h3_2, h4_2, h5_2) = winogradCells(
                    load4(x_1 + (c + 32)), load4(x_1 + (c + 192)), load4(x_1 + (c + 352)), load4(x_1 + (c + 512)), load4(x_1 + (c + 672)), load4(x_1 + (c + 832)))
                let (h0_3, h1_3, h2_3, h3_3, h4_3, h5_3) = winogradCells(
                    load4(x_1 + (c + 48)), load4(x_1 + (c + 208)), load4(x_1 + (c + 368)), load4(x_1 + (c + 528)), load4(x_1 + (c + 688)), load4(x_1 + (c + 848)))
                let (h0_4, h1_4, h2_4, h3_4, h4_4, h5_4) = winogradCells(
                    load4(x_1 + (c + 64)), load4(x_1 + (c + 224)), load4(x_1 + (c + 384)), load4(x_1 + (c + 544)), load4(x_1 + (c + 704)), load4(x_1 + (c + 864)))
                let (h0_5, h1_5, h2_5, h3_5, h4_5, h5_5) = winogradCells(
                    load4(x_1 + (c + 80)), load4(x_1 + (c + 240)), load4(x_1 + (c + 400)), load4(x_1 + (c + 560)), load4(x_1 + (c + 720)), load4(x_1 + (c + 880)))
                let (v0_0, v0_1, v0_2, v0_3, v0_4, v0_5) = winogradCells(
                    h0_0, h0_1, h0_2, h0_3, h0_4, h0_5)
                store4(y_1 + c, v0_0)
                store4(y_1 + (c + 80), v0_1)
                store4(y_1 + (c + 160), v0_2)
                store4(y_1 + (c + 240), v0_3)
                store4(y_1 + (c + 320), v0_4)
                store4(y_1 + (c + 400), v0_5)
                let (v1_0, v1_1, v1_2, v1_3, v1_4, v1_5) = winogradCells(
                    h1_0, h1_1, h1_2, h1_3, h1_4, h1_5)
                store4(y_1 + (c + 480), v1_0)
                store4(y_1 + (c + 560), v1_1)
                store4(y_1 + (c + 640), v1_2)
                store4(y_1 + (c + 720), v1_3)
                store4(y_1 + (c + 800), v1_4)
                store4(y_1 + (c + 880), v1_5)
                let (v2_0, v2_1, v2_2, v2_3, v2_4, v2_5) = winogradCells(
                    h2_0, h2_1, h2_2, h2_3, h2_4, h2_5)
                store4(y_1 + (c + 960), v2_0)
                store4(y_1 + (c + 1040), v2_1)
                store4(y_1 + (c + 1120), v2_2)
                store4(y_1 + (c + 1200), v2_3)
                store4(y_1 + (c + 1280), v2_4)
                store4(y_1 + (c + 1360), v2_5)
                let (v3_0, v3_1, v3_2, v3_3, v3_4, v3_5) = winogradCells(
                    h3_0, h3_1, h3_2, h3_3, h3_4, h3_5)
                store4(y_1 + (c + 1440), v3_0)
                store4(y_1 + (c + 1520), v3_1)
                store4(y_1 + (c + 1600), v3_2)
                store4(y_1 + (c + 1680), v3_3)
                store4(y_1 + (c + 1760), v3_4)
                store4(y_1 + (c + 1840), v3_5)
                let (v4_0, v4_1, v4_2, v4_3, v4_4, v4_5) = winogradCells(
                    h4_0, h4_1, h4_2, h4_3, h4_4, h4_5)
                store4(y_1 + (c + 1920), v4_0)
                store4(y_1 + (c + 2000), v4_1)
                store4(y_1 + (c + 2080), v4_2)
                store4(y_1 + (c + 2160), v4_3)
                store4(y_1 + (c + 2240), v4_4)
                store4(y_1 + (c + 2320), v4_5)
                let (v5_0, v5_1, v5_2, v5_3, v5_4, v5_5) = winogradCells(
                    h5_0, h5_1, h5_2, h5_3, h5_4, h5_5)
                store4(y_1 + (c + 2400), v5_0)
                store4(y_1 + (c + 2480), v5_1)
                store4(y_1 + (c + 2560), v5_2)
                store4(y_1 + (c + 2640), v5_3)
                store4(y_1 + (c + 2720), v5_4)
                store4(y_1 + (c + 2800), v5_5)
            }
        }
    }
}

/// 4 positions x 32 filters in 36 groups, each a sum of 16 products.
/// The sums of each of 36 positions, tile of 1x4 positions x 3 vectors of 4 filters.
private func conv2d_1_batch_normalization_1_re_lu_1_products(
    _ x: UnsafePointer<Float>,
    _ w: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>
) {
    for g in 0..<36 {
        let x = x + g * 80
        let w = w + g * 512
        let y = y + g * 144
        for block in 0..<2 {
            let k = block * 12
            let wb = w + k * 16
            let b0 = splat4(0)
            let b1 = splat4(0)
            let b2 = splat4(0)
            do {
                let xt = x
                let yt = y
                var c0_0 = b0, c0_1 = b1, c0_2 = b2
                var c1_0 = b0, c1_1 = b1, c1_2 = b2
                var c2_0 = b0, c2_1 = b1, c2_2 = b2
                var c3_0 = b0, c3_1 = b1, c3_2 = b2
                var wp = wb
                var xp = xt
                for _ in 0..<16 {
                    let w0 = load4(wp)
                    let w1 = load4(wp + 4)
                    let w2 = load4(wp + 8)
                    let a0 = splat4(xp[0])
                    c0_0 = madd(a0, w0, c0_0); c0_1 = madd(a0, w1, c0_1); c0_2 = madd(a0, w2, c0_2)
                    let a1 = splat4(xp[16])
                    c1_0 = madd(a1, w0, c1_0); c1_1 = madd(a1, w1, c1_1); c1_2 = madd(a1, w2, c1_2)
                    let a2 = splat4(xp[32])
                    c2_0 = madd(a2, w0, c2_0); c2_1 = madd(a2, w1, c2_1); c2_2 = madd(a2, w2, c2_2)
                    let a3 = splat4(xp[48])
                    c3_0 = madd(a3, w0, c3_0); c3_1 = madd(a3, w1, c3_1); c3_2 = madd(a3, w2, c3_2)
                    wp += 12
                    xp += 1
                }
                store4(yt + k, c0_0)
                store4(yt + (k + 4), c0_1)
                store4(yt + (k + 8), c0_2)
                store4(yt + (k + 32), c1_0)
                store4(yt + (k + 36), c1_1)
                store4(yt + (k + 40), c1_2)
                store4(yt + (k + 64), c2_0)
                store4(yt + (k + 68), c2_1)
                store4(yt + (k + 72), c2_2)
                store4(yt + (k + 96), c3_0)
                store4(yt + (k + 100), c3_1)
                store4(yt + (k + 104), c3_2)
            }
        }
        do {
            let k = 24
            let wb = w + 384
            let b0 = splat4(0)
            let b1 = splat4(0)
            do {
                let xt = x
                let yt = y
                var c0_0 = b0, c0_1 = b1
                var c1_0 = b0, c1_1 = b1
                var c2_0 = b0, c2_1 = b1
                var c3_0 = b0, c3_1 = b1
                var wp = wb
                var xp = xt
                for _ in 0..<16 {
                    let w0 = load4(wp)
                    let w1 = load4(wp + 4)
                    let a0 = splat4(xp[0])
                    c0_0 = madd(a0, w0, c0_0); c0_1 = madd(a0, w1, c0_1)
                    let a1 = splat4(xp[16])
                    c1_0 = madd(a1, w0, c1_0); c1_1 = madd(a1, w1, c1_1)
                    let a2 = splat4(xp[32])
                    c2_0 = madd(a2, w0, c2_0); c2_1 = madd(a2, w1, c2_1)
                    let a3 = splat4(xp[48])
                    c3_0 = madd(a3, w0, c3_0); c3_1 = madd(a3, w1, c3_1)
                    wp += 8
                    xp += 1
                }
                store4(yt + k, c0_0)
                store4(yt + (k + 4), c0_1)
                store4(yt + (k + 32), c1_0)
                store4(yt + (k + 36), c1_1)
                store4(yt + (k + 64), c2_0)
                store4(yt + (k + 68), c2_1)
                store4(yt + (k + 96), c3_0)
                store4(yt + (k + 100), c3_1)
            }
        }
    }
}

/// 4 tiles of 4x4 results x 32 filters, from products; then relu.
/// Back from the tiles, with the epilogue.
private func conv2d_1_batch_normalization_1_re_lu_1_results(
    _ x: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>
) {
    for row in 0..<2 {
        let xr = x + (row * 64)
        let yr = y + (row * 1024)
        for column in 0..<2 {
            let xrc = xr + (column * 32)
            let yrc = yr + (column * 128)
            for block in 0..<8 {
                let c = block * 4
                let bias = load4(b + c)
                let (h0_0, h1_0, h2_0, h3_0) = winogradResults(
                    load4(xrc + c), load4(xrc + (c + 864)), load4(xrc + (c + 1728)), load4(xrc + (c + 2592)), load4(xrc + (c + 3456)), load4(xrc + (c + 4320)))
                let (h0_1, h1_1, h2_1, h3_1) = winogradResults(
                    load4(xrc + (c + 144)), load4(xrc + (c + 1008)), load4(xrc + (c + 1872)), load4(xrc + (c + 2736)), load4(xrc + (c + 3600)), load4(xrc + (c + 4464)))
                let (h0_2, h1_2, h2_2, h3_2) = winogradResults(
                    load4(xrc + (c + 288)), load4(xrc + (c + 1152)), load4(xrc + (c + 2016)), load4(xrc + (c + 2880)), load4(xrc + (c + 3744)), load4(xrc + (c + 4608)))
                let (h0_3, h1_3, h2_3, h3_3) = winogradResults(
                    load4(xrc + (c + 432)), load4(xrc + (c + 1296)), load4(xrc + (c + 2160)), load4(xrc + (c + 3024)), load4(xrc + (c + 3888)), load4(xrc + (c + 4752)))
                let (h0_4, h1_4, h2_4, h3_4) = winogradResults(
                    load4(xrc + (c + 576)), load4(xrc + (c + 1440)), load4(xrc + (c + 2304)), load4(xrc + (c + 3168)), load4(xrc + (c + 4032)), load4(xrc + (c + 4896)))
                let (h0_5, h1_5, h2_5, h3_5) = winogradResults(
                    load4(xrc + (c + 720)), load4(xrc + (c + 1584)), load4(xrc + (c + 2448)), load4(xrc + (c + 3312)), load4(xrc + (c + 4176)), load4(xrc + (c + 5040)))
                let (m0_0, m0_1, m0_2, m0_3) = winogradResults(
                    h0_0, h0_1, h0_2, h0_3, h0_4, h0_5)
                store4(yrc + c, activation_relu(added(m0_0, bias)))
                store4(yrc + (c + 32), activation_relu(added(m0_1, bias)))
                store4(yrc + (c + 64), activation_relu(added(m0_2, bias)))
                store4(yrc + (c + 96), activation_relu(added(m0_3, bias)))
                let (m1_0, m1_1, m1_2, m1_3) = winogradResults(
                    h1_0, h1_1, h1_2, h1_3, h1_4, h1_5)
                store4(yrc + (c + 256), activation_relu(added(m1_0, bias)))
                store4(yrc + (c + 288), activation_relu(added(m1_1, bias)))
                store4(yrc + (c + 320), activation_relu(added(m1_2, bias)))
                store4(yrc + (c + 352), activation_relu(added(m1_3, bias)))
                let (m2_0, m2_1, m2_2, m2_3) = winogradResults(
                    h2_0, h2_1, h2_2, h2_3, h2_4, h2_5)
                store4(yrc + (c + 512), activation_relu(added(m2_0, bias)))
                store4(yrc + (c + 544), activation_relu(added(m2_1, bias)))
                store4(yrc + (c + 576), activation_relu(added(m2_2, bias)))
                store4(yrc + (c + 608), activation_relu(added(m2_3, bias)))
                let (m3_0, m3_1, m3_2, m3_3) = winogradResults(
                    h3_0, h3_1, h3_2, h3_3, h3_4, h3_5)
                store4(yrc + (c + 768), activation_relu(added(m3_0, bias)))
                store4(yrc + (c + 800), activation_relu(added(m3_1, bias)))
                store4(yrc + (c + 832), activation_relu(added(m3_2, bias)))
                store4(yrc + (c + 864), activation_relu(added(m3_3, bias)))
            }
        }
    }
}

/// Maximum over windows of 2x2: 4x4 cells x 32 channels.
private func max_pooling2d(_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>) {
    for o0 in 0..<4 {
        let x0 = x + (o0 * 512)
        let n0 = 2
        let y0 = y + (o0 * 128)
        for o1 in 0..<4 {
            let x1 = x0 + (o1 * 64)
            let n1 = 2
            let y1 = y0 + (o1 * 32)
            for block in 0..<8 {
                let c = block * 4
                var s = splat4(-Float.greatestFiniteMagnitude)
                for k0 in 0..<n0 {
                    let p0 = x1 + (k0 * 256)
                    for k1 in 0..<n1 {
                        let p1 = p0 + (k1 * 32)
                        let a = load4(p1 + c)
                        s = s.replacing(with: a, where: a .> s)
                    }
                }
                store4(y1 + c, s)
            }
        }
    }
}

/// 1 tiles of 4x4 cells x 32 channels, transformed.
/// Winograd F(2x2,3x3), 1x1 tiles.
private func conv2d_2_batch_normalization_2_re_lu_2_tiles(
    _ x: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>
) {
    for block in 0..<8 {
        let c = block * 4
        let (h0_0, h1_0, h2_0, h3_0) = winogradCells(
            load4(x + c), load4(x + (c + 128)), load4(x + (c + 256)), load4(x + (c + 384)))
        let (h0_1, h1_1, h2_1, h3_1) = winogradCells(
            load4(x + (c + 32)), load4(x + (c + 160)), load4(x + (c + 288)), load4(x + (c + 416)))
        let (h0_2, h1_2, h2_2, h3_2) = winogradCells(
            load4(x + (c + 64)), load4(x + (c + 192)), load4(x + (c + 320)), load4(x + (c + 448)))
        let (h0_3, h1_3, h2_3, h3_3) = winogradCells(
            load4(x + (c + 96)), load4(x + (c + 224)), load4(x + (c + 352)), load4(x + (c + 480)))
        let (v0_0, v0_1, v0_2, v0_3) = winogradCells(
            h0_0, h0_1, h0_2, h0_3)
        store4(y + c, v0_0)
        store4(y + (c + 48), v0_1)
        store4(y + (c + 96), v0_2)
        store4(y + (c + 144), v0_3)
        let (v1_0, v1_1, v1_2, v1_3) = winogradCells(
            h1_0, h1_1, h1_2, h1_3)
        store4(y + (c + 192), v1_0)
        store4(y + (c + 240), v1_1)
        store4(y + (c + 288), v1_2)
        store4(y + (c + 336), v1_3)
        let (v2_0, v2_1, v2_2, v2_3) = winogradCells(
            h2_0, h2_1, h2_2, h2_3)
        store4(y + (c + 384), v2_0)
        store4(y + (c + 432), v2_1)
        store4(y + (c + 480), v2_2)
        store4(y + (c + 528), v2_3)
        let (v3_0, v3_1, v3_2, v3_3) = winogradCells(
            h3_0, h3_1, h3_2, h3_3)
        store4(y + (c + 576), v3_0)
        store4(y + (c + 624), v3_1)
        store4(y + (c + 672), v3_2)
        store4(y + (c + 720), v3_3)
    }
}

/// 1 positions x 64 filters in 16 groups, each a sum of 32 products.
/// The sums of each of 16 positions, tile of 1x1 positions x 8 vectors of 4 filters.
private func conv2d_2_batch_normalization_2_re_lu_2_products(
    _ x: UnsafePointer<Float>,
    _ w: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>
) {
    for g in 0..<16 {
        let x = x + g * 48
        let w = w + g * 2048
        let y = y + g * 80
        for block in 0..<2 {
            let k = block * 32
            let wb = w + k * 32
            let b0 = splat4(0)
            let b1 = splat4(0)
            let b2 = splat4(0)
            let b3 = splat4(0)
            let b4 = splat4(0)
            let b5 = splat4(0)
            let b6 = splat4(0)
            let b7 = splat4(0)
            do {
                let xt = x
                let yt = y
                var c0_0 = b0, c0_1 = b1, c0_2 = b2, c0_3 = b3, c0_4 = b4, c0_5 = b5, c0_6 = b6, c0_7 = b7
                var wp = wb
                var xp = xt
                for _ in 0..<32 {
                    let w0 = load4(wp)
                    let w1 = load4(wp + 4)
                    let w2 = load4(wp + 8)
                    let w3 = load4(wp + 12)
                    let w4 = load4(wp + 16)
                    let w5 = load4(wp + 20)
                    let w6 = load4(wp + 24)
                    let w7 = load4(wp + 28)
                    let a0 = splat4(xp[0])
                    c0_0 = madd(a0, w0, c0_0); c0_1 = madd(a0, w1, c0_1); c0_2 = madd(a0, w2, c0_2); c0_3 = madd(a0, w3, c0_3); c0_4 = madd(a0, w4, c0_4); c0_5 = madd(a0, w5, c0_5); c0_6 = madd(a0, w6, c0_6); c0_7 = madd(a0, w7, c0_7)
                    wp += 32
                    xp += 1
                }
                store4(yt + k, c0_0)
                store4(yt + (k + 4), c0_1)
                store4(yt + (k + 8), c0_2)
                store4(yt + (k + 12), c0_3)
                store4(yt + (k + 16), c0_4)
                store4(yt + (k + 20), c0_5)
                store4(yt + (k + 24), c0_6)
                store4(yt + (k + 28), c0_7)
            }
        }
    }
}

/// 1 tiles of 2x2 results x 64 filters, from products; then relu.
/// Back from the tiles, with the epilogue.
private func conv2d_2_batch_normalization_2_re_lu_2_results(
    _ x: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>
) {
    for block in 0..<16 {
        let c = block * 4
        let bias = load4(b + c)
        let (h0_0, h1_0) = winogradResults(
            load4(x + c), load4(x + (c + 320)), load4(x + (c + 640)), load4(x + (c + 960)))
        let (h0_1, h1_1) = winogradResults(
            load4(x + (c + 80)), load4(x + (c + 400)), load4(x + (c + 720)), load4(x + (c + 1040)))
        let (h0_2, h1_2) = winogradResults(
            load4(x + (c + 160)), load4(x + (c + 480)), load4(x + (c + 800)), load4(x + (c + 1120)))
        let (h0_3, h1_3) = winogradResults(
            load4(x + (c + 240)), load4(x + (c + 560)), load4(x + (c + 880)), load4(x + (c + 1200)))
        let (m0_0, m0_1) = winogradResults(
            h0_0, h0_1, h0_2, h0_3)
        store4(y + c, activation_relu(added(m0_0, bias)))
        store4(y + (c + 64), activation_relu(added(m0_1, bias)))
        let (m1_0, m1_1) = winogradResults(
            h1_0, h1_1, h1_2, h1_3)
        store4(y + (c + 128), activation_relu(added(m1_0, bias)))
        store4(y + (c + 192), activation_relu(added(m1_1, bias)))
    }
}

/// Mean of 4 elements for each of 64.
private func global_average_pooling2d(
    _ x: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>
) {
    for block in 0..<16 {
        let c = block * 4
        var s = splat4(0)
        do {
            var t = splat4(0)
            for i in 0..<4 {
                t = t + load4(x + (i * 64) + c)
            }
            s += t
        }
        store4(y + c, (s * 0x1.0p-2))
    }
}

/// 1 positions x 10 filters, each a sum of 64 products.
/// Direct, tile of 1x1 positions x 3 vectors of 4 filters x 2 sums, filters outside.
private func dense(
    _ x: UnsafePointer<Float>,
    _ w: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>
) {
    do {
        let wb = w
        let b0 = load4(b)
        let b1 = load4(b + 4)
        let b2 = load4(b + 8)
        do {
            let xt = x
            let yt = y
            var c0_0 = b0, c0_1 = b1, c0_2 = b2
            var c0_0s1 = splat4(0), c0_1s1 = splat4(0), c0_2s1 = splat4(0)
            var wp = wb
            var xp = xt
            for _ in 0..<32 {
                do {
                    let w0 = load4(wp)
                    let w1 = load4(wp + 4)
                    let w2 = load4(wp + 8)
                    let a0 = splat4(xp[0])
                    c0_0 = madd(a0, w0, c0_0); c0_1 = madd(a0, w1, c0_1); c0_2 = madd(a0, w2, c0_2)
                    wp += 12
                    xp += 1
                }
                do {
                    let w0 = load4(wp)
                    let w1 = load4(wp + 4)
                    let w2 = load4(wp + 8)
                    let a0 = splat4(xp[0])
                    c0_0s1 = madd(a0, w0, c0_0s1); c0_1s1 = madd(a0, w1, c0_1s1); c0_2s1 = madd(a0, w2, c0_2s1)
                    wp += 12
                    xp += 1
                }
            }
            c0_0 += c0_0s1; c0_1 += c0_1s1; c0_2 += c0_2s1
            store4(yt, c0_0)
            store4(yt + 4, c0_1)
            store4(yt + 8, c0_2, first: 2)
        }
    }
}

/// Softmax of 1 rows of 10.
private func dense_softmax(_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>) {
    var top4 = splat4(-Float.infinity)
    for block in 0..<2 {
        let c = block * 4
        top4 = larger(top4, load4(x + c))
    }
    do {
        let c = 8
        top4 = larger(top4, load4(x + c, first: 2, fill: -Float.infinity))
    }
    let top = largest(top4)
    var total4 = splat4(0)
    for block in 0..<2 {
        let c = block * 4
        let v = vectorExpNormal(load4(x + c) - top)
        store4(y + c, v)
        total4 = total4 + v
    }
    do {
        let c = 8
        let v = vectorExpNormal(load4(x + c, first: 2, fill: -Float.infinity) - top)
        store4(y + c, v, first: 2)
        total4 = total4 + v
    }
    let total = sum(total4)
    let share = 1 / total
    for block in 0..<2 {
        let c = block * 4
        store4(y + c, load4(UnsafePointer(y + c)) * share)
    }
    do {
        let c = 8
        store4(y + c, load4(UnsafePointer(y + c), first: 2) * share, first: 2)
    }
}

// MARK: - Vectors

@inline(__always)
private func load4(_ p: UnsafePointer<Float>) -> SIMD4<Float> {
    UnsafeRawPointer(p).loadUnaligned(as: SIMD4<Float>.self)
}
@inline(__always)
private func load4(_ p: UnsafePointer<Float>, first n: Int, fill: Float = 0) -> SIMD4<Float> {
    var v = SIMD4<Float>(repeating: fill)
    for i in 0..<n { v[i] = p[i] }
    return v
}
@inline(__always)
private func store4(_ p: UnsafeMutablePointer<Float>, _ v: SIMD4<Float>) {
    UnsafeMutableRawPointer(p).storeBytes(of: v, as: SIMD4<Float>.self)
}
@inline(__always)
private func store4(_ p: UnsafeMutablePointer<Float>, _ v: SIMD4<Float>, first n: Int) {
    for i in 0..<n { p[i] = v[i] }
}
@inline(__always)
private func splat4(_ x: Float) -> SIMD4<Float> {
    SIMD4<Float>(repeating: x)
}
@inline(__always)
private func added(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> SIMD4<Float> {
    a + b
}
@inline(__always)
private func subtracted(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> SIMD4<Float> {
    a - b
}
@inline(__always)
private func multiplied(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> SIMD4<Float> {
    a * b
}
/// a * b + c.
@inline(__always)
private func madd(_ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>) -> SIMD4<Float> {
    a * b + c
}

/// The larger one, and the first if that can't be told.
@inline(__always)
private func larger(_ a: Float, _ b: Float) -> Float {
    b > a ? b : a
}
@inline(__always)
private func larger(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> SIMD4<Float> {
    a.replacing(with: b, where: b .> a)
}
@inline(__always)
private func larger(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> SIMD2<Float> {
    a.replacing(with: b, where: b .> a)
}
@inline(__always)
private func largest(_ v: SIMD4<Float>) -> Float {
    largest(larger(v.lowHalf, v.highHalf) as SIMD2<Float>)
}
@inline(__always)
private func largest(_ v: SIMD2<Float>) -> Float {
    larger(v[0], v[1])
}

@inline(__always)
private func sum(_ v: SIMD4<Float>) -> Float {
    sum(v.lowHalf + v.highHalf as SIMD2<Float>)
}
@inline(__always)
private func sum(_ v: SIMD2<Float>) -> Float {
    v[0] + v[1]
}

/// `x`, which the compiler must have as a vector here. It takes operators apart into
/// lanes and finds the vectors again in expressions of limited depth only: long ones
/// need a stop.
///
/// - Precondition: x is NaN or at least -2^127.
@inline(__always)
private func vectorWhole(_ x: SIMD4<Float>) -> SIMD4<Float> { x.replacing(with: -0x1p127, where: x .< -0x1p127) }

@inline(__always)
private func vectorBits(_ x: SIMD4<Float>) -> SIMD4<Int32> { unsafeBitCast(x, to: SIMD4<Int32>.self) }

@inline(__always)
private func vectorFromBits(_ bits: SIMD4<Int32>) -> SIMD4<Float> { unsafeBitCast(bits, to: SIMD4<Float>.self) }

/// `|x|`
@inline(__always)
private func vectorAbsolute(_ x: SIMD4<Float>) -> SIMD4<Float> { vectorFromBits(vectorBits(x) & SIMD4<Int32>(repeating: .max)) }

/// `2^n` for n in -126...127.
@inline(__always)
private func vectorPowerOf2(_ n: SIMD4<Int32>) -> SIMD4<Float> { vectorFromBits((n &+ SIMD4<Int32>(repeating: 127)) &<< 23) }

/// `exp(r) - 1` for `|r| <= ln 2 / 2`.
///
/// `(exp(r) - 1 - r) / r^2` is a polynomial of degree 4 for r in -0.347...0.347; its
/// error relative to `exp(r) - 1` is 1.3e-8.
@inline(__always)
private func vectorExpm1Polynomial(_ r: SIMD4<Float>) -> SIMD4<Float> {
    var q = splat4(0x1.6bebf4p-10)
    q = madd(q, r, splat4(0x1.1227f6p-7))
    q = madd(q, r, splat4(0x1.555674p-5))
    q = madd(q, r, splat4(0x1.5554b0p-3))
    q = madd(q, r, splat4(0x1.fffffep-2))
    return madd(q, r * r, r)
}

/// `x = n ln 2 + (high + n low)` for x in -88...89, `|high + n low| <= ln 2 / 2`, and
/// 2^n, which is 0 for n = -127 and infinity for n = 128.
///
/// n is rounded by adding `1.5 * 2^23 + 127`; the 127 makes the last bits of the sum the
/// exponent of 2^n. ln 2 is in two parts: the first has so few bits that its product
/// with n is exact; the second, `low`, is `vectorLowLn2`.
@inline(__always)
private func vectorExpParts(_ x: SIMD4<Float>) -> (high: SIMD4<Float>, n: SIMD4<Float>, power: SIMD4<Float>) {
    let shifted = madd(x, splat4(0x1.715476p0), splat4(0x1.8000fep23))
    let n = shifted - splat4(0x1.8000fep23)
    return (
        vectorWhole(madd(n, splat4(-0x1.63p-1), x)), n, vectorFromBits(vectorBits(shifted) &<< 23)
    )
}

@inline(__always)
private func vectorLowLn2() -> SIMD4<Float> { splat4(0x1.bd0106p-13) }

/// `exp(x)` where it is a normal number: 0 for x below -87.7, infinity above 88.4.
///
/// For exponentials that are added to 1 or to each other: faster than `vectorExp`.
@inline(__always)
private func vectorExpNormal(_ x: SIMD4<Float>) -> SIMD4<Float> {
    var c = x.replacing(with: -88, where: x .< -88)
    c.replace(with: 89, where: c .> 89)
    let parts = vectorExpParts(c)
    let p = vectorExpm1Polynomial(madd(parts.n, vectorLowLn2(), parts.high))
    return (p + 1) * parts.power
}

/// `exp(x + rest)`: `rest` holds bits of the argument that don't fit into `x`.
@inline(__always)
private func vectorExpNormal(_ x: SIMD4<Float>, _ rest: SIMD4<Float>) -> SIMD4<Float> {
    let parts = vectorExpParts(x.replacing(with: -88, where: x .< -88))
    let p = vectorExpm1Polynomial(madd(parts.n, vectorLowLn2(), parts.high + rest))
    return (p + 1) * parts.power
}

@inline(__always)
private func activation_relu(_ x: SIMD4<Float>) -> SIMD4<Float> { x.replacing(with: 0, where: x .< 0) }

/// A row of 4 cells, transformed: `B^T d` of F(2,3).
@inline(__always)
private func winogradCells(_ d0: SIMD4<Float>, _ d1: SIMD4<Float>, _ d2: SIMD4<Float>, _ d3: SIMD4<Float>) -> (SIMD4<Float>, SIMD4<Float>, SIMD4<Float>, SIMD4<Float>) {
    (subtracted(d0, d2), added(d1, d2), subtracted(d2, d1), subtracted(d1, d3))
}

/// A row of 6 cells, transformed: `B^T d` of F(4,3) and F(2,5) with the points 0, 3/4, -3/4, 3/2,
/// -3/2. All factors are exact; with the points 0, 1, -1, 2, -2 of the paper the error is 4 times as
/// large.
@inline(__always)
private func winogradCells(
    _ d0: SIMD4<Float>, _ d1: SIMD4<Float>, _ d2: SIMD4<Float>, _ d3: SIMD4<Float>, _ d4: SIMD4<Float>, _ d5: SIMD4<Float>
) -> (SIMD4<Float>, SIMD4<Float>, SIMD4<Float>, SIMD4<Float>, SIMD4<Float>, SIMD4<Float>) {
    let even = madd(d2, splat4(-2.25), d4)
    let odd = madd(d1, splat4(-2.25), d3)
    let evenStep = madd(d2, splat4(-0.5625), d4)
    let oddStep = madd(d1, splat4(-0.5625), d3)
    return (
        madd(d0, splat4(1.265625), madd(d2, splat4(-2.8125), d4)),
        madd(odd, splat4(0.75), even), madd(odd, splat4(-0.75), even),
        madd(oddStep, splat4(1.5), evenStep), madd(oddStep, splat4(-1.5), evenStep),
        madd(d1, splat4(1.265625), madd(d3, splat4(-2.8125), d5))
    )
}

/// A row of 4 products back to 2 results: `A^T m` of F(2,3).
@inline(__always)
private func winogradResults(_ m0: SIMD4<Float>, _ m1: SIMD4<Float>, _ m2: SIMD4<Float>, _ m3: SIMD4<Float>) -> (SIMD4<Float>, SIMD4<Float>) {
    (added(added(m0, m1), m2), subtracted(subtracted(m1, m2), m3))
}

/// A row of 6 products back to 4 results: `A^T m` of F(4,3).
@inline(__always)
private func winogradResults(
    _ m0: SIMD4<Float>, _ m1: SIMD4<Float>, _ m2: SIMD4<Float>, _ m3: SIMD4<Float>, _ m4: SIMD4<Float>, _ m5: SIMD4<Float>
) -> (SIMD4<Float>, SIMD4<Float>, SIMD4<Float>, SIMD4<Float>) {
    let sum = added(m1, m2)
    let difference = subtracted(m1, m2)
    let outerSum = added(m3, m4)
    let outerDifference = subtracted(m3, m4)
    return (
        added(added(m0, sum), outerSum),
        madd(outerDifference, splat4(1.5), multiplied(difference, splat4(0.75))),
        madd(outerSum, splat4(2.25), multiplied(sum, splat4(0.5625))),
        madd(outerDifference, splat4(3.375), madd(difference, splat4(0.421875), m5))
    )
}

// MARK: - Memory

/// Floats at an address that is a multiple of 64 bytes.
private final class Memory: @unchecked Sendable {
    let floats: UnsafeMutablePointer<Float>
    private let base: UnsafeMutableRawPointer
    /// The bytes that were mapped; 0 where the memory was allocated.
    private let mapped: Int

    /// Zeros.
    init(count: Int) {
        #if os(Linux)
        // Fresh pages are zero. Large ones are asked for, where the system has them: a thousand
        // small ones take it milliseconds.
        let page = 1 << 21
        let bytes = (count * 4 + 64 + page - 1) & ~(page - 1)
        if count * 4 > page, let pages = mmap(
            nil, bytes + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            pages != MAP_FAILED
        {
            let start = pages.alignedUp(toMultipleOf: page)
            _ = madvise(start, bytes, MADV_HUGEPAGE)
            base = pages
            floats = start.bindMemory(to: Float.self, capacity: bytes / 4)
            mapped = bytes + page
            return
        }
        #endif
        base = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * 4 + 64, alignment: 64)
        floats = base.bindMemory(to: Float.self, capacity: max(count, 1) + 16)
        floats.initialize(repeating: 0, count: max(count, 1) + 16)
        mapped = 0
    }

    init(mapped base: UnsafeMutableRawPointer, bytes: Int, header: Int) {
        self.base = base
        floats = (base + header).bindMemory(to: Float.self, capacity: (bytes - header) / 4)
        mapped = bytes
    }

    deinit {
        if mapped > 0 { _ = munmap(base, mapped) } else { base.deallocate() }
    }
}

extension Memory {
    struct Problem: Error { let description: String }

    /// A weights file as memory: a header of 64 bytes, then little-endian float32.
    static func map(_ path: String, count: Int, layout: UInt64) -> Result<Memory, Problem> {
        func problem(_ text: String) -> Result<Memory, Problem> {
            .failure(Problem(description: "weights file \(path): \(text)"))
        }
        let file = open(path, O_RDONLY)
        guard file >= 0 else { return problem(String(cString: strerror(errno))) }
        defer { _ = close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { return problem(String(cString: strerror(errno))) }
        let size = Int(status.st_size)
        guard size >= 64 else { return problem("\(size) bytes are too few for its header") }
        guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0), base != MAP_FAILED else {
            return problem(String(cString: strerror(errno)))
        }
        let memory = Memory(mapped: base, bytes: size, header: 64)
        let magic = UInt32(littleEndian: base.load(as: UInt32.self))
        guard magic == 0x77636e62, UInt32(littleEndian: (base + 4).load(as: UInt32.self)) == 1 else {
            return problem("not written by this version of bnc")
        }
        guard UInt64(littleEndian: (base + 8).load(as: UInt64.self)) == layout else {
            return problem("written for another model or with other options; compile again")
        }
        guard size == 64 + count * 4 else {
            return problem("expected \(64 + count * 4) bytes, found \(size)")
        }
        return .success(memory)
    }
}
