import Foundation
import TensorFiles

/// A Python process with Keras in it (`benchmarks/keras_server.py`), started anew where it dies.
package final class KerasServer {
    package enum Answer: Sendable, Hashable {
        case fine(String)
        /// The variables have other names or shapes.
        case otherKeys(String)
        case refused(String)
        /// Keras has not got one of the layers.
        case absent
        /// It died or took too long.
        case none
    }

    private let python: String
    private let script: String
    private var process: Process?
    private var input: FileHandle?
    private var output: Int32 = -1
    private var pending: [UInt8] = []

    package init(python: String, root: String) {
        self.python = python
        script = root + "/benchmarks/keras_server.py"
    }

    deinit { stop() }

    private func start() -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [script]
        let (requests, answers) = (Pipe(), Pipe())
        process.standardInput = requests
        process.standardOutput = answers
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        self.process = process
        input = requests.fileHandleForWriting
        output = dup(answers.fileHandleForReading.fileDescriptor)
        pending = []
        return true
    }

    package func stop() {
        process?.terminate()
        process?.waitUntilExit()
        if output >= 0 { close(output) }
        output = -1
        process = nil
    }

    /// Asks; `answer` reads what comes of it.
    package func ask(_ verb: String, _ folder: String) {
        if process?.isRunning != true, !start() { return }
        try? input?.write(contentsOf: Data("\(verb) \(folder)\n".utf8))
    }

    package func answer(within seconds: Double = 120) -> Answer {
        guard let line = readLine(until: Date().addingTimeInterval(seconds)) else {
            stop()
            return .none
        }
        let parts = line.split(separator: " ", maxSplits: 1)
        let text = parts.count > 1 ? String(parts[1]) : ""
        switch parts.first {
        case "ok": return .fine(text)
        case "keys": return .otherKeys(text)
        case "absent": return .absent
        default: return .refused(text)
        }
    }

    private func readLine(until end: Date) -> String? {
        guard output >= 0 else { return nil }
        while true {
            if let newline = pending.firstIndex(of: 0x0A) {
                defer { pending.removeSubrange(...newline) }
                return String(decoding: pending[..<newline], as: UTF8.self)
            }
            let left = end.timeIntervalSinceNow
            var poller = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            guard left > 0, poll(&poller, 1, Int32(left * 1000)) > 0 else { return nil }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = read(output, &buffer, buffer.count)
            guard count > 0 else { return nil }
            pending += buffer[..<count]
        }
    }

    /// What Keras wrote for the outputs of a model, in their order.
    package static func outputs(_ folder: String, _ names: [String]) -> [[Double]]? {
        guard let file = try? SafetensorsFile.open(path: "\(folder)/outputs.safetensors") else {
            return nil
        }
        var result: [[Double]] = []
        for name in names {
            guard let tensor = try? file.read(name) else { return nil }
            result.append(tensor.floats().map(Double.init))
        }
        return result
    }
}
