import Foundation
import FuzzSupport
import Plan

/// `make fuzz`: random models through every engine, and through Keras where there is one.
///
///     Fuzz [--seconds 60] [--seed 1] [--python PYTHON] [--emit EVERY] [--from INDEX] [--count N]
///
/// What it finds lies in `.build/fuzz/<seed>-<number>-<kind>`. The work is done by a second process, so
/// that a model on which it dies is found too: its text is kept.
func value(_ option: String) -> String? {
    let arguments = CommandLine.arguments
    guard let index = arguments.firstIndex(of: option), index + 1 < arguments.count else {
        return nil
    }
    return arguments[index + 1]
}

let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
let folder = root + "/.build/fuzz"
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
let seconds = value("--seconds").flatMap(Double.init) ?? 60
let seed = value("--seed").flatMap(UInt64.init) ?? 1
let count = value("--count").flatMap(Int.init) ?? .max
let first = value("--from").flatMap(Int.init) ?? 0
/// How many models are emitted and built together; 0 for none.
let emitted = value("--emit").flatMap(Int.init) ?? 48
let end = Date().addingTimeInterval(seconds)

/// What the worker is at, and what Keras reads and writes; of this run alone.
let scratch = value("--scratch") ?? "\(folder)/run-\(ProcessInfo.processInfo.processIdentifier)"
try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)

func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

if CommandLine.arguments.contains("--worker") {
    try await work()
} else {
    let status = try supervise()
    try? FileManager.default.removeItem(atPath: scratch)
    exit(status)
}

/// Runs workers until the time is up: a new one where one dies.
func supervise() throws -> Int32 {
    var from = first
    var status: Int32 = 0
    var crashes = 0
    while Date() < end, crashes < 20 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
        process.arguments =
            CommandLine.arguments.dropFirst()
            + [
                "--worker", "--seconds", "\(end.timeIntervalSinceNow)", "--from", "\(from)",
                "--scratch", scratch,
            ]
        // The last of an option's values counts.
        process.arguments = unique(process.arguments ?? [])
        try process.run()
        process.waitUntilExit()
        if process.terminationReason == .exit {
            status = max(status, process.terminationStatus)
            break
        }
        status = 1
        crashes += 1
        let current = try String(contentsOfFile: scratch + "/current", encoding: .utf8)
        let index = Int(current.split(separator: "\n").first ?? "") ?? from
        let kept = "\(folder)/\(seed)-\(index)-crash"
        try? FileManager.default.removeItem(atPath: kept)
        try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: scratch + "/current.yaml", toPath: kept + "/model.yaml")
        say(
            "FOUND crash: the process died by signal \(process.terminationStatus) on model \(index)\n"
                + "  \(kept)\n  see it again: --from \(index) --count 1 --seed \(seed)")
        from = index + 1
    }
    return status
}

/// The options, the last of each.
func unique(_ arguments: [String]) -> [String] {
    var values: [String: String] = [:]
    var flags: [String] = []
    var index = 0
    while index < arguments.count {
        let name = arguments[index]
        if index + 1 < arguments.count, !arguments[index + 1].hasPrefix("--") {
            values[name] = arguments[index + 1]
            index += 2
        } else {
            flags.append(name)
            index += 1
        }
    }
    return values.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] } + flags
}

func work() async throws {
    let python = value("--python").flatMap {
        FileManager.default.isExecutableFile(atPath: $0) ? $0 : nil
    }
    let campaign = Campaign(
        seed: seed, keras: python.map { KerasServer(python: $0, root: root) }, scratch: scratch,
        note: { text in
            try? Data(text.utf8).write(to: URL(fileURLWithPath: scratch + "/current.yaml"))
        })
    var shown = 0
    func show() throws {
        for finding in campaign.findings[shown...] {
            shown += 1
            let path = "\(folder)/\(seed)-\(first)-\(shown)-\(finding.kind)"
            try finding.write(to: path, subject: campaign.subject(finding))
            say("FOUND \(finding.kind): \(finding.detail)\n\(finding.draft.yaml)  \(path)")
        }
    }
    var told = Date()
    var index = first
    func tell() {
        let counts = campaign.counts
        say(
            "model \(index): \(counts.interpreted) on the interpreter, \(counts.emitted) emitted, "
                + "\(counts.keras) by Keras, \(counts.refusals) refusals compared, "
                + "\(counts.ambiguous) ambiguous; \(shown) findings")
    }
    while Date() < end, index - first < count {
        try Data("\(index)\n".utf8).write(to: URL(fileURLWithPath: scratch + "/current"))
        campaign.run(index)
        index += 1
        try show()
        if emitted > 0, (index - first) % emitted == 0 {
            await campaign.runEmitted(target: .native)
            try show()
        }
        if Date().timeIntervalSince(told) > 5 {
            tell()
            told = Date()
        }
    }
    if emitted > 0 {
        await campaign.runEmitted(target: .native)
        try show()
    }
    tell()
    let layers = campaign.counts.layers
    say(
        "\(layers.count) layers met; the rarest: "
            + layers.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.prefix(12)
            .map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    exit(shown == 0 ? 0 : 1)
}
