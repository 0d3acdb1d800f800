import Foundation
import FuzzSupport

/// `make fuzz-front`: damages specs and tensor files at random for some time, from a seed. Whatever it
/// makes of them has to be refused, or read, within 2 seconds and without a trap.
///
///     FuzzFront [--seconds 60] [--seed 1] [--only specs|safetensors|npy|npz]
///
/// The input at work lies in `.build/fuzz/current`, so that it is there when the process dies; what
/// breaks a rule is kept beside it.
func value(_ option: String) -> String? {
    let arguments = CommandLine.arguments
    guard let index = arguments.firstIndex(of: option), index + 1 < arguments.count else {
        return nil
    }
    return arguments[index + 1]
}

let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
let folder = root.appending(path: ".build/fuzz")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)

let seconds = value("--seconds").flatMap(Double.init) ?? 60
let seed = value("--seed").flatMap(UInt64.init) ?? 1
let all: [any FuzzTarget] = [
    SpecTarget(root), TensorFileTarget(.safetensors), TensorFileTarget(.npy),
    TensorFileTarget(.npz),
]
let only = value("--only")
let targets = all.filter { only == nil || $0.name == only }
guard !targets.isEmpty else {
    FileHandle.standardError.write(Data("--only takes specs, safetensors, npy or npz\n".utf8))
    exit(64)
}

var failures = 0
for target in targets {
    // Of its own, so that a target finds the same whatever ran before it.
    var random = SeededRandom(seed)
    let current = folder.appending(path: "current.\(target.fileExtension)")
    let start = Date()
    var count = 0
    var slowest = 0.0
    while Date().timeIntervalSince(start) < seconds / Double(targets.count) {
        let input = target.input(&random)
        try Data(input).write(to: current)
        let begin = Date()
        let problem = target.run(input, at: current.path)
        let time = Date().timeIntervalSince(begin)
        slowest = max(slowest, time)
        count += 1
        if let problem = problem ?? (time > 2 ? "took \(time) seconds" : nil) {
            failures += 1
            let kept = folder.appending(path: "failure-\(failures).\(target.fileExtension)")
            try Data(input).write(to: kept)
            print("\(target.name): \(problem)\n  \(kept.path)")
            if failures >= 20 { exit(1) }
        }
    }
    try? FileManager.default.removeItem(at: current)
    print(
        "\(target.name): \(count) inputs, the slowest took \(Int(slowest * 1000)) ms, "
            + "\(megabytes) MB at the peak")
}
if megabytes > 500 {
    print("more than 500 MB were used")
    failures += 1
}
exit(failures == 0 ? 0 : 1)

/// The most memory that was in use.
var megabytes: Int {
    var usage = rusage()
    #if canImport(Darwin)
        getrusage(RUSAGE_SELF, &usage)
        return usage.ru_maxrss >> 20
    #else
        getrusage(RUSAGE_SELF.rawValue, &usage)
        return usage.ru_maxrss >> 10
    #endif
}
