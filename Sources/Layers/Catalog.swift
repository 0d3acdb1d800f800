import Spec

/// Every layer bnc knows, in the groups and the order of Keras's documentation: a new layer is one name
/// here.
extension LayerCatalog {
    package static let keras = LayerCatalog(
        [
            LayerGroup(
                "Core layers", "core_layers",
                [
                    Input.self, Dense.self, EinsumDense.self, Sequential.self, Model.self,
                    Reuse.self,
                    TimeDistributed.self, Identity.self, Embedding.self, ReversibleEmbedding.self,
                    Masking.self,
                ]),
            LayerGroup(
                "Convolution layers", "convolution_layers",
                [
                    Conv1D.self, Conv2D.self, Conv3D.self, DepthwiseConv1D.self,
                    DepthwiseConv2D.self, SeparableConv1D.self, SeparableConv2D.self,
                    Conv1DTranspose.self, Conv2DTranspose.self, Conv3DTranspose.self,
                ]),
            LayerGroup(
                "Attention layers", "attention_layers",
                [
                    Attention.self, AdditiveAttention.self, MultiHeadAttention.self,
                    GroupQueryAttention.self,
                ]),
            LayerGroup(
                "Pooling layers", "pooling_layers",
                [
                    MaxPooling1D.self, MaxPooling2D.self, MaxPooling3D.self, AveragePooling1D.self,
                    AveragePooling2D.self, AveragePooling3D.self, GlobalMaxPooling1D.self,
                    GlobalMaxPooling2D.self, GlobalMaxPooling3D.self, GlobalAveragePooling1D.self,
                    GlobalAveragePooling2D.self, GlobalAveragePooling3D.self,
                    AdaptiveMaxPooling1D.self, AdaptiveMaxPooling2D.self,
                    AdaptiveMaxPooling3D.self, AdaptiveAveragePooling1D.self,
                    AdaptiveAveragePooling2D.self, AdaptiveAveragePooling3D.self,
                ]),
            LayerGroup(
                "Recurrent layers", "recurrent_layers",
                [
                    SimpleRNN.self, LSTM.self, GRU.self, RNN.self, SimpleRNNCell.self,
                    LSTMCell.self, GRUCell.self, StackedRNNCells.self, Bidirectional.self,
                    ConvLSTM1D.self, ConvLSTM2D.self, ConvLSTM3D.self,
                ]),
            LayerGroup(
                "Normalization layers", "normalization_layers",
                [
                    BatchNormalization.self, LayerNormalization.self, GroupNormalization.self,
                    RMSNormalization.self, UnitNormalization.self, SpectralNormalization.self,
                    InstanceNormalization.self, SwitchableNormalization.self,
                    WeightStandardization.self,
                ]),
            LayerGroup(
                "Regularization layers", "regularization_layers",
                [
                    Dropout.self, SpatialDropout1D.self, SpatialDropout2D.self,
                    SpatialDropout3D.self, AlphaDropout.self, GaussianDropout.self,
                    GaussianNoise.self, ActivityRegularization.self,
                ]),
            LayerGroup(
                "Reshaping layers", "reshaping_layers",
                [
                    Flatten.self, Reshape.self, Permute.self, RepeatVector.self,
                    ZeroPadding1D.self, ZeroPadding2D.self, ZeroPadding3D.self, Cropping1D.self,
                    Cropping2D.self, Cropping3D.self, UpSampling1D.self, UpSampling2D.self,
                    UpSampling3D.self,
                ]),
            LayerGroup(
                "Merging layers", "merging_layers",
                [
                    Add.self, Subtract.self, Multiply.self, Average.self, Maximum.self,
                    Minimum.self, Concatenate.self, Dot.self,
                ]),
            LayerGroup(
                "Activation layers", "activation_layers",
                [
                    Activation.self, ReLU.self, LeakyReLU.self, ELU.self, PReLU.self, Softmax.self,
                ]),
            LayerGroup(
                "Preprocessing layers", "preprocessing_layers/image_preprocessing",
                [
                    Normalization.self, Rescaling.self, Resizing.self, CenterCrop.self,
                    CategoryEncoding.self, Discretization.self, AutoContrast.self, Pipeline.self,
                    STFTSpectrogram.self, MelSpectrogram.self,
                ]),
            LayerGroup(
                "Image augmentation layers", "preprocessing_layers/image_augmentation",
                [
                    AugMix.self, CutMix.self, MixUp.self, RandAugment.self, RandomBrightness.self,
                    RandomColorDegeneration.self, RandomColorJitter.self, RandomContrast.self,
                    RandomCrop.self, RandomElasticTransform.self, RandomErasing.self,
                    RandomFlip.self, RandomGaussianBlur.self, RandomGrayscale.self, RandomHue.self,
                    RandomInvert.self, RandomPerspective.self, RandomPosterization.self,
                    RandomRotation.self, RandomSaturation.self, RandomSharpness.self,
                    RandomShear.self, RandomTranslation.self, RandomZoom.self, Solarization.self,
                ]),
        ], absent: absentLayers, foreign: foreignLayers)
}
