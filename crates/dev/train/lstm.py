"""A bidirectional LSTM over sentences of unlike length, with its own backward pass.

PyTorch's LSTM on processors keeps every step as a node of its own, and the gradient of each slice is a matrix of zeros as large as
the batch; half of a training step went there. Here the steps write into one matrix, both directions go together (the second on
sentences turned round), and each weight's gradient is one product.
"""
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


class Steps(torch.autograd.Function):
    """The recurrence of both directions. `x`: the gates' inputs of all words, packed (all first words, then all second words, ...;
    the longest sentence first), `[2, words, 4 * width]`; `weight`: `[2, 4 * width, width]`; `sizes`: how many sentences have a
    word at each place."""

    @staticmethod
    def forward(ctx, x, weight, sizes):
        words, width = x.shape[1], weight.shape[2]
        gates, turned = x.clone(), weight.transpose(1, 2).contiguous()
        cells, out, last, last_cells = (x.new_empty(2, words, width) for _ in range(4))
        h, c = x.new_zeros(2, sizes[0], width), x.new_zeros(2, sizes[0], width)
        at = 0
        for n in sizes:
            h, c = h[:, :n], c[:, :n]
            last[:, at:at + n], last_cells[:, at:at + n] = h, c
            g = gates[:, at:at + n]
            g += torch.bmm(h, turned)
            g[..., :2 * width].sigmoid_(), g[..., 2 * width:3 * width].tanh_(), g[..., 3 * width:].sigmoid_()
            i, f, new, o = g.split(width, 2)
            c = (f * c).addcmul_(i, new)
            h = o * torch.tanh(c)
            cells[:, at:at + n], out[:, at:at + n] = c, h
            at += n
        ctx.save_for_backward(weight, gates, cells, last_cells, last)
        ctx.sizes = sizes
        return out

    @staticmethod
    def backward(ctx, grad):
        weight, gates, cells, last_cells, last = ctx.saved_tensors
        width = weight.shape[2]
        i, f, new, o = gates.split(width, 2)
        # What does not depend on the step is done for all words at once: each gate's share of the cell's gradient, and its slope.
        tanh = torch.tanh(cells)
        to_cell, to_out = o * (1 - tanh * tanh), tanh * o * (1 - o)
        share = torch.stack([new * i * (1 - i), last_cells * f * (1 - f), i * (1 - new * new)], 2)
        d = torch.empty_like(gates)
        dh, dc = (grad.new_zeros(2, ctx.sizes[0], width) for _ in range(2))
        at = gates.shape[1]
        for n in reversed(ctx.sizes):
            at -= n
            rows = slice(at, at + n)
            step = dh[:, :n].add_(grad[:, rows])
            cell = dc[:, :n].addcmul_(step, to_cell[:, rows])
            into = d[:, rows]
            torch.mul(share[:, rows], cell[:, :, None], out=into[..., :3 * width].unflatten(2, (3, width)))
            torch.mul(step, to_out[:, rows], out=into[..., 3 * width:])
            dh[:, :n] = torch.bmm(into, weight)
            cell.mul_(f[:, rows])
        return d, torch.bmm(d.transpose(1, 2), last), None


def bilstm(lstm, x, lengths):
    """What `lstm`, one bidirectional layer with the batch first, says of padded `x` `[sentences, words, features]`."""
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    if x.is_cuda:
        return pad_packed_sequence(lstm(packed)[0], batch_first=True)[0]
    both = lambda part: torch.stack([getattr(lstm, f"{part}_l0{end}") for end in ("", "_reverse")])
    bias = both("bias_ih") + both("bias_hh")
    # Where each packed word stands in its sentence turned round.
    sizes = packed.batch_sizes
    starts = sizes.cumsum(0) - sizes
    sentence = torch.cat([torch.arange(n) for n in sizes])
    place = torch.repeat_interleave(torch.arange(len(sizes)), sizes)
    turned = starts[lengths[packed.sorted_indices][sentence] - 1 - place] + sentence
    gates = torch.baddbmm(bias[:, None], torch.stack([packed.data, packed.data[turned]]), both("weight_ih").transpose(1, 2))
    there, back = Steps.apply(gates, both("weight_hh"), sizes.tolist())
    return pad_packed_sequence(packed._replace(data=torch.cat([there, back[turned]], 1)), batch_first=True)[0]
