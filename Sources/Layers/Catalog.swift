import Spec

/// Every layer bnc knows, in the order of Keras's documentation: a new layer is one line here.
extension LayerCatalog {
    package static let keras = LayerCatalog([
        // Core
        Input.self, Dense.self,
        // Convolution
        Conv2D.self,
        // Normalization
        BatchNormalization.self,
    ])
}
