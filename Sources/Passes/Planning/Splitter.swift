import Plan

/// Splits steps for several threads where that pays.
///
/// The threads claim parts one after the other; those beside the caller begin a little later, when
/// they have seen that there is work, and are taken to be slower, because other programs run too:
/// more parts than threads even that out. A step is split the way that ends first by this model, if
/// that is early enough; the plan tells whether its steps together gain more than it costs to wake
/// threads that have gone to sleep since the last prediction, or only while they are awake.
package struct Splitter {
    /// What decides, in nanoseconds. A spinning thread took up work after 0.9 to 1.3 µs on two cores of
    /// an Intel Xeon, one that sleeps after 9 to 14 µs, and claiming a part took below 0.1 µs. On an AMD
    /// EPYC (Zen 4) a step of 3.66 µs takes 2.04 in two parts, so that the other thread begins after
    /// some 0.4 µs. (All virtual.)
    package struct Rules: Sendable {
        /// When the other threads begin.
        var arrival = 600.0
        /// How much longer they take for a part. With 1.25 odd numbers of parts came out, of which the
        /// caller took one more: on two quiet cores that are equally fast a step of 7 parts takes 4/7.
        var slowness = 1.05
        /// What each part costs beyond its work.
        var claim = 60.0
        /// What a step must gain, and as a share of its time.
        var gain = 400.0
        var share = 0.12
        /// What the plan must gain for sleeping threads to be woken.
        var waking = 15_000.0

        /// What pays.
        package static let measured = Rules()
        /// Whatever can be split, for tests.
        package static let always = Rules(
            arrival: 0, claim: 0, gain: -.infinity, share: -1e9, waking: -.infinity)
    }

    private let threads: Int
    private let costs: CostModel
    private let rules: Rules

    /// The plan with its steps' parts for so many threads; as it is for one, or where nothing pays.
    package static func split(_ plan: Plan, threads: Int, rules: Rules = .measured) -> Plan {
        guard threads > 1 else { return plan }
        let splitter = Splitter(
            threads: threads,
            costs: CostModel(
                target: plan.target,
                coldWeights: plan.constantCount * 4 > CostModel.warmLevel), rules: rules)
        var plan = plan
        var total = 0.0
        var cuts: [(step: Int, parts: [Kernel])] = []
        for (index, step) in plan.steps.enumerated()
        where !plan.strips.contains(where: { $0.steps.contains(index) }) {
            guard let (parts, gain) = splitter.best(step.kernel) else { continue }
            cuts.append((index, parts))
            total += gain
        }
        guard !cuts.isEmpty else { return plan }
        plan.threads = threads
        plan.wakesThreads = total >= rules.waking
        for (index, parts) in cuts {
            plan.steps[index].parts = parts
            plan.steps[index].notes.append("in \(parts.count) parts for \(threads) threads")
        }
        return plan
    }

    /// The parts that end first, and by how much before the whole would; nil where it doesn't pay.
    private func best(_ kernel: Kernel) -> (parts: [Kernel], gain: Double)? {
        let whole = WorkEstimate(kernel, costs).nanoseconds
        var best: (parts: [Kernel], time: Double)?
        for count in stride(from: threads, through: threads * 4, by: max(1, threads / 4)) {
            for parts in kernel.cuts(into: count) where parts.count == count || count == threads {
                let time = time(parts)
                if time < best?.time ?? .infinity { best = (parts, time) }
            }
        }
        guard let best else { return nil }
        let gain = whole - best.time
        return gain >= rules.gain && gain >= whole * rules.share ? (best.parts, gain) : nil
    }

    /// When the last part ends, if each thread that is free takes the next.
    private func time(_ parts: [Kernel]) -> Double {
        var ends = [Double](repeating: rules.arrival, count: threads)
        ends[0] = 0
        var form: Kernel?
        var forms = 0
        var size = 0.0
        for part in parts {
            if part.form != form {
                form = part.form
                forms += 1
                size = WorkEstimate(part, costs).nanoseconds
            }
            let first = ends.indices.min { ends[$0] < ends[$1] }!
            ends[first] += (first == 0 ? size : size * rules.slowness) + rules.claim
        }
        // Each form beyond the first is a function more to compile and to hold in cache.
        return ends.max()! * (1 + 0.05 * Double(forms - 1))
    }
}
