import IR
import Spec

/// Values of an argument, from what its schema says that it takes and from the shape that comes in.
///
/// They are likely to fit, no more: the checker decides.
struct ArgumentValues {
    /// What the layer reads, the batch axis left out.
    let inputs: [TensorType]
    /// The names of earlier layers.
    let names: [String]
    /// Layers that may stand inside; the depth is the caller's to bound.
    let layer: (inout SeededRandom) -> DraftLayer?

    private var shape: [Int] { inputs.first?.shape ?? [] }

    /// nil where the kind has no values that are worth writing.
    func value(_ kind: ArgumentKind, _ random: inout SeededRandom) -> DraftValue? {
        switch kind {
        case .integer(let minimum): return .integer(integer(minimum, &random))
        case .number(let minimum, let exclusive):
            return .number(number(minimum, exclusive, &random))
        case .boolean: return .boolean(random.chance(2))
        case .text: return nil
        case .choice(let words): return words.isEmpty ? nil : .text(random.pick(words))
        case .spatial(let rank, let minimum):
            if rank == 1 || random.chance(2) { return .integer(extent(minimum, 0, &random)) }
            return .list((0..<rank).map { .integer(extent(minimum, $0, &random)) })
        case .integers(let minimum): return .list(integers(minimum, &random).map { .integer($0) })
        case .axes:
            if random.chance(2) { return .integer(axis(&random)) }
            let count = 1 + random.below(min(3, shape.count + 1))
            return .list((0..<count).map { _ in .integer(axis(&random)) })
        case .padding(let rank): return padding(rank, &random)
        case .activation: return activation(&random)
        case .initializer, .trainingOnly: return nil
        case .numbers:
            if random.chance(2) { return .number(number(nil, false, &random)) }
            let count = random.chance(3) ? 1 + random.below(4) : max(1, shape.last ?? 1)
            var values = (0..<min(count, 16)).map { _ in number(nil, false, &random) }
            if random.chance(2) { values.sort() }
            return .list(values.map { .number($0) })
        case .shape: return .list(factors(&random).map { .integer($0) })
        case .layer: return layer(&random).map { .layer($0) }
        case .layers:
            let layers = (0...random.below(3)).compactMap { _ in layer(&random) }
            return layers.isEmpty ? nil : .list(layers.map { .layer($0) })
        case .oneOrMoreLayers:
            if random.chance(2) { return layer(&random).map { .layer($0) } }
            return value(.layers, &random)
        case .layerName: return names.isEmpty ? nil : .text(random.pick(names))
        case .names:
            return names.isEmpty
                ? nil : .list((0...random.below(2)).map { _ in .text(random.pick(names)) })
        case .layerNames(let titles):
            guard !names.isEmpty else { return nil }
            return .list(
                titles.map { _ in random.chance(3) ? .null : .text(random.pick(names)) })
        case .partialShape:
            if random.chance(2) { return .integer(integer(1, &random)) }
            return .list(
                (0...random.below(3)).map { _ in
                    random.chance(3) ? .null : .integer(integer(1, &random))
                })
        case .optional(let kind): return random.chance(6) ? .null : value(kind, &random)
        }
    }

    /// A size of a window or a step: small, near the axis's own size, or beyond it.
    private func extent(_ minimum: Int, _ axis: Int, _ random: inout SeededRandom) -> Int {
        let size = axis < shape.count ? shape[axis] : 3
        switch random.below(10) {
        case 0: return max(minimum, size)
        case 1: return max(minimum, size + 1 + random.below(3))
        case 2, 3, 4: return minimum
        case 5, 6: return minimum + 1
        default: return minimum + random.below(5)
        }
    }

    private func integer(_ minimum: Int?, _ random: inout SeededRandom) -> Int {
        let least = minimum ?? -shape.count - 1
        switch random.below(8) {
        case 0, 1: return max(least, shape.isEmpty ? 1 : random.pick(shape))
        case 2:
            let last = shape.last ?? 1
            let divisors = (1...max(1, last)).filter { last % $0 == 0 }
            return max(least, random.pick(divisors))
        case 3: return max(least, 2 * (shape.last ?? 1))
        case 4: return least
        case 5: return minimum == nil ? axis(&random) : least + random.below(9)
        default: return max(least, minimum == nil ? axis(&random) : random.below(6))
        }
    }

    /// 0 is the batch.
    private func axis(_ random: inout SeededRandom) -> Int {
        let rank = shape.count
        if random.chance(12) { return random.pick([0, rank + 1, -rank - 2]) }
        guard rank > 0 else { return -1 }
        return random.chance(2) ? -1 - random.below(rank) : 1 + random.below(rank)
    }

    private func number(
        _ minimum: Double?, _ exclusive: Bool, _ random: inout SeededRandom
    ) -> Double {
        var value: Double
        switch random.below(8) {
        case 0: value = 0
        case 1: value = 1
        case 2: value = 1e-7
        case 3: value = random.pick([1e-12, 1e-3, 10, 100])
        default: value = (random.unit() * 300).rounded() / 100
        }
        if random.chance(3) { value = -value }
        guard let minimum else { return value }
        if value < minimum || (exclusive && value == minimum) {
            value = minimum + abs(value - minimum)
        }
        return exclusive && value == minimum ? minimum + 0.5 : value
    }

    private func integers(_ minimum: Int?, _ random: inout SeededRandom) -> [Int] {
        switch random.below(3) {
        case 0: return Array(1...max(1, shape.count)).shuffled(using: &random)
        case 1:
            var sizes = factors(&random)
            if minimum.map({ $0 < 0 }) ?? true, random.chance(2) {
                sizes[random.below(sizes.count)] = -1
            }
            return sizes
        default: return (0...random.below(4)).map { _ in integer(minimum, &random) }
        }
    }

    /// Sizes with as many elements as the input.
    private func factors(_ random: inout SeededRandom) -> [Int] {
        var sizes = shape.isEmpty ? [1] : shape
        for _ in 0..<random.below(4) {
            switch random.below(4) {
            case 0: sizes.shuffle(using: &random)
            case 1 where sizes.count > 1:
                let last = sizes.removeLast()
                sizes[random.below(sizes.count)] *= last
            case 2:
                let index = random.below(sizes.count)
                let divisors = (1...max(1, sizes[index])).filter { sizes[index] % $0 == 0 }
                let divisor = random.pick(divisors)
                sizes[index] /= divisor
                sizes.insert(divisor, at: random.below(sizes.count + 1))
            default: sizes.insert(1, at: random.below(sizes.count + 1))
            }
        }
        return sizes
    }

    private func padding(_ rank: Int, _ random: inout SeededRandom) -> DraftValue {
        func cells() -> DraftValue { .integer(random.below(random.chance(5) ? 5 : 3)) }
        switch random.below(3) {
        case 0: return cells()
        case 1 where rank > 1: return .list((0..<rank).map { _ in cells() })
        default:
            let pairs = (0..<rank).map { _ in DraftValue.list([cells(), cells()]) }
            return rank == 1 ? pairs[0] : .list(pairs)
        }
    }

    private func activation(_ random: inout SeededRandom) -> DraftValue {
        random.chance(12) ? .null : .text(random.pick(ActivationFunction.all).name)
    }
}
