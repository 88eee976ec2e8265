"""Writes the trained model as 8-bit integers in the container that `crates/syntax/src/model.rs` reads."""
import json
import os

import numpy as np


def rows_to_i8(w):
    """Each row by its own scale: the largest magnitude becomes 127."""
    w = np.asarray(w, dtype=np.float32)
    scale = np.abs(w).max(axis=1) / 127.0
    scale[scale == 0] = 1.0
    return np.clip(np.rint(w / scale[:, None]), -127, 127).astype(np.int8), scale.astype(np.float32)


def quantise(module):
    """Rounds every matrix of a module to what the shipped model will hold, so that scores are the shipped model's."""
    import torch
    with torch.no_grad():
        for name, p in module.named_parameters():
            if p.dim() == 2 and p.shape[0] > 1:
                q, s = rows_to_i8(p.cpu().numpy())
                p.copy_(torch.from_numpy(q.astype(np.float32) * s[:, None]))


class Container:
    def __init__(self):
        self.tensors = []

    def raw(self, name, array):
        self.tensors.append((name, np.ascontiguousarray(array)))

    def vector(self, name, v):
        self.raw(name, np.asarray(v, dtype=np.float32).reshape(-1))

    def matrix(self, name, w):
        q, s = rows_to_i8(w)
        self.raw(name, q)
        self.raw(name + ".scale", s)

    def linear(self, name, layer):
        self.matrix(name, layer.weight.detach().numpy())
        if layer.bias is not None:
            self.vector(name + ".b", layer.bias.detach().numpy())

    def lstm(self, name, layer):
        for suffix, direction in (("", "f"), ("_reverse", "b")):
            get = lambda part: getattr(layer, part + "_l0" + suffix).detach().numpy()
            self.matrix(f"{name}.{direction}.ih", get("weight_ih"))
            self.matrix(f"{name}.{direction}.hh", get("weight_hh"))
            self.vector(f"{name}.{direction}.b", get("bias_ih") + get("bias_hh"))

    def write(self, path, meta):
        kinds = {"int8": "i8", "float32": "f32", "uint8": "u8"}
        head = lambda at: json.dumps({"meta": meta, "tensors": [
            {"name": n, "dtype": kinds[str(a.dtype)], "shape": list(a.shape), "offset": o} for (n, a), o in zip(self.tensors, at)]},
            ensure_ascii=False, separators=(",", ":")).encode()
        room = (len(head([10**8] * len(self.tensors))) + 12 + 63) // 64 * 64
        at, offset = [], room
        for _, a in self.tensors:
            at.append(offset)
            offset = (offset + a.nbytes + 63) // 64 * 64
        header = head(at)
        header += b" " * (room - 12 - len(header))
        tmp = path + ".tmp"
        with open(tmp, "wb") as f:
            f.write(b"DETENTE1" + len(header).to_bytes(4, "little") + header)
            for (_, a), o in zip(self.tensors, at):
                f.write(b"\0" * (o - f.tell()) + a.tobytes())
        os.replace(tmp, path)
        return offset
