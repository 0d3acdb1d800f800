/// Layers that Keras's documentation shows together.
package struct LayerGroup: Sendable {
    package let title: String
    /// The folder of their pages on keras.io, below `api/layers/`.
    let folder: String
    package let layers: [any Layer.Type]

    package init(_ title: String, _ folder: String, _ layers: [any Layer.Type]) {
        self.title = title
        self.folder = folder
        self.layers = layers
    }

    /// The address of Keras's page of a layer of this group; nil where Keras has no such layer.
    package func kerasURL(of layer: any Layer.Type) -> String? {
        let root = "https://keras.io/api/"
        return switch layer.kerasPage {
        case .none: nil
        case .named(let name): "\(root)layers/\(folder)/\(name)/"
        case .at(let path): "\(root)\(path)/"
        }
    }
}

/// Where keras.io documents a layer.
package enum KerasPage: Sendable, Hashable {
    /// A page in the folder of the layer's group.
    case named(String)
    /// A page elsewhere, by its path below `api/`.
    case at(String)
    /// Keras has no such layer.
    case none

    /// The page that most layers have: their name in snake case, and `convolution2d` for Conv2D.
    static func usual(_ className: String) -> KerasPage {
        var name = LayerNames.snakeCase(className)
        for start in ["conv", "depthwise_conv", "separable_conv"] {
            for rank in 1...3 where name.hasPrefix("\(start)\(rank)d") {
                name = "\(start)olution" + name.dropFirst(start.count)
            }
        }
        return .named(name)
    }
}
