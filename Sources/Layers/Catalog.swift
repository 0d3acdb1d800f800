import Spec

/// Every layer bnc knows, in the order of Keras's documentation: a new layer is one line here.
extension LayerCatalog {
    package static let keras = LayerCatalog(
        [
            // Core
            Input.self, Dense.self, EinsumDense.self, Sequential.self, Model.self,
            Reuse.self, TimeDistributed.self,
            Identity.self, Embedding.self, Masking.self,
            // Convolution
            Conv1D.self, Conv2D.self, Conv3D.self, DepthwiseConv1D.self,
            DepthwiseConv2D.self, SeparableConv1D.self, SeparableConv2D.self,
            Conv1DTranspose.self, Conv2DTranspose.self, Conv3DTranspose.self,
            // Attention
            Attention.self, AdditiveAttention.self, MultiHeadAttention.self,
            GroupQueryAttention.self,
            // Pooling
            MaxPooling1D.self, MaxPooling2D.self, MaxPooling3D.self,
            AveragePooling1D.self, AveragePooling2D.self, AveragePooling3D.self,
            GlobalMaxPooling1D.self, GlobalMaxPooling2D.self, GlobalMaxPooling3D.self,
            GlobalAveragePooling1D.self, GlobalAveragePooling2D.self,
            GlobalAveragePooling3D.self,
            AdaptiveMaxPooling1D.self, AdaptiveMaxPooling2D.self, AdaptiveMaxPooling3D.self,
            AdaptiveAveragePooling1D.self, AdaptiveAveragePooling2D.self,
            AdaptiveAveragePooling3D.self,
            // Recurrent
            SimpleRNN.self, LSTM.self, GRU.self, RNN.self, SimpleRNNCell.self, LSTMCell.self,
            GRUCell.self, StackedRNNCells.self, Bidirectional.self, ConvLSTM1D.self,
            ConvLSTM2D.self, ConvLSTM3D.self,
            // Normalization
            BatchNormalization.self, LayerNormalization.self, GroupNormalization.self,
            RMSNormalization.self, UnitNormalization.self, SpectralNormalization.self,
            InstanceNormalization.self, SwitchableNormalization.self, WeightStandardization.self,
            // Regularization
            Dropout.self, SpatialDropout1D.self, SpatialDropout2D.self,
            SpatialDropout3D.self, AlphaDropout.self, GaussianDropout.self,
            GaussianNoise.self, ActivityRegularization.self,
            // Reshaping
            Flatten.self, Reshape.self, Permute.self, RepeatVector.self,
            ZeroPadding1D.self, ZeroPadding2D.self, ZeroPadding3D.self, Cropping1D.self,
            Cropping2D.self, Cropping3D.self, UpSampling1D.self, UpSampling2D.self,
            UpSampling3D.self,
            // Merging
            Add.self, Subtract.self, Multiply.self, Average.self, Maximum.self,
            Minimum.self, Concatenate.self, Dot.self,
            // Activation
            Activation.self, ReLU.self, LeakyReLU.self, ELU.self, PReLU.self,
            Softmax.self,
            // Preprocessing
            Normalization.self, Rescaling.self, Resizing.self, CenterCrop.self,
            CategoryEncoding.self, Discretization.self,
        ], absent: absentLayers, foreign: foreignLayers)
}
