//! The model file: a header that names tensors, then the tensors (see `models/FORMAT.md`).

use std::collections::HashMap;

use serde_json::Value;

use crate::Error;
use crate::features::Pieces;
use crate::kernel::Packed;

/// A matrix with a bias.
#[derive(Debug)]
pub struct Linear {
    pub weight: Packed,
    pub bias: Vec<f32>,
}

/// One direction of one LSTM layer; gates in the order input, forget, cell, output.
#[derive(Debug)]
pub struct Lstm {
    pub input: Packed,
    pub hidden: Packed,
    pub bias: Vec<f32>,
}

/// Rows of 8-bit integers, one scale each.
#[derive(Debug)]
pub struct Table {
    bytes: &'static [u8],
    scale: Vec<f32>,
    pub width: usize,
}

impl Table {
    /// Adds `factor` times row `row` to `out`.
    pub fn add(&self, row: u32, factor: f32, out: &mut [f32]) {
        let row = row as usize;
        let scale = self.scale[row] * factor;
        for (o, &b) in out.iter_mut().zip(&self.bytes[row * self.width..(row + 1) * self.width]) {
            *o += f32::from(b as i8) * scale;
        }
    }
}

/// Everything that was learnt.
#[derive(Debug)]
pub struct Model {
    pub pieces: Pieces,
    pub piece_table: Table,
    pub hash_table: Table,
    pub buckets: u32,
    /// Two layers, forward and backward each.
    pub layers: [[Lstm; 2]; 2],
    pub tag: Linear,
    pub lemma: Linear,
    /// Names: a narrow layer on the encoder's vectors, a small BiLSTM of its own, one score a tag.
    pub name_low: Linear,
    pub name_layer: [Lstm; 2],
    pub name: Linear,
    pub arc_dep: Linear,
    pub arc_head: Linear,
    pub arc: Linear,
    pub arc_bias: Vec<f32>,
    pub arc_root: Vec<f32>,
    pub rel_dep: Linear,
    pub rel_head: Linear,
    pub rel_root: Vec<f32>,
    pub rel: Linear,
    pub bad: Linear,
    pub bad_out: Vec<f32>,
    pub bad_bias: f32,
    pub split: [Lstm; 2],
    pub split_out: Linear,
    pub split_threshold: f32,
    /// `UPOS|FEATS`
    pub tags: Vec<(crate::Upos, String)>,
    pub scripts: Vec<Script>,
    pub labels: Vec<String>,
    /// Platt's two numbers, and the probability from which a sentence is quarantined.
    pub garble: (f32, f32, f32),
}

/// How to make a lemma of a form.
#[derive(Debug, Clone, PartialEq)]
pub enum Script {
    /// Cut so many characters off the end (of the lower-cased form, or of the form as it is) and add this.
    Edit { lower: bool, cut: usize, add: String },
    /// An irregular word.
    Whole(String),
}

impl Script {
    fn parse(text: &str) -> Option<Script> {
        if let Some(whole) = text.strip_prefix('!') {
            return Some(Script::Whole(whole.to_string()));
        }
        let (cut, add) = text.get(1..)?.split_once('+')?;
        Some(Script::Edit { lower: text.starts_with('l'), cut: cut.parse().ok()?, add: add.to_string() })
    }

    /// The lemma of `form`, into `out`; `false` where the script does not fit.
    pub fn apply(&self, form: &str, out: &mut String) -> bool {
        out.clear();
        match self {
            Script::Whole(lemma) => out.push_str(lemma),
            Script::Edit { lower, cut, add } => {
                if *lower {
                    out.extend(form.chars().flat_map(char::to_lowercase));
                } else {
                    out.push_str(form);
                }
                for _ in 0..*cut {
                    if out.pop().is_none() {
                        return false;
                    }
                }
                out.push_str(add);
            }
        }
        !out.is_empty()
    }
}

/// Tensors by name, while the file is taken apart.
struct File {
    bytes: &'static [u8],
    tensors: HashMap<String, (String, Vec<usize>, usize)>,
}

fn broken(what: impl std::fmt::Display) -> Error {
    Error::new(format!("the language model is damaged: {what}; build from a fresh checkout, or train it again"))
}

impl File {
    fn tensor(&self, name: &str, kind: &str, size: usize) -> Result<(&'static [u8], &[usize]), Error> {
        let (have, shape, offset) = self.tensors.get(name).ok_or_else(|| broken(format!("no tensor `{name}`")))?;
        let count: usize = shape.iter().product();
        if have != kind {
            return Err(broken(format!("tensor `{name}` holds {have}, not {kind}")));
        }
        let bytes =
            self.bytes.get(*offset..offset + count * size).ok_or_else(|| broken(format!("tensor `{name}` ends early")))?;
        Ok((bytes, shape))
    }

    fn floats(&self, name: &str) -> Result<Vec<f32>, Error> {
        let (bytes, _) = self.tensor(name, "f32", 4)?;
        Ok(bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    fn matrix(&self, name: &str) -> Result<Packed, Error> {
        let (bytes, shape) = self.tensor(name, "i8", 1)?;
        let scale = self.floats(&format!("{name}.scale"))?;
        match shape {
            &[rows, columns] if rows == scale.len() => Ok(Packed::new(bytes, scale, columns)),
            _ => Err(broken(format!("tensor `{name}` has shape {shape:?}"))),
        }
    }

    fn table(&self, name: &str) -> Result<Table, Error> {
        let (bytes, shape) = self.tensor(name, "i8", 1)?;
        let scale = self.floats(&format!("{name}.scale"))?;
        match shape {
            &[rows, width] if rows == scale.len() => Ok(Table { bytes, scale, width }),
            _ => Err(broken(format!("tensor `{name}` has shape {shape:?}"))),
        }
    }

    fn linear(&self, name: &str) -> Result<Linear, Error> {
        let weight = self.matrix(name)?;
        let bias = if self.tensors.contains_key(&format!("{name}.b")) {
            self.floats(&format!("{name}.b"))?
        } else {
            vec![0.0; weight.rows]
        };
        Ok(Linear { weight, bias })
    }

    fn lstm(&self, name: &str) -> Result<[Lstm; 2], Error> {
        let one = |d: &str| {
            Ok::<_, Error>(Lstm {
                input: self.matrix(&format!("{name}.{d}.ih"))?,
                hidden: self.matrix(&format!("{name}.{d}.hh"))?,
                bias: self.floats(&format!("{name}.{d}.b"))?,
            })
        };
        Ok([one("f")?, one("b")?])
    }
}

impl Model {
    /// Reads a model file.
    pub fn read(bytes: &'static [u8]) -> Result<Model, Error> {
        let length = match bytes {
            [b'D', b'E', b'T', b'E', b'N', b'T', b'E', b'1', a, b, c, d, ..] => u32::from_le_bytes([*a, *b, *c, *d]) as usize,
            _ => return Err(broken("it does not begin as a model does")),
        };
        let header = bytes.get(12..12 + length).ok_or_else(|| broken("its header ends early"))?;
        let header: Value = serde_json::from_slice(header).map_err(|e| broken(format!("its header: {e}")))?;
        let mut tensors = HashMap::new();
        for t in header["tensors"].as_array().into_iter().flatten() {
            let shape = t["shape"].as_array().into_iter().flatten().filter_map(|n| n.as_u64().map(|n| n as usize)).collect();
            let (Some(name), Some(kind), Some(offset)) = (t["name"].as_str(), t["dtype"].as_str(), t["offset"].as_u64()) else {
                return Err(broken("a tensor without a name"));
            };
            tensors.insert(name.to_string(), (kind.to_string(), shape, offset as usize));
        }
        let f = File { bytes, tensors };
        let meta = &header["meta"];
        let list = |key: &str| -> Vec<String> {
            meta[key].as_array().into_iter().flatten().filter_map(|v| v.as_str().map(String::from)).collect()
        };
        let number = |v: &Value| v.as_f64().map(|n| n as f32).ok_or_else(|| broken("a number is missing"));
        let (pieces, _) = f.tensor("pieces", "u8", 1)?;
        let pieces = std::str::from_utf8(pieces).map_err(|_| broken("its word pieces"))?;
        let most = meta["max_pieces"].as_u64().unwrap_or(6) as usize;
        let scripts: Option<Vec<Script>> = list("scripts").iter().map(|s| Script::parse(s)).collect();
        let tags = list("tags")
            .into_iter()
            .map(|t| match t.split_once('|') {
                Some((upos, feats)) => (crate::Upos::parse(upos), feats.to_string()),
                None => (crate::Upos::parse(&t), "_".to_string()),
            })
            .collect();
        let [layer0, layer1] = [f.lstm("lstm0")?, f.lstm("lstm1")?];
        let model = Model {
            pieces: Pieces::new(pieces, most).ok_or_else(|| broken("no piece for unknown words"))?,
            piece_table: f.table("embed.pieces")?,
            hash_table: f.table("embed.hash")?,
            buckets: meta["buckets"].as_u64().unwrap_or(0) as u32,
            layers: [layer0, layer1],
            tag: f.linear("tag")?,
            lemma: f.linear("lemma")?,
            name_low: f.linear("name_low")?,
            name_layer: f.lstm("name_lstm")?,
            name: f.linear("name")?,
            arc_dep: f.linear("arc_dep")?,
            arc_head: f.linear("arc_head")?,
            arc: f.linear("arc")?,
            arc_bias: f.floats("arc_bias")?,
            arc_root: f.floats("arc_root")?,
            rel_dep: f.linear("rel_dep")?,
            rel_head: f.linear("rel_head")?,
            rel_root: f.floats("rel_root")?,
            rel: f.linear("rel")?,
            bad: f.linear("bad")?,
            bad_out: f.floats("bad_out")?,
            bad_bias: f.floats("bad_out.b")?.first().copied().unwrap_or(0.0),
            split: f.lstm("split")?,
            split_out: f.linear("split_out")?,
            split_threshold: number(&meta["split_threshold"])?,
            tags,
            scripts: scripts.ok_or_else(|| broken("a lemma script"))?,
            labels: list("labels"),
            garble: (number(&meta["garble"]["a"])?, number(&meta["garble"]["b"])?, number(&meta["garble"]["threshold"])?),
        };
        model.check()?;
        Ok(model)
    }

    /// Shapes must fit one another, or the reader would fail in the middle of a text.
    fn check(&self) -> Result<(), Error> {
        let input = self.piece_table.width + self.hash_table.width;
        let width = self.layers[0][0].hidden.columns;
        let lstm = |l: &Lstm, input: usize, width: usize| {
            l.input.columns == input
                && l.hidden.columns == width
                && [l.input.rows, l.hidden.rows, l.bias.len()].iter().all(|&r| r == 4 * width)
        };
        let linear = |l: &Linear, input: usize, output: usize| {
            l.weight.columns == input && l.weight.rows == output && l.bias.len() == output
        };
        let (arc, rel) = (self.arc_root.len(), self.rel_root.len());
        let split = self.split[0].hidden.columns;
        let (low, name) = (self.name_low.weight.rows, self.name_layer[0].hidden.columns);
        let good = self.buckets > 0
            && self.layers[0].iter().all(|l| lstm(l, input, width))
            && self.layers[1].iter().all(|l| lstm(l, 2 * width, width))
            && self.split.iter().all(|l| lstm(l, input + 1, split))
            && linear(&self.split_out, 2 * split, 1)
            && linear(&self.tag, 2 * width, self.tags.len())
            && linear(&self.lemma, 2 * width, self.scripts.len())
            && linear(&self.name_low, 2 * width, low)
            && self.name_layer.iter().all(|l| lstm(l, low, name))
            && linear(&self.name, 2 * name, 7)
            && linear(&self.arc_dep, 2 * width, arc)
            && linear(&self.arc_head, 2 * width, arc)
            && linear(&self.arc, arc, arc)
            && self.arc_bias.len() == arc
            && linear(&self.rel_dep, 2 * width, rel)
            && linear(&self.rel_head, 2 * width, rel)
            && linear(&self.rel, rel, self.labels.len())
            && linear(&self.bad, 2 * width, self.bad_out.len())
            && !self.tags.is_empty()
            && !self.scripts.is_empty()
            && !self.labels.is_empty();
        if good { Ok(()) } else { Err(broken("its tensors do not fit one another")) }
    }
}
