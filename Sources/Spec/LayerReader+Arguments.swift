import Diagnostics
import IR
import Syntax

/// The arguments of a layer.
extension LayerReader {
    /// The arguments as read. Where some could not be read, `other` differs from `likely` in these, so
    /// that what depends on them can be told from what doesn't.
    struct ReadArguments {
        var likely = Arguments()
        var other: Arguments?
        /// What stands under a name that most likely means `inputs`.
        var meantInputs: SyntaxNode?
    }

    /// Every argument read, unknown ones reported, missing ones reported; nil if one has no value
    /// and none can be made up.
    ///
    /// - Parameters:
    ///   - schema: the arguments that may be given, where they aren't all of the class's.
    ///   - original: the layer that is applied again, for what is said of its own arguments.
    func readArguments(
        _ head: Head, _ type: any Layer.Type, _ reading: inout ArgumentReading,
        schema: [any ArgumentDescriptor]? = nil, like original: LayerItem? = nil
    ) -> ReadArguments? {
        var arguments = Arguments()
        /// Arguments without a value that can be used.
        var open: [any ArgumentDescriptor] = []
        /// Entries with unknown names that most likely mean an argument.
        var meant: [(argument: any ArgumentDescriptor, entry: SyntaxEntry)] = []
        var meantInputs: SyntaxNode?
        let schema = schema ?? type.fullSchema
        meantInputs = readRoles(head, schema, &reading)
        for entry in head.arguments {
            guard let key = entry.keyText, key != "<<" else { continue }
            if reading.bag.isFull { break }
            if meantInputs != nil, Self.roles.contains(key) { continue }
            if let original, reportOwnArgument(entry, key, of: original, schema, &reading) {
                continue
            }
            let isShape = key == "input_shape" && schema.contains { $0.name == "shape" }
            if Self.common.contains(key), !isShape, !schema.contains(where: { $0.name == key }) {
                readCommon(key, entry, &reading)
                continue
            }
            guard let argument = schema.first(where: { $0.isCalled(key) }) else {
                let near = reportUnknownArgument(
                    entry, key, original?.className ?? type.className, schema, &reading,
                    isReuse: original != nil,
                    isGiven: { name in head.arguments.contains { $0.keyText == name } })
                let wholes = ForeignArguments.wholes(of: key, in: schema.map(\.name))
                if near == nil, !wholes.isEmpty {
                    open.removeAll { wholes.contains($0.name) }
                    open += schema.filter { wholes.contains($0.name) }
                } else if let near {
                    if let argument = schema.first(where: { $0.name == near }) {
                        meant.append((argument, entry))
                    } else if near == "inputs" {
                        let isPlain = entry.value.nameText != nil || entry.value.isListOfNames
                        meantInputs =
                            isPlain
                            ? entry.value
                            : SyntaxNode(
                                content: .sequence(entry.value.inboundNames), span: entry.value.span
                            )
                    }
                }
                continue
            }
            if arguments.isWritten(argument.name) {
                reading.bag.report(
                    Diagnostic(
                        .argumentConflict,
                        "`\(key)` is an older name of `\(argument.name)`, which is given too",
                        at: entry.key.span, label: "remove one of them",
                        secondary: arguments.keySpan(argument.name).map {
                            [Label(span: $0, text: "given here")]
                        } ?? []))
                continue
            }
            reading.argument = key
            let next = readNumbers(entry, of: argument, besides: head, schema, &reading)
            let read: (any Sendable)? =
                if let next { next.value } else { argument.read(entry.value, &reading) }
            if let value = read {
                arguments.set(argument.name, value, key: entry.key.span, at: entry.value.span)
            } else {
                open.append(argument)
            }
            if let next = next?.next { open.append(next) }
        }
        for (argument, entry) in meant
        where !arguments.isWritten(argument.name)
            && !open.contains(where: { $0.name == argument.name })
        {
            // Read as if the name were right; what doesn't fit has been said enough about.
            var quiet = reading
            quiet.argument = argument.name
            if let value = argument.read(entry.value, &quiet) {
                arguments.set(argument.name, value, key: entry.key.span, at: entry.value.span)
            } else {
                open.append(argument)
            }
        }
        let missing = schema.filter { argument in
            argument.defaultText == nil && !arguments.isWritten(argument.name)
                && !open.contains { $0.name == argument.name }
        }
        let replaced = schema.filter { arguments.isWritten($0.name) || isGiven($0, in: head) }
            .compactMap(\.standsFor)
        // What merges a mapping that could not be read may have them all.
        let isMerged = head.arguments.contains { $0.keyText == "<<" }
        let reported = isMerged ? [] : missing.filter { !replaced.contains($0.name) }
        if !reported.isEmpty { report(missing: reported, head, type, &reading) }
        var result = guessing(open + missing, arguments, head)
        result?.meantInputs = meantInputs
        return result
    }

    /// Whether `key` is an argument that the layer itself has, where only its inputs can change;
    /// reports it.
    private func reportOwnArgument(
        _ entry: SyntaxEntry, _ key: String, of original: LayerItem,
        _ schema: [any ArgumentDescriptor], _ reading: inout ArgumentReading
    ) -> Bool {
        let own = type(of: original.layer).fullSchema
        guard !schema.contains(where: { $0.isCalled(key) }), !Self.common.contains(key),
            own.contains(where: { $0.isCalled(key) })
        else { return false }
        reading.bag.report(
            Diagnostic(
                .reuse, "`\(key)` belongs to the layer, which is used here as it is",
                at: entry.key.span, label: "can't be another one here",
                secondary: [
                    Label(
                        span: original.arguments.keySpan(key) ?? original.span,
                        text: "the layer is written here")
                ],
                helps: ["leave it out; a layer with variables of its own is another layer"]))
        return true
    }

    private static let roles = ["query", "value", "key"]

    /// `query: x, value: y`, as Keras calls an attention: reported as the `inputs` they are.
    private func readRoles(
        _ head: Head, _ schema: [any ArgumentDescriptor], _ reading: inout ArgumentReading
    ) -> SyntaxNode? {
        guard schema.contains(where: { $0.name == "use_causal_mask" }), head.value("inputs") == nil
        else { return nil }
        let given = Self.roles.compactMap { role in head.arguments.first { $0.keyText == role } }
        guard let query = given.first, query.keyText == "query",
            given.allSatisfy({ $0.value.nameText != nil })
        else { return nil }
        let names = given.map(\.value)
        let list = names.count == 1 ? [names[0], names[0]] : names
        let text = "inputs: [\(list.compactMap(\.nameText).joined(separator: ", "))]"
        reading.bag.report(
            Diagnostic(
                .unknownKey, "query, value and key are the `inputs` of \(head.className)",
                at: query.key.span, label: "unknown argument", helps: ["write `\(text)`"]))
        return SyntaxNode(content: .sequence(list), span: query.value.span)
    }

    private func isGiven(_ argument: any ArgumentDescriptor, in head: Head) -> Bool {
        head.arguments.contains { $0.keyText.map(argument.isCalled) ?? false }
    }

    /// Makes up values for what could not be read; nil where that can't be done.
    private func guessing(
        _ open: [any ArgumentDescriptor], _ arguments: Arguments, _ head: Head
    ) -> ReadArguments? {
        guard !open.isEmpty else { return ReadArguments(likely: arguments) }
        var result = ReadArguments(likely: arguments, other: arguments)
        for argument in open {
            guard argument.guesses.count == 2 else { return nil }
            result.likely.set(argument.name, argument.guesses[0], key: head.span, at: head.span)
            result.other?.set(argument.name, argument.guesses[1], key: head.span, at: head.span)
        }
        return result
    }

    private func report(
        missing: [any ArgumentDescriptor], _ head: Head, _ type: any Layer.Type,
        _ reading: inout ArgumentReading
    ) {
        func list(_ items: [String]) -> String {
            items.count < 2
                ? items.joined() : items.dropLast().joined(separator: ", ") + " and " + items.last!
        }
        let names = list(missing.map { "`\($0.name)`" })
        reading.bag.report(
            Diagnostic(
                .missingArgument, "\(type.className) needs \(names)", at: head.span,
                label: "\(names) \(missing.count == 1 ? "is" : "are") missing",
                helps: anchorHelp(head)
                    + missing.map { argument in
                        let doc = argument.doc.prefix(1).lowercased() + argument.doc.dropFirst()
                        let end = doc.hasSuffix("...") ? 0 : 1
                        return
                            "`\(argument.name)` is \(argument.kind.expectation) (\(doc.dropLast(end)))"
                    }))
    }

    /// What to say of `*c` where `- &c Conv2D: {...}` marks the class name only.
    private func anchorHelp(_ head: Head) -> [String] {
        guard head.span.text.hasPrefix("*") else { return [] }
        let name = head.span.text.dropFirst()
        return [
            "`&\(name)` marks the text `\(head.className)` only; `- &\(name) {\(head.className): "
                + "{...}}` marks the layer"
        ]
    }

    /// Returns the name that was most likely meant.
    private func reportUnknownArgument(
        _ entry: SyntaxEntry, _ key: String, _ className: String,
        _ schema: [any ArgumentDescriptor], _ reading: inout ArgumentReading, isReuse: Bool,
        isGiven: (String) -> Bool
    ) -> String? {
        let takesShape = schema.contains { $0.name == "shape" }
        let known =
            schema.map(\.name)
            + Self.common.filter { $0 != key && !($0 == "input_shape" && takesShape) }
        let former = schema.flatMap(\.formerNames)
        let near =
            Suggestion.same(as: key, in: known) ?? ForeignArguments.meaning(of: key, in: known)
        let reason = near == nil ? ForeignArguments.reason(toLeaveOut: key, in: known) : nil
        let guess =
            near ?? (reason == nil ? Suggestion.nearest(to: key, in: known + former) : nil)
        var fixIts: [FixIt] = []
        if guess == "inputs", entry.value.nameText == nil, !entry.value.isListOfNames,
            !entry.value.inboundNames.isEmpty
        {
            let names = entry.value.inboundNames.compactMap(\.nameText)
            let text = "inputs: [\(names.joined(separator: ", "))]"
            fixIts = [
                FixIt(
                    span: SourceSpan(
                        file: entry.key.span.file,
                        range: entry.key.span.range.union(entry.value.span.range)),
                    replacement: text, text: "write `\(text)`")
            ]
        } else if key == "<" {
            fixIts = [FixIt(span: entry.key.span, replacement: "<<", text: "did you mean `<<`?")]
        } else if let guess {
            fixIts = [
                FixIt(span: entry.key.span, replacement: guess, text: "did you mean `\(guess)`?")
            ]
        }
        var helps: [String] = []
        if let name = guess, isGiven(name), key != "<" {
            let advice = "`\(name)` is given, and is what it is called: leave it out"
            fixIts = entry.removal(advice).map { [$0] } ?? []
            helps = fixIts.isEmpty ? [advice] : []
        } else if takesShape, let shape = Self.shape(entry) {
            let whole = SourceSpan(
                file: entry.key.span.file,
                range: entry.key.span.range.union(entry.value.span.range))
            fixIts = [
                FixIt(
                    span: whole, replacement: "shape: \(shape)",
                    text: "without the batch: `shape: \(shape)`")
            ]
        } else if isFirst, let shape = Self.shape(entry) {
            fixIts = []
            helps = ["say what comes in with a layer before it: `- Input: {shape: \(shape)}`"]
        } else if let reason {
            fixIts =
                reason.hasSuffix("leave it out") ? entry.removal(reason).map { [$0] } ?? [] : []
            if fixIts.isEmpty { helps = [reason] }
        } else if guess == nil, fixIts.isEmpty {
            let own = schema.filter(\.kind.mattersAtInference).map { "`\($0.name)`" }
            helps = [
                isReuse
                    ? "where a layer is used again it takes "
                        + (own + ["`inputs`", "`name`"]).joined(separator: ", ")
                    : own.isEmpty
                        ? "\(className) takes no arguments but `name` and `inputs`"
                        : "it takes \(own.joined(separator: ", ")); `bnc layers \(className)` "
                            + "explains them"
            ]
        }
        if !entry.key.isWritten {
            helps += fixIts.map(\.text)
            fixIts = []
        }
        reading.bag.report(
            Diagnostic(
                .unknownKey, "\(className) has no argument `\(key)`", at: entry.key.span,
                label: "unknown argument",
                notes: guess.flatMap { Suggestion.strangeLetter(in: key, meant: $0) }.map { [$0] }
                    ?? [],
                helps: helps, fixIts: fixIts))
        guard let guess else { return nil }
        return schema.first { $0.isCalled(guess) }?.name ?? guess
    }

    /// The shape that older Keras's `batch_input_shape: [null, 28, 28, 1]` and `input_dim: 784` mean.
    private static func shape(_ entry: SyntaxEntry) -> String? {
        switch entry.keyText {
        case "batch_input_shape"?:
            guard let sizes = entry.value.list?.dropFirst().map(\.integer), !sizes.contains(nil)
            else { return nil }
            return "[\(sizes.map { "\($0 ?? 0)" }.joined(separator: ", "))]"
        case "input_dim"?: return entry.value.integer.map { "[\($0)]" }
        default: return nil
        }
    }

    /// `name`, `trainable`, `dtype`; `inputs` and `input_shape` are read elsewhere.
    private func readCommon(
        _ key: String, _ entry: SyntaxEntry, _ reading: inout ArgumentReading
    ) {
        reading.argument = key
        switch key {
        case "name" where entry.value.isNull && !entry.value.span.range.isEmpty: break
        case "name":
            guard let name = entry.value.nameText else {
                return reading.mismatch(entry.value, .text)
            }
            if name.isEmpty || name.contains("/") {
                reading.bag.report(
                    Diagnostic(
                        .layerName,
                        name.isEmpty
                            ? "a layer's name should not be empty"
                            : "a layer's name should not hold `/`, which separates the parts of a "
                                + "weight's key",
                        at: entry.value.span, label: name.isEmpty ? "no name" : "holds `/`",
                        helps: name.isEmpty
                            ? ["leave `name` out for Keras's own name"]
                            : [
                                "write `\(name.map { $0 == "/" ? "_" : String($0) }.joined())`, for "
                                    + "example"
                            ]))
            }
        case "trainable":
            guard case .scalar(let scalar) = entry.value.content, case .boolean = scalar.value
            else { return reading.mismatch(entry.value, .boolean) }
        case "dtype":
            let dtypeHelp = "leave `dtype` out; weights of other types are converted"
            guard entry.value.text == "float32" || entry.value.isNull else {
                if case .invalid = entry.value.content { return }
                reading.bag.report(
                    Diagnostic(
                        .notSupported,
                        "bnc computes in float32; `dtype` can't be \(entry.value.kindDescription)",
                        at: entry.value.span, label: "only `float32`",
                        helps: entry.removal("") == nil ? [dtypeHelp] : [],
                        fixIts: entry.removal(dtypeHelp).map { [$0] } ?? []))
                return
            }
        default: break
        }
    }
}

extension SyntaxNode {
    /// Whether it is a list of nothing but names.
    fileprivate var isListOfNames: Bool {
        list.map { !$0.isEmpty && $0.allSatisfy { $0.nameText != nil } } ?? false
    }

    /// The names of layers in what Keras writes of them: `[[["a", 0, 0, {}], ["b", 0, 0, {}]]]`, or
    /// tensors with a `keras_history` somewhere inside.
    fileprivate var inboundNames: [SyntaxNode] {
        switch content {
        case .sequence(let items):
            if let first = items.first, let name = first.text, !name.isEmpty {
                return items.dropFirst().allSatisfy { $0.text == nil } ? [first] : items
            }
            return items.flatMap(\.inboundNames)
        case .mapping(let entries):
            if let history = value(forKey: "keras_history")?.value { return history.inboundNames }
            return entries.flatMap(\.value.inboundNames)
        case .scalar, .invalid: return []
        }
    }
}

extension ArgumentDescriptor {
    /// Whether a key names the argument, by its name or one that older Keras used.
    func isCalled(_ key: String) -> Bool {
        name == key || formerNames.contains(key)
    }
}
