#!/usr/bin/env python3
"""Compares lexicon/actors/holders.tsv with tables of who held which office when, and says which terms they bear out.

    python3 crates/dev/actors/terms.py [--write] KEY=TABLE...

KEY is a key of the file's source column. A TABLE is
- a CSV file with a country (`country`, `countryLabel`, `catalog`), an office (`positionLabel`, `position`), a person
  (`officeholderLabel`, `name`, `person`), a beginning (`start`, `start_year`) and an end (`end`, `end_year`; empty: open when the
  table was made), as extracts of Wikidata have them; or
- a folder of World Factbook profiles in JSON, whose executive branch tells since when heads of state and of government serve.

A term is the same where country, kind of office and person are, and the years overlap. Names are compared without marks, and by sound,
since every source romanises in its own way. Printed, one line each:

    same      the dates agree as far as both are told; --write puts the key, and the month where only a year stood, into the file
    within    the table's term begins inside ours (elected again, a new cabinet): it bears ours out, and tells nothing on its dates
    differs   neither: look at both, and change the file by hand where the table is plainly right
    missing   the file has no such term; a name after `~` is whom it has in that office at that time

Heads of state of other countries that a crown shares and their governors are left out. Nothing downloaded is kept in the repository.
"""
import collections, csv, difflib, html, json, pathlib, re, sys, unicodedata

LEXICON = pathlib.Path(__file__).resolve().parents[2] / 'detente/lexicon'
HOLDERS = LEXICON / 'actors/holders.tsv'
FOLD = {c: plain for line in (LEXICON / 'places/fold.txt').read_text(encoding='utf-8').splitlines() if not line.startswith('#')
        for plain, marked in [line.split(' ', 1)] for c in marked}
# Kinds of office: the first pattern that fits.
KINDS = [
    ('other', r'^(?:deputy|assistant|under|acting|former|shadow|alternate)|spokes|ambassador|envoy|governor|opposition'),
    ('nato', r'secretary.general of nato'), ('un', r'secretary.general of the united nations'),
    ('high', r'high representative.*foreign'), ('vice', r'^(?:first )?vice.president'), ('other', r'deputy|^first vice'),
    ('foreign', r'foreign|external relations|^secretary of state$'), ('defence', r'defen[cs]e|armed forces$'),
    ('interior', r'interior|internal affairs|national security$'), ('finance', r'financ'), ('economy', r'econom'),
    ('speaker', r'speaker|^chairman of the state duma'), ('strategic', r'strategic affairs'),
    ('other', r'(?:president|minister|leader|head) of (?:iraqi|crimea|chechnya|the (?:donetsk|luhansk|european|red|world|soviet))'),
    ('government', r'prime minister|premier\b|chancellor$|chancellor of|taoiseach|president of the council|head of government|chair of the council'),
    ('head', r'president|king\b|queen\b|emir\b|amir\b|sultan\b|emperor|pope\b|monarch|supreme leader|head of state|prince\b|duke\b|council chair'
             r'|chairman|^leader|captain'),
]
MONTHS = {m: n for n, m in enumerate('January February March April May June July August September October November December'.split(), 1)}
# Words of the Factbook before a name that are none of it.
TITLES = set('''President Prime Minister King Queen Emir Amir Sultan Emperor Pope Prince Princess Grand Duke Chancellor Federal Supreme Leader Premier State
    General Gen Gen. Dr Dr. Sheikh Shaykh Taoiseach Crown Chairman Chairperson Chair Council Presidency Lt. Lt Maj. Captain Col. Colonel Brig. Brigadier
    First Vice Acting Interim Transitional Affairs Head Government Ministers Marshal Forces Armed Commander-in-Chief Regent Transition Military Admiral Excellency
    Highness Majesty Sovereign Co-Prince Ruler Counselor Party Commission Republic Executive Chief Secretary Presidential Cabinet Sudanese Sir Dame His Her'''.split())
SPELL = [('kh', 'h'), ('ph', 'f'), ('ck', 'k'), ('ou', 'u'), ('oo', 'u'), ('ee', 'i'), ('gh', 'g'), ('th', 't'), ('q', 'k'), ('y', 'i'), ('j', 'i'), ('w', 'v'), ('x', 'ks')]

Term = collections.namedtuple('Term', 'names office kind code start end key')


def kind(office):
    text = office.lower()
    return next((k for k, pattern in KINDS if re.search(pattern, text)), 'other')


def plain(name):
    text = ''.join(FOLD.get(c, c) for c in name)
    text = ''.join(c for c in unicodedata.normalize('NFKD', text) if not unicodedata.combining(c)).lower()
    return re.sub(r"[^\w ]", '', re.sub(r'[-–]', ' ', text))


def sounds(name):
    """The words of a name in a spelling that romanisations share; articles and particles left out."""
    words = []
    for word in plain(name).split():
        for old, new in SPELL:
            word = word.replace(old, new)
        word = re.sub(r'(.)\1', r'\1', word)
        if word not in ('al', 'el', 'bin', 'ibn', 'de', 'von', 'ir', 'sr', 'ii'):
            words.append(word)
    return words


def same_person(ours, theirs):
    for a in map(sounds, ours):
        for b in map(sounds, theirs):
            a, b = sorted((a, b), key=len)
            if a and all(any(difflib.SequenceMatcher(None, x, y).ratio() > (.7 if len(a) > 1 else .99) for y in b) for x in a):
                return True
    return False


def year(date, end):
    return int(date[:4]) if date not in ('', '-') else (9999 if end else 0)


def agree(ours, theirs):
    """Whether two dates are one as far as both are told; what one does not tell is no quarrel."""
    return '' in (ours, theirs) or '-' in (ours, theirs) or ours[:7].startswith(theirs[:7]) or theirs[:7].startswith(ours[:7])


def holders():
    for line in HOLDERS.read_text(encoding='utf-8').splitlines():
        if line and not line.startswith('#'):
            names, office, code, _, start, end, key = line.split('\t')
            yield Term(names.split('|'), office, kind(office), code, start, end, key), line


def countries():
    found = {'European Union': 'EUR', 'UNO': 'UNO', 'IGO': 'IGO', 'Holy See (Vatican City)': 'VAT', 'Burma': 'MMR', 'Czechia': 'CZE'}
    for line in (LEXICON / 'actors/countries.tsv').read_text(encoding='utf-8').splitlines():
        if line and not line.startswith('#'):
            code, name, others = line.split('\t')[:3]
            found.update({plain(form): code for form in [name, *others.split('|')]})
    return {plain(name): code for name, code in found.items()}


def of_csv(key, path, codes):
    for row in csv.DictReader(open(path, encoding='utf-8')):
        def told(*columns):
            return next((row[c] for c in columns if row.get(c) and not re.fullmatch(r'Q\d+', row[c])), '')
        code = codes.get(plain(told('countryLabel', 'country', 'catalog')))
        person, office = told('officeholderLabel', 'name', 'person'), told('positionLabel', 'position')
        if code and person and office:
            office = re.sub(r' \(.*', '', office)
            yield Term(person.split('|'), office, kind(office), code, told('start', 'start_year'), told('end', 'end_year'), key)


def of_factbook(key, folder, codes):
    for path in sorted(pathlib.Path(folder).rglob('*.json')):
        state = json.load(open(path, encoding='utf-8')).get('Government', {})
        names = state.get('Country name', {})
        forms = [names.get(f'conventional {form} form', {}).get('text', '') for form in ('short', 'long')]
        code = next((codes[plain(re.sub(r'<.*?>', '', f))] for f in forms if plain(re.sub(r'<.*?>', '', f)) in codes), None)
        for role in ('chief of state', 'head of government'):
            text = re.sub(r'<.*?>', ' ', html.unescape(state.get('Executive branch', {}).get(role, {}).get('text', '')))
            text = re.sub(r'\((?!since).*?\)|\[.*?\]|\baka\b.*?(?=\()', ' ', text)
            for part in text.split(';') if code else []:
                since = re.search(r'^(.*?)\((?:[^()]*)since (?:(\d+) )?(?:(\w+) )?(\d{4})\)', part.strip())
                if not since or re.search(r'(?i)governor|represented|deputy|vice president|commissioner', part):
                    continue
                words = since[1].replace(',', ' ').split()
                caps = [i for i, w in enumerate(words) if re.sub(r"^(?:al|el|bin)-|['’.]", '', w).isupper() and len(w) > 2]
                if not caps or 'CHARLES' in words and code != 'GBR' or 'ELIZABETH' in words and code != 'GBR':
                    continue
                first = caps[0]
                while first and words[first - 1] not in TITLES and words[first - 1] not in ('of', 'the', 'and'):
                    first -= 1
                office = ' '.join(words[:first])
                name = ' '.join(w if i not in caps else re.sub(r"[^\W_]+", lambda m: m[0] if m[0] in ('II', 'III', 'VI', 'XIV') else m[0].capitalize() if m[0].isupper() else m[0], w)
                                for i, w in enumerate(words) if i >= first)
                month = MONTHS.get(since[3] or '')
                k = kind(office) if kind(office) in ('head', 'government') else 'head' if role[0] == 'c' else 'government'
                yield Term([name], office, k, code, since[4] + (f'-{month:02}' if month else ''), '', key)


def main():
    args = [a for a in sys.argv[1:] if a != '--write']
    if not args:
        sys.exit(__doc__)
    codes, ours = countries(), list(holders())
    seen, news = collections.defaultdict(list), set()
    for arg in args:
        key, path = arg.split('=', 1)
        for term in (of_factbook if pathlib.Path(path).is_dir() else of_csv)(key, path, codes):
            def overlaps(t):
                return year(t.start, False) <= year(term.end, True) + 1 and year(term.start, False) <= year(t.end, True) + 1
            there = [(n, t) for n, (t, _) in enumerate(ours) if t.code == term.code and overlaps(t)
                     and (t.kind == term.kind or {t.kind, term.kind} == {'head', 'government'})]
            # One who changed between the highest offices has two terms; one who came back, too.
            fits = [(n, t) for n, t in there if same_person(t.names, term.names) and year(term.start, False) >= year(t.start, False) - 1
                    and (t.kind == term.kind or abs(year(term.start, False) - year(t.start, False)) < 2)]
            fits.sort(key=lambda f: (f[1].kind != term.kind, abs(year(f[1].start, False) - year(term.start, False))))
            if term.kind != 'other' and fits and (fits[0][1].kind == term.kind or term.kind in ('head', 'government')):
                seen[fits[0][0]].append(term)
            elif term.kind != 'other':
                rivals = ['/'.join(t.names[:1]) for _, t in there if t.kind == term.kind]
                news.add('\t'.join(['missing', key, term.code, term.office, '|'.join(term.names), term.start, term.end or '-', '~ ' + ', '.join(rivals)]))
    lines = {}
    for n, terms in sorted(seen.items()):
        t, line = ours[n]
        for term in terms:
            fine = agree(t.start, term.start) and agree(t.end, term.end) and not (t.end == '-' and term.end)
            inside = year(t.start, False) < year(term.start, False) < year(t.end, True) and (not term.end or agree(t.end, term.end))
            print('\t'.join(['same' if fine else 'within' if inside else 'differs', term.key, t.code, t.office, t.names[0], t.start, t.end, term.start, term.end or '-', term.names[0]]))
            if fine or inside:
                keys = [k for k in t.key.split('|') if k != '-']
                t = t._replace(key='|'.join(dict.fromkeys([*keys, term.key])))
            if fine:
                t = t._replace(start=max(t.start, term.start[:7], key=len), end=max(t.end, term.end[:7], key=len) if t.end != '-' else '-')
        cells = line.split('\t')
        lines[line] = '\t'.join([*cells[:4], t.start, t.end, t.key])
    print(*sorted(news), sep='\n')
    if '--write' in sys.argv:
        old = HOLDERS.read_text(encoding='utf-8').splitlines()
        HOLDERS.write_text('\n'.join(lines.get(line, line) for line in old) + '\n', encoding='utf-8')


if __name__ == '__main__':
    main()
