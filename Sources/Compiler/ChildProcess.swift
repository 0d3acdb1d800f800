import Subprocess

/// A program that bnc runs: in a process group of its own, which is killed as a whole if bnc is
/// interrupted, so that nothing goes on writing into a folder that is being removed.
enum ChildProcess {
    struct Result {
        let status: TerminationStatus
        let output: String
        let error: String

        var succeeded: Bool { status == .exited(0) }
    }

    /// Runs a program, found as a shell finds it, to its end.
    ///
    /// - Parameter directory: where it shall put its temporary files.
    static func run(
        _ program: String, _ arguments: [String], temporaries directory: String
    ) async throws -> Result {
        var options = PlatformOptions()
        options.processGroupID = 0
        let guarded = Interruption.guardingStart()
        defer { guarded.release() }
        let result = try await Subprocess.run(
            program.contains("/") ? .path(.init(program)) : .name(program),
            arguments: Arguments(arguments),
            environment: .inherit.updating(["TMPDIR": directory]), platformOptions: options,
            input: .none,
            output: .string(limit: 64 << 20), error: .string(limit: 64 << 20)
        ) { execution in
            guarded.started(execution.processIdentifier.value)
        }
        return Result(
            status: result.terminationStatus, output: result.standardOutput,
            error: result.standardError)
    }
}
