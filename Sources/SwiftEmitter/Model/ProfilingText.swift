/// What an emitted model has in addition with `EmissionOptions.profiling`: the time of each step.
///
/// `predict` and `profile` share `run`, so that each kernel is called in one place and is compiled as
/// it is without profiling; `predict` pays for a branch after each step.
extension ModelSource {
    var timesParameter: [String] {
        options.profiling ? ["_ times: UnsafeMutablePointer<UInt64>? = nil"] : []
    }

    func startTiming(_ out: inout SourceWriter) {
        if options.profiling { out.line("var last = times == nil ? 0 : profilingClock()") }
    }

    /// Behind the call of a step.
    func timeStep(_ index: Int, _ out: inout SourceWriter) {
        if options.profiling {
            out.line("if let times { profilingLap(times + \(index), &last) }")
        }
    }

    /// The public method.
    func profile(_ out: inout SourceWriter) {
        guard options.profiling else { return }
        out.line()
        out.line("/// The steps that `profile` times, in their order.")
        out.line("public static let stepCount = \(plan.steps.count)")
        out.line()
        out.comment(
            "Predicts as `predict` does, and adds to `times`, one number for each step, the "
                + "nanoseconds that the step took: a run of the clock included, for each round of "
                + "a loop."
        )
        let buffers =
            inputLabels.map { "\($0): UnsafeBufferPointer<Float>" }
            + outputLabels.map { "\($0): UnsafeMutableBufferPointer<Float>" }
        out.signature(
            "public func profile", buffers + ["times: UnsafeMutablePointer<UInt64>"], "")
        out.indent(1)
        let pointers = (inputLabels + outputLabels).map { "\($0).baseAddress!" }
        out.line("run(\((pointers + ["times"]).joined(separator: ", ")))")
        out.close()
    }

    func profilingClock(_ out: inout SourceWriter) {
        guard options.profiling else { return }
        out.line()
        out.paragraph(
            """
            // MARK: - Profiling

            /// Nanoseconds on a clock that only goes forward.
            @inline(__always)
            private func profilingClock() -> UInt64 {
                var time = timespec()
                clock_gettime(CLOCK_MONOTONIC, &time)
                return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
            }

            @inline(never)
            private func profilingLap(_ time: UnsafeMutablePointer<UInt64>, _ last: inout UInt64) {
                let now = profilingClock()
                time.pointee += now - last
                last = now
            }
            """)
    }
}
