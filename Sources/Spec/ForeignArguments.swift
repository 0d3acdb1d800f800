/// What PyTorch, ONNX, older Keras and habit call arguments that Keras calls otherwise.
///
/// Names that are near enough to be found by spelling don't stand here.
enum ForeignArguments {
    /// What a name may be called here: the first that the layer takes.
    static func meaning(of name: String, in known: [String]) -> String? {
        // TensorFlow.js writes `inputShape`.
        for name in [name.lowercased(), LayerNames.snakeCase(name)] {
            if let direct = meanings[name]?.first(where: known.contains) { return direct }
        }
        // `W_regularizer`, `b_constraint` of Keras 1.
        for (prefix, variable) in [("W_", "kernel"), ("w_", "kernel"), ("b_", "bias")]
        where name.hasPrefix(prefix) {
            let candidate = variable + "_" + name.dropFirst(2)
            if known.contains(candidate) { return candidate }
        }
        return nil
    }

    /// Why an argument has no counterpart here; nil for one that nobody knows.
    ///
    /// - Parameter known: the arguments that the layer takes.
    static func reason(toLeaveOut name: String, in known: [String]) -> String? {
        let name = name.lowercased()
        if !wholes(of: name, in: known).isEmpty, known.contains("height") {
            return "it takes both apart: `height: ..., width: ...`"
        }
        if !wholes(of: name, in: known).isEmpty, known.contains("shape") {
            return "sizes stand in one list: `shape: [height, width, channels]`"
        }
        if name == "embed_dim" || name == "d_model", !known.contains("key_dim") {
            return superfluous["in_features"]
        }
        if ["pool_size", "kernel_size", "strides", "stride"].contains(name),
            known.contains("keepdims")
        {
            return "global pooling takes all cells, however many there are; leave it out"
        }
        if name == "filters", known.contains("depth_multiplier") {
            return "it makes `depth_multiplier` channels of each that comes in"
        }
        return superfluous[name]
    }

    /// The arguments that a name stands for in part or together, so that they are not missing.
    static func wholes(of name: String, in known: [String]) -> [String] {
        switch name {
        case "nb_row", "nb_col": ["kernel_size"]
        case "batch_input_shape", "height", "width", "channels", "depth":
            known.contains("shape") ? ["shape"] : []
        case "embed_dim", "d_model": known.contains("key_dim") ? ["key_dim"] : []
        case "size", "target_size", "image_size", "output_size":
            known.contains("height") && known.contains("width") ? ["height", "width"] : []
        default: []
        }
    }

    private static let meanings: [String: [String]] = {
        let byMeaning: [([String], [String])] = [
            (
                ["filters"],
                [
                    "out_channels", "output_channels", "n_filters", "num_filters", "nb_filters",
                    "channels", "features", "units", "out_features", "outputs", "num_outputs",
                    "num_output",
                    "depth", "dim_out",
                ]
            ),
            (
                ["units"],
                [
                    "out_features", "output_dim", "output_size", "num_units", "n_units", "nb_units",
                    "hidden_size", "hidden_units", "hidden", "neurons", "nodes", "size", "filters",
                    "out_channels", "num_outputs", "num_output", "features", "n_classes",
                    "num_classes", "classes", "width",
                ]
            ),
            (
                ["kernel_size", "pool_size", "size"],
                [
                    "kernel", "kernal", "kernal_size", "kernel_shape", "filter_size",
                    "filter_shape", "ksize", "k", "window",
                    "window_size", "window_shape", "kernel_size", "pool", "pool_shape", "kernels",
                    "scale_factor",
                    "factor", "scale", "scales", "upsampling_factor", "size",
                ]
            ),
            (["strides"], ["stride", "step", "steps", "subsample", "subsample_length", "s"]),
            (["dilation_rate"], ["dilation", "dilations", "atrous_rate", "rate", "d"]),
            (["padding"], ["border_mode", "pad", "pads", "paddings", "auto_pad", "pad_mode"]),
            (
                ["data_format"],
                ["dim_ordering", "format", "layout", "channels_order", "data_layout"]
            ),
            (
                ["activation"],
                [
                    "act", "act_fn", "act_layer", "activation_fn", "activation_function",
                    "nonlinearity", "non_linearity", "func", "function", "fn", "name", "type",
                ]
            ),
            (["use_bias"], ["bias", "with_bias", "has_bias", "bias_term", "add_bias"]),
            (["epsilon"], ["eps", "e"]),
            (["groups"], ["group", "num_groups", "n_groups", "nb_groups", "ngroups"]),
            (["depth_multiplier"], ["multiplier", "channel_multiplier", "depthwise_multiplier"]),
            (
                ["axis", "axes", "dims"],
                [
                    "dim", "dims", "dimension", "axes", "axis", "concat_axis", "feature_axis",
                    "perm", "permutation", "order", "pattern",
                ]
            ),
            (
                ["target_shape"],
                ["shape", "dims", "size", "output_shape", "new_shape", "target", "to"]
            ),
            (
                ["shape"],
                [
                    "input_shape", "size", "dims", "input_size", "input_dim", "in_shape",
                    "in_features",
                ]
            ),
            (
                ["rate"],
                [
                    "p", "prob", "probability", "drop_rate", "drop_prob", "dropout",
                    "dropout_rate", "ratio", "fraction",
                ]
            ),
            (["stddev"], ["sigma", "std", "stdev", "noise"]),
            (
                ["negative_slope", "alpha"],
                ["alpha", "slope", "leak", "leakiness", "alfa", "negative_slope", "leaky_slope"]
            ),
            (["max_value"], ["max", "max_val", "maximum", "cap", "ceiling", "upper"]),
            (["threshold"], ["theta", "thresh", "min_value"]),
            (
                ["kernel_initializer", "depthwise_initializer"],
                ["init", "initializer", "weight_init", "weights_initializer", "kernel_init"]
            ),
            (["bias_initializer"], ["bias_init"]),
            (["gamma_initializer"], ["gamma_init", "weight_init"]),
            (["beta_initializer"], ["beta_init", "bias_init"]),
            (
                ["kernel_regularizer", "depthwise_regularizer"],
                ["regularizer", "weight_decay", "l2", "weights_regularizer", "kernel_reg"]
            ),
            (["interpolation"], ["mode", "method", "resample", "resize_method"]),
            (["keepdims"], ["keep_dims", "keepdim", "keep_dim"]),
            (["n"], ["repeats", "times", "count", "num", "steps"]),
            (["layer"], ["layers"]),
            (["use_causal_mask"], ["causal", "is_causal", "causal_mask", "use_causal"]),
            (
                ["inputs"],
                [
                    "input", "from", "parents", "inbound", "inbound_nodes", "bottom", "src",
                    "layers", "tensors", "sources", "branches", "inputs_from", "prev", "previous",
                ]
            ),
            (["name"], ["id", "label", "title", "top"]),
            (["cropping"], ["crop", "crops"]),
            (["center"], ["offset", "shift", "beta", "use_beta"]),
            (["scale"], ["gamma", "use_gamma", "factor"]),
            (["offset"], ["shift", "bias", "beta"]),
            (["layer"], ["module", "cell", "inner", "wrapped"]),
            (["cell"], ["layer", "cells", "rnn_cell"]),
            (["layers"], ["modules", "blocks", "children"]),
            (["dtype"], ["type", "data_type"]),
            (["variance"], ["var", "std", "stddev"]),
            (
                ["input_dim"],
                [
                    "vocab_size", "num_embeddings", "vocabulary_size", "max_features", "num_tokens",
                    "max_tokens", "num_words", "n_vocab", "n_tokens", "vocab",
                ]
            ),
            (
                ["output_dim"],
                [
                    "embedding_dim", "embedding_size", "embed_dim", "embed_size", "dim", "units",
                    "emb_dim", "d_model", "features", "hidden_size",
                ]
            ),
            (["num_heads"], ["heads", "n_heads", "nhead", "num_attention_heads", "head_count"]),
            (["key_dim", "head_dim"], ["dim", "head_size", "dim_head", "d_k", "size_per_head"]),
            (["value_dim"], ["d_v", "vdim"]),
            (["mask_value"], ["value", "mask", "pad_value", "padding_value", "masked_value"]),
            (["mean"], ["means", "mu"]),
        ]
        var result: [String: [String]] = [:]
        for (meanings, names) in byMeaning {
            for name in names { result[name, default: []] += meanings.filter { $0 != name } }
        }
        return result
    }()

    private static let superfluous: [String: String] = {
        let byReason: [(String, [String])] = [
            (
                "Keras takes it from what comes in; leave it out",
                [
                    "in_channels", "in_features", "input_channels", "num_features", "num_channels",
                    "input_dim", "input_size", "normalized_shape", "input_length", "n_features",
                    "input_units", "nin", "batch_input_shape",
                ]
            ),
            (
                "`center` and `scale` say whether there are `beta` and `gamma`; both are by default",
                ["affine", "elementwise_affine"]
            ),
            (
                "older Keras's `nb_row` and `nb_col` are `kernel_size: [rows, columns]` now",
                ["nb_row", "nb_col"]
            ),
            (
                "global pooling makes one value of each channel; leave it out", ["output_size"]
            ),
            (
                "there is one `alpha` for each value; `shared_axes: [1, 2]` has one for each channel",
                ["num_parameters"]
            ),
            (
                "every index has a row of its own; `mask_zero: true` leaves the steps of index 0 out",
                ["padding_idx"]
            ),
            (
                "bnc plans memory by itself; leave it out",
                ["inplace", "in_place", "memory_format", "device", "implementation", "unroll"]
            ),
            (
                "BatchNormalization always keeps running statistics; leave it out",
                ["track_running_stats", "update_running_stats", "virtual_batch_size", "fused"]
            ),
            (
                "weights come from the spec's weights file; leave it out",
                ["weights", "weight", "initial_weights", "pretrained"]
            ),
            (
                "Flatten makes one axis of all but the batch; leave it out",
                ["start_dim", "end_dim", "start_axis"]
            ),
            (
                "there is no such option; `padding: same` is what comes nearest to rounding up",
                ["ceil_mode"]
            ),
            (
                "averages never count padding in Keras; leave it out",
                ["count_include_pad"]
            ),
            (
                "a model takes any number of samples; leave it out",
                ["batch_size", "batch", "n_samples"]
            ),
            (
                "padding is with zeros in Keras; leave it out", ["padding_mode", "pad_value"]
            ),
            (
                "the heads together are that wide in PyTorch; `key_dim` is the size of each head: "
                    + "`embed_dim / num_heads`",
                ["embed_dim", "d_model"]
            ),
            (
                "write one layer for each of them; all but the last need `return_sequences: true`",
                ["num_layers", "n_layers"]
            ),
            (
                "the batch always comes first; leave it out", ["batch_first", "time_major"]
            ),
            (
                "it is a layer around this one: `Bidirectional: {layer: {LSTM: {units: 8}}}`",
                ["bidirectional"]
            ),
            (
                "it is a layer of its own, behind this one: `- BatchNormalization`",
                [
                    "batch_norm", "batchnorm", "use_batch_norm", "use_bn", "bn", "norm",
                    "normalization", "batch_normalization",
                ]
            ),
            (
                "it is a layer of its own, behind this one: `- Dropout: {rate: 0.5}`",
                ["dropout", "dropout_rate", "drop_rate"]
            ),
            (
                "it is a layer of its own, behind this one: `- MaxPooling2D`",
                ["pool", "pooling", "max_pool", "maxpool", "pool_size"]
            ),
            (
                "it is a layer of its own, behind this one: `- Flatten`", ["flatten"]
            ),
            (
                "it makes as many channels as come in; leave it out", ["filters"]
            ),
            (
                "its running statistics decay by `momentum`", ["decay"]
            ),
            (
                "a compiled model only predicts; leave it out", ["training", "is_training"]
            ),
            (
                "Keras resizes by the centers of cells, as with `align_corners=False`; leave it out",
                ["align_corners", "recompute_scale_factor"]
            ),
            (
                "what comes out of the model is named at the end of the spec: `outputs: [name]`",
                ["output", "is_output", "outputs"]
            ),
            (
                "the states it starts from are further `inputs`: `inputs: [x, state]`",
                ["initial_state", "initial_states", "h_0", "hx"]
            ),
            (
                "write the layer as often as it is there: the first as `- &name {Dense: {units: "
                    + "10}}`, the others as `- *name`",
                ["repeat", "repeats", "n_times", "times", "count", "copies"]
            ),
            (
                "what stands in it are arguments of the layer itself, beside the others",
                [
                    "convolution_param", "inner_product_param", "pooling_param", "relu_param",
                    "dropout_param", "eltwise_param", "concat_param", "batch_norm_param", "config",
                    "args", "kwargs", "params", "options", "attributes", "attrs",
                ]
            ),
            (
                "it has to do with training alone; leave it out",
                ["lr", "learning_rate", "optimizer", "loss", "requires_grad", "weight_norm"]
            ),
        ]
        return Dictionary(
            uniqueKeysWithValues: byReason.flatMap { reason, names in names.map { ($0, reason) } })
    }()
}
