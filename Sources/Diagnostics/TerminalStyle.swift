/// What the terminal can show.
package struct TerminalStyle: Sendable {
    /// Whether to write ANSI colours.
    package var color: Bool
    /// The terminal's columns; nil when the output is no terminal.
    package var width: Int?

    package init(color: Bool, width: Int? = nil) {
        self.color = color
        self.width = width
    }

    /// Colours for a terminal, unless the user doesn't want any: `NO_COLOR` (https://no-color.org),
    /// `CLICOLOR=0`, `TERM=dumb`; and for a pipe too where `CLICOLOR_FORCE` asks for them
    /// (https://bixense.com/clicolors/).
    ///
    /// - Parameters:
    ///   - columns: the terminal's, if known.
    ///   - noColor: whether an option of the command refuses colours.
    ///   - variable: the value of an environment variable.
    package init(
        isTerminal: Bool, columns: Int?, noColor: Bool, variable: (String) -> String?
    ) {
        func isSet(_ name: String) -> Bool { variable(name).map { !$0.isEmpty } ?? false }
        let refused = noColor || isSet("NO_COLOR")
        let forced = isSet("CLICOLOR_FORCE") && variable("CLICOLOR_FORCE") != "0"
        let suits = isTerminal && variable("TERM") != "dumb" && variable("CLICOLOR") != "0"
        color = !refused && (forced || suits)
        width = isTerminal ? columns : nil
    }

    /// Text for a file or a pipe.
    package static let plain = TerminalStyle(color: false)
}

/// What a piece of output is, which decides its colour.
enum TerminalRole: Hashable {
    case plain
    case bold
    case gutter
    case secondary
    case severity(Severity)

    /// The ANSI sequence that switches the role's colour on; nil for none.
    var sequence: String? {
        switch self {
        case .plain: nil
        case .bold: "\u{1B}[1m"
        case .gutter, .secondary: "\u{1B}[1;34m"
        case .severity(.error): "\u{1B}[1;31m"
        case .severity(.warning): "\u{1B}[1;33m"
        case .severity(.remark): "\u{1B}[1;36m"
        }
    }
}

/// Output in the making: lines of text, in colour if wanted, without trailing spaces.
struct TerminalText {
    let color: Bool
    private(set) var text = ""
    private var line: [(text: String, role: TerminalRole)] = []

    init(color: Bool) { self.color = color }

    mutating func add(_ text: String, _ role: TerminalRole = .plain) {
        if text.isEmpty { return }
        if let last = line.last, last.role == role {
            line[line.count - 1].text += text
        } else {
            line.append((text, role))
        }
    }

    mutating func add(_ canvas: TerminalCanvas) {
        for piece in canvas.pieces { add(piece.text, piece.role) }
    }

    mutating func endLine() {
        while let last = line.last, last.text.last == " " {
            line[line.count - 1].text.removeLast()
            if line[line.count - 1].text.isEmpty { line.removeLast() }
        }
        for (piece, role) in line {
            if color, let sequence = role.sequence {
                text += sequence + piece + "\u{1B}[0m"
            } else {
                text += piece
            }
        }
        text += "\n"
        line.removeAll(keepingCapacity: true)
    }
}

/// One line on which text is put at any column.
struct TerminalCanvas {
    /// What each column shows; the second column of a wide character is empty.
    private(set) var pieces: [(text: String, role: TerminalRole)] = []

    mutating func put(_ text: String, at column: Int, _ role: TerminalRole) {
        var cells = DisplayCells()
        for scalar in text.unicodeScalars { cells.append(scalar, at: 0) }
        while pieces.count < column + cells.width { pieces.append((" ", .plain)) }
        for cell in cells.cells where cell.width > 0 {
            pieces[column + cell.column] = (cell.text, role)
            for extra in 1..<max(1, cell.width) {
                pieces[column + cell.column + extra] = ("", role)
            }
        }
    }
}
