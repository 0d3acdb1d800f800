import Diagnostics
import Spec

/// `docs/layers.md`.
extension LayerPage {
    package static func markdown(_ catalog: LayerCatalog = .keras) -> String {
        var text = """
            # Layers

            Every layer that a spec can name: its arguments are Keras's, with Keras's names and defaults. \
            `bnc layers NAME` shows one of these pages. Shapes are those of the example, the batch axis left \
            out; variables have the keys `<layer name>/<variable>` in a weights file. Every example is run \
            by the tests.

            This page is written by a test from the layers' files; don't edit it.

            Every layer takes these too:

            \(table(common))

            """
        let groups = all(catalog)
        for (title, pages) in groups {
            text += "\n- \(title): "
            text += pages.map { "[\($0.name)](#\($0.name.lowercased()))" }.joined(separator: ", ")
        }
        text += "\n- [Layers of Keras that are not there](#layers-of-keras-that-are-not-there)\n"
        for (title, pages) in groups {
            text += "\n## \(title)\n"
            for page in pages { text += page.markdown }
        }
        text += "\n## Layers of Keras that are not there\n\n| layers | reason |\n|---|---|\n"
        for (reason, names) in absent(catalog) {
            text += "| \(names.joined(separator: ", ")) | \(reason) |\n"
        }
        return text
    }

    private static func table(_ rows: [Row]) -> String {
        var text = "| argument | default | takes | |\n|---|---|---|---|\n"
        for row in rows {
            let value = row.defaultText.map { "`\($0)`" } ?? "required"
            let cells = [row.expectation, row.doc].map { $0.replacing("|", with: "\\|") }
            text += "| `\(row.name)` | \(value) | \(cells[0]) | \(cells[1]) |\n"
        }
        return text
    }

    private var markdown: String {
        var text = "\n### \(name)\n\n\(layer.summary)"
        if !aliases.isEmpty {
            text += " Also \(aliases.map { "`\($0)`" }.joined(separator: ", "))."
        }
        text += "\n\n```\n\(layer.formula)\n```\n\nTakes \(takes). "
        text += url.map { "[Keras's page](\($0)).\n" } ?? "Keras has no such layer.\n"
        let sections = [
            ("", arguments), ("Where Keras calls the layer:\n\n", callArguments),
            ("What Keras has not:\n\n", ownArguments),
        ]
        for (title, rows) in sections where !rows.isEmpty {
            text += "\n\(title)\(Self.table(rows))"
        }
        text += "\n```yaml\n\(layer.example)\n```\n\n\(shapesText)"
        if !variables.isEmpty {
            let list = variables.map {
                "`\($0.name)` \(Self.text($0.shape))" + ($0.trainable ? "" : " (not trained)")
            }
            text += "; variables: \(list.joined(separator: ", "))"
        }
        return text + "\n"
    }
}
