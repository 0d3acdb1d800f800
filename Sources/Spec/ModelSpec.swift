import Diagnostics
import Syntax

/// One item of `layers:` with its arguments read: what it is, its name, and what it reads.
package struct LayerItem: Sendable {
    package let className: String
    package let name: String
    package let layer: any Layer
    /// The layer with other values for arguments that could not be read; nil where all could.
    let alternative: (any Layer)?
    package let arguments: Arguments
    /// The names under `inputs`; nil where the layer before is meant.
    package let inputs: [InputReference]?
    /// The layers that arguments of the call name (`attention_mask`): inputs behind those.
    package let references: [InputReference]
    /// The class name where it is written: where a diagnostic about the layer points.
    package let span: SourceSpan
    /// Where the name is given; nil for Keras's own.
    package var nameSpan: SourceSpan? = nil
}

package struct InputReference: Sendable {
    package let name: String
    package let span: SourceSpan
}

/// A spec as written: typed layers, shapes not yet checked.
package struct ModelSpec: Sendable {
    package var file: SourceFile
    package var name: String
    /// nil where the item could not be read; the error has been reported.
    package var layers: [LayerItem?]
    /// Names of layers whose item could not be read, so that references to them stay silent.
    package var brokenNames: Set<String>
    /// Whether parts of the text could not be read, so that what seems to be missing may stand there.
    package var isDamaged: Bool
    /// The names under `outputs`; empty means the last layer.
    package var outputs: [InputReference]
    /// The weights file as written, relative to the spec.
    package var weights: (path: String, span: SourceSpan)?
    /// What stands under `compile`.
    package var training: SyntaxNode?
}
