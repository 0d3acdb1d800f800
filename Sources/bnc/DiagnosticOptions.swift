import ArgumentParser
import Compiler
import Diagnostics
import Spec

enum DiagnosticFormat: String, CaseIterable, ExpressibleByArgument {
    case terminal, json, sarif, github
}

/// A warning or remark that is not to be shown.
struct AllowedCode: ExpressibleByArgument {
    let id: String

    init?(argument: String) {
        guard let code = AllDiagnostics.codes.first(where: { $0.id == argument.uppercased() }),
            code.severity < .error
        else { return nil }
        id = code.id
    }

    static var allValueStrings: [String] {
        AllDiagnostics.codes.filter { $0.severity < .error }.map(\.id)
    }
}

/// How diagnostics are reported, the same for every command.
struct DiagnosticOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How to write diagnostics to standard error: terminal, json, sarif or github.",
            valueName: "format"))
    var format: DiagnosticFormat = .terminal

    @Flag(help: "Treat warnings as errors.")
    var warningsAsErrors = false

    @Option(
        help: ArgumentHelp(
            "Don't show a warning or remark; may be repeated. `bnc explain` lists the codes.",
            valueName: "code"))
    var allow: [AllowedCode] = []

    @Flag(help: "Show every remark, not one of each kind.")
    var remarks = false

    @Flag(help: "Write no colours; the same as setting NO_COLOR.")
    var noColor = false

    var outputStyle: TerminalStyle { Console.output.style(noColor: noColor) }
    var errorStyle: TerminalStyle { Console.error.style(noColor: noColor) }

    /// Writes what the bag holds to standard error.
    ///
    /// - Parameter remarks: which remarks are shown where `--remarks` doesn't ask for all: a command
    ///   that was not asked to judge a model doesn't praise or blame it.
    /// - Throws: exit code 1 if there are errors.
    func report(_ bag: DiagnosticBag, remarks: DiagnosticPolicy.Remarks = .none) throws {
        let diagnostics = shown(bag, remarks: self.remarks ? .all : remarks)
        let fails = diagnostics.contains { $0.severity == .error }
        let closing = bag.closing.filter { !allow.map(\.id).contains($0.code.id) }
        switch format {
        case .terminal:
            guard !diagnostics.isEmpty else { break }
            let renderer = TerminalRenderer(style: errorStyle)
            Console.error.write(renderer.render(diagnostics))
            Console.error.write("\n" + renderer.summary(diagnostics, isCut: bag.isCut) + "\n")
        case .json:
            if fails || !diagnostics.isEmpty {
                Console.error.write(JSONRenderer().render(diagnostics, closing: closing))
            }
        case .sarif:
            Console.error.write(
                SARIFRenderer(version: bncVersion).render(diagnostics, closing: closing))
        case .github:
            Console.error.write(GitHubRenderer().render(diagnostics, closing: closing))
        }
        if fails { throw ExitCode(1) }
    }

    /// What is shown of a bag, in the order of the text.
    func shown(_ bag: DiagnosticBag, remarks: DiagnosticPolicy.Remarks) -> [Diagnostic] {
        DiagnosticPolicy(
            warningsAsErrors: warningsAsErrors, allowed: Set(allow.map(\.id)), remarks: remarks
        ).apply(bag.sorted())
    }

    /// A remark on standard error, for people only.
    func note(_ text: String) {
        guard format == .terminal else { return }
        Console.error.write(Ink.faint.paint("bnc: \(text)", errorStyle) + "\n")
    }
}

/// A spec and its weights.
struct ModelOptions: ParsableArguments {
    @ArgumentParser.Argument(
        help: "The model's spec.", completion: .file(extensions: ["yaml", "yml"]))
    var spec: String

    @Option(
        help: ArgumentHelp(
            "The weights; default: the file that the spec names.", valueName: "file"),
        completion: .file(extensions: ["safetensors"]))
    var weights: String?

    @Option(
        name: .customLong("bind"),
        help: ArgumentHelp(
            "A number for a size that the spec leaves open; for several sizes, one each.",
            valueName: "name=size"),
        transform: SizeBinding.init)
    var bindings: [SizeBinding] = []

    /// Numbers for open sizes, by name.
    var sizes: [String: Int] {
        Dictionary(bindings.map { ($0.name, $0.size) }, uniquingKeysWith: { _, last in last })
    }

    func validate() throws {
        var names: Set<String> = []
        for binding in bindings where !names.insert(binding.name).inserted {
            throw ValidationError("--bind gives `\(binding.name)` twice.")
        }
    }
}

/// `time=128`, as `--bind` takes it.
struct SizeBinding {
    let name: String
    let size: Int

    init(_ argument: String) throws {
        guard let equals = argument.lastIndex(of: "="), equals != argument.startIndex,
            let size = Int(argument[argument.index(after: equals)...]), size > 0,
            size <= largestSize
        else {
            throw ValidationError(
                "it takes a size's name and a number of 1 to \(largestSize), as in time=128")
        }
        name = String(argument[..<equals])
        self.size = size
    }
}
