import Compiler
import Diagnostics
import Foundation
import Layers
import Spec
import Testing

/// docs/layers.md is written from the layers' files; `BNC_BLESS=1` writes it anew.
@Suite struct LayersPageTests {
    @Test func pageIsUpToDate() throws {
        let url = GalleryTests.folder.deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/layers.md")
        let page = LayerPage.markdown()
        if ProcessInfo.processInfo.environment["BNC_BLESS"] == "1" {
            try Data(page.utf8).write(to: url)
            return
        }
        let written = try String(decoding: Data(contentsOf: url), as: UTF8.self)
        #expect(page == written, "BNC_BLESS=1 writes docs/layers.md anew")
    }

    static let names = LayerCatalog.keras.layers.map { $0.className }

    /// Everything that a page promises is on it; the example is checked as `bnc inspect` would.
    @Test(arguments: names)
    func pageIsWhole(_ name: String) throws {
        let layer = try #require(LayerCatalog.keras[name])
        let page = LayerPage(layer)
        let text = page.text(.plain)
        for argument in layer.fullSchema {
            #expect(text.contains("\n\(argument.name): \(argument.doc)\n"))
        }
        #expect(text.contains(layer.example.split(separator: "\n").last!))
        #expect(!page.group.isEmpty)
        if let url = page.url {
            #expect(url.hasPrefix("https://keras.io/api/") && url.hasSuffix("/"))
            #expect(!url.dropFirst(8).contains("//"))
        }
    }

    @Test func everyLayerOfKerasIsListed() {
        let text = LayerPage.list(.plain)
        for name in Self.names { #expect(text.contains("  \(name) ")) }
        for (name, reason) in LayerCatalog.keras.absent {
            #expect(text.contains(name) && text.contains("  \(reason):\n"))
        }
    }

    @Test func pagesAtKeras() {
        let pages = [
            ("Conv2D", "layers/convolution_layers/convolution2d/"),
            ("SeparableConv1D", "layers/convolution_layers/separable_convolution1d/"),
            ("Conv3DTranspose", "layers/convolution_layers/convolution3d_transpose/"),
            ("ConvLSTM2D", "layers/recurrent_layers/conv_lstm2d/"),
            ("StackedRNNCells", "layers/recurrent_layers/stacked_rnn_cell/"),
            ("MaxPooling2D", "layers/pooling_layers/max_pooling2d/"),
            ("LeakyReLU", "layers/activation_layers/leaky_relu/"),
            ("Input", "layers/core_layers/input/"), ("Sequential", "models/sequential/"),
        ]
        for (name, path) in pages {
            #expect(
                LayerPage(LayerCatalog.keras[name]!).url == "https://keras.io/api/\(path)")
        }
        #expect(LayerPage(LayerCatalog.keras["InstanceNormalization"]!).url == nil)
    }
}
