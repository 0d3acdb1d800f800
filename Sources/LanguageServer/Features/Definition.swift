import Diagnostics
import Spec

/// Where the layer stands that a name means.
struct Definition {
    let document: Document
    let view: SpecView

    func answer(at offset: Int) -> JSONValue {
        guard let place = PlaceScanner.place(at: offset, in: document.text.bytes),
            !place.word.isEmpty, namesLayer(place),
            let layer = view.layer(named: document.text.text(place.word))
        else { return .null }
        return .object([
            ("uri", .string(document.uri)),
            ("range", document.text.range(layer.item.placeOfName).json),
        ])
    }

    private func namesLayer(_ place: TextPlace) -> Bool {
        switch Slot(place.steps) {
        case .layerNames, .layerName: true
        case .value(let kind, _, _): kind.namesLayers
        default: false
        }
    }
}
