/// Diagnostics as SARIF 2.1.0 (OASIS), which code scanning services read.
package struct SARIFRenderer: Sendable {
    private let version: String?

    /// - Parameter version: The compiler's version, if it is to be written.
    package init(version: String? = nil) { self.version = version }

    /// - Parameter closing: What is said about the run itself: notifications, which are no results.
    package func render(_ diagnostics: [Diagnostic], closing: [Diagnostic] = []) -> String {
        // The rules that occur, in the order of their ids.
        let rules = Set(diagnostics.map(\.code)).sorted { $0.id < $1.id }
        let indices = Dictionary(
            uniqueKeysWithValues: rules.enumerated().map { ($0.element, $0.offset) })
        var driver: [(key: String, value: JSONValue)] = [("name", .string("bnc"))]
        if let version { driver.append(("version", .string(version))) }
        driver.append(("rules", .array(rules.map(rule))))
        if !closing.isEmpty {
            driver.append(("notifications", .array(closing.map { rule($0.code) })))
        }
        var run: [(key: String, value: JSONValue)] = [
            ("tool", .object([("driver", .object(driver))]))
        ]
        if !closing.isEmpty {
            let notifications = JSONValue.array(closing.enumerated().map(notification))
            let invocation = JSONValue.object([
                ("executionSuccessful", .bool(true)),
                ("toolExecutionNotifications", notifications),
            ])
            run.append(("invocations", .array([invocation])))
        }
        run += [
            // As `SourceLocation` counts.
            ("columnKind", .string("unicodeCodePoints")),
            ("results", .array(diagnostics.map { result($0, ruleIndex: indices[$0.code] ?? -1) })),
        ]
        return JSONValue.object([
            ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
            ("version", .string("2.1.0")),
            ("runs", .array([.object(run)])),
        ]).text + "\n"
    }

    private func rule(_ code: DiagnosticCode) -> JSONValue {
        var members: [(key: String, value: JSONValue)] = [
            ("id", .string(code.id)), ("shortDescription", message(code.title)),
        ]
        if !code.explanation.isEmpty {
            members.append(("fullDescription", message(code.explanation)))
            members.append(("help", message(code.explanation)))
        }
        return .object(members)
    }

    private func level(_ diagnostic: Diagnostic) -> JSONValue {
        switch diagnostic.severity {
        case .error: .string("error")
        case .warning: .string("warning")
        case .remark: .string("note")
        }
    }

    private func text(_ diagnostic: Diagnostic) -> String {
        ([diagnostic.message] + diagnostic.notes.map { "note: \($0)" }
            + (diagnostic.helps + diagnostic.fixIts.map(\.text)).map { "help: \($0)" })
            .joined(separator: "\n")
    }

    private func notification(_ index: Int, _ diagnostic: Diagnostic) -> JSONValue {
        .object([
            (
                "descriptor",
                .object([("id", .string(diagnostic.code.id)), ("index", .int(index))])
            ),
            ("level", level(diagnostic)), ("message", message(text(diagnostic))),
        ])
    }

    private func result(_ diagnostic: Diagnostic, ruleIndex: Int) -> JSONValue {
        var members: [(key: String, value: JSONValue)] = [
            ("ruleId", .string(diagnostic.code.id)), ("ruleIndex", .int(ruleIndex)),
            ("level", level(diagnostic)), ("message", message(text(diagnostic))),
        ]
        if let primary = diagnostic.primary {
            members.append(("locations", .array([location(primary)])))
        } else if let subject = diagnostic.subject {
            let place = JSONValue.object([("artifactLocation", artifact(subject))])
            members.append(("locations", .array([.object([("physicalLocation", place)])])))
        }
        if !diagnostic.secondary.isEmpty {
            members.append(("relatedLocations", .array(diagnostic.secondary.map(location))))
        }
        if !diagnostic.fixIts.isEmpty {
            members.append(("fixes", .array(diagnostic.fixIts.map(fix))))
        }
        return .object(members)
    }

    private func location(_ label: Label) -> JSONValue {
        let place = JSONValue.object([
            ("artifactLocation", artifact(label.span.file.path)), ("region", region(label.span)),
        ])
        var members: [(key: String, value: JSONValue)] = [("physicalLocation", place)]
        if !label.text.isEmpty { members.append(("message", message(label.text))) }
        return .object(members)
    }

    private func fix(_ fixIt: FixIt) -> JSONValue {
        let replacement = JSONValue.object([
            ("deletedRegion", region(fixIt.span)),
            ("insertedContent", message(fixIt.replacement)),
        ])
        let change = JSONValue.object([
            ("artifactLocation", artifact(fixIt.span.file.path)),
            ("replacements", .array([replacement])),
        ])
        return .object([
            ("description", message(fixIt.text)), ("artifactChanges", .array([change])),
        ])
    }

    private func region(_ span: SourceSpan) -> JSONValue {
        let (start, end) = (span.start, span.end)
        return .object([
            ("startLine", .int(start.line)), ("startColumn", .int(start.column)),
            ("endLine", .int(end.line)), ("endColumn", .int(end.column)),
        ])
    }

    private func message(_ text: String) -> JSONValue { .object([("text", .string(text))]) }

    private func artifact(_ path: String) -> JSONValue {
        let prefix = path.utf8.first == UInt8(ascii: "/") ? "file://" : ""
        return .object([("uri", .string(prefix + Self.percentEncoded(path)))])
    }

    /// A path as a URI reference (RFC 3986). A colon is encoded too, lest a relative path look
    /// like it had a scheme.
    private static func percentEncoded(_ path: String) -> String {
        var text = ""
        for byte in path.utf8 {
            let scalar = Unicode.Scalar(byte)
            let isSafe =
                byte < 0x80
                && (Character(scalar).isLetter || Character(scalar).isNumber
                    || "/-._~".unicodeScalars.contains(scalar))
            if isSafe {
                text.unicodeScalars.append(scalar)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return text
    }
}
