//! Vectors through the network: words in, one vector a word out. Everything is done for many sentences at once, and yet a
//! sentence's numbers do not depend on its neighbours: integers are exact, and each row's floats have an order of their own.

use crate::features::{Scratch, hashed};
use crate::kernel::{Quantised, wide};
use crate::math::{sigmoid, tanh};
use crate::model::{Linear, Lstm, Model};

/// Buffers used again for every batch, so that no word costs an allocation.
#[derive(Debug, Default)]
pub struct Buffers {
    features: Scratch,
    pieces: Vec<u32>,
    /// Word vectors, word after word.
    pub words: Vec<f32>,
    input: Quantised,
    state: Quantised,
    gates_in: Vec<f32>,
    gates: Vec<f32>,
    hidden: Vec<f32>,
    cell: Vec<f32>,
    /// The last layer's output, word after word.
    pub encoded: Vec<f32>,
    layer: Vec<f32>,
}

impl Buffers {
    /// Adds the vector of one word to `words`.
    pub fn embed(&mut self, model: &Model, form: &str) {
        let (a, b) = (model.piece_table.width, model.hash_table.width);
        let at = self.words.len();
        self.words.resize(at + a + b, 0.0);
        let (left, right) = self.words[at..].split_at_mut(a);
        model.pieces.cut(form, &mut self.features, &mut self.pieces);
        let share = 1.0 / self.pieces.len() as f32;
        for &piece in &self.pieces {
            model.piece_table.add(piece, share, left);
        }
        for row in hashed(form, model.buckets, &mut self.features) {
            model.hash_table.add(row, 1.0, right);
        }
    }

    /// Runs both directions of a layer over sentences of the given lengths, whose vectors lie one after the other in `input`.
    /// Lengths must fall. The output has twice the layer's width.
    pub fn bilstm(&mut self, layer: &[Lstm; 2], input: &[f32], width_in: usize, lengths: &[usize], output: &mut Vec<f32>) {
        let width = layer[0].hidden.columns;
        let total: usize = lengths.iter().sum();
        output.clear();
        output.resize(total * 2 * width, 0.0);
        let starts: Vec<usize> = lengths
            .iter()
            .scan(0, |at, &n| {
                *at += n;
                Some(*at - n)
            })
            .collect();
        self.input.fill(input, width_in);
        for (direction, lstm) in layer.iter().enumerate() {
            lstm.input.multiply(&self.input, &mut self.gates_in);
            add_bias(&mut self.gates_in, &lstm.bias);
            self.hidden.clear();
            self.hidden.resize(lengths.len() * width, 0.0);
            self.cell.clear();
            self.cell.resize(lengths.len() * width, 0.0);
            let mut active = lengths.len();
            for step in 0..lengths.first().copied().unwrap_or(0) {
                while lengths[active - 1] <= step {
                    active -= 1;
                }
                self.state.fill(&self.hidden[..active * width], width);
                lstm.hidden.multiply(&self.state, &mut self.gates);
                wide(
                    #[inline(always)]
                    || {
                        for s in 0..active {
                            let word = starts[s] + if direction == 0 { step } else { lengths[s] - 1 - step };
                            let out = &mut output[word * 2 * width + direction * width..][..width];
                            cell_step(
                                &self.gates[s * 4 * width..(s + 1) * 4 * width],
                                &self.gates_in[word * 4 * width..(word + 1) * 4 * width],
                                &mut self.cell[s * width..(s + 1) * width],
                                out,
                            );
                            self.hidden[s * width..(s + 1) * width].copy_from_slice(out);
                        }
                    },
                );
            }
        }
    }

    /// Encodes sentences of the given falling lengths, whose word vectors are in `words`; the result is in `encoded`.
    pub fn encode(&mut self, model: &Model, lengths: &[usize]) {
        let width = model.layers[0][0].hidden.columns;
        let (words, mut first, mut second) =
            (std::mem::take(&mut self.words), std::mem::take(&mut self.layer), std::mem::take(&mut self.encoded));
        self.bilstm(&model.layers[0], &words, model.piece_table.width + model.hash_table.width, lengths, &mut first);
        self.bilstm(&model.layers[1], &first, 2 * width, lengths, &mut second);
        (self.words, self.layer, self.encoded) = (words, first, second);
    }
}

/// One step of one sentence: sums of gates in, new cell and hidden state out. Branch-free, so that it runs in vectors.
#[inline(always)]
fn cell_step(gates: &[f32], gates_in: &[f32], cell: &mut [f32], out: &mut [f32]) {
    let width = out.len();
    let (gi, rest) = gates.split_at(width);
    let (gf, rest) = rest.split_at(width);
    let (gc, go) = rest.split_at(width);
    let (xi, rest) = gates_in.split_at(width);
    let (xf, rest) = rest.split_at(width);
    let (xc, xo) = rest.split_at(width);
    let (go, xo, cell) = (&go[..width], &xo[..width], &mut cell[..width]);
    for j in 0..width {
        let c = sigmoid(gf[j] + xf[j]) * cell[j] + sigmoid(gi[j] + xi[j]) * tanh(gc[j] + xc[j]);
        cell[j] = c;
        out[j] = sigmoid(go[j] + xo[j]) * tanh(c);
    }
}

/// `out = x · W + b` for every vector of `x`.
pub fn linear(layer: &Linear, x: &Quantised, out: &mut Vec<f32>) {
    layer.weight.multiply(x, out);
    add_bias(out, &layer.bias);
}

fn add_bias(rows: &mut [f32], bias: &[f32]) {
    wide(
        #[inline(always)]
        || {
            for row in rows.chunks_exact_mut(bias.len()) {
                for (v, &b) in row.iter_mut().zip(bias) {
                    *v += b;
                }
            }
        },
    );
}
