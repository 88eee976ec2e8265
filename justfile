# Every chore by name. `.ci/run` calls the same ones.

# What there is.
default:
    @just --list

# Build the command.
build:
    cargo build --release

# Unit tests, cases, properties.
test:
    cargo test --workspace

# The cases alone; `just cases times/year` runs some.
cases only="":
    DETENTE_CASES="{{only}}" cargo test -p detente --test cases

# Write what the program finds into the cases and the README; review the difference before you commit it.
bless only="":
    DETENTE_BLESS=1 DETENTE_CASES="{{only}}" cargo test -p detente --test cases -- --nocapture
    DETENTE_BLESS=1 cargo test -p cli --test readme

# Measure on the gold packs and compare with the floors; `just score --only time` measures a part.
score *options:
    cargo run --release -p dev -- score --gate {{options}}

# Tables of events: with and without the modality layer, confusions, the curve of confidence; into the book.
tables:
    cargo run --release -p dev -- events --write docs/scores-events.md

# Speed on own texts.
bench:
    cargo bench -p detente

# The same beside UDPipe 1, trained first on EWT with reduced settings (about half an hour, once).
bench-udpipe:
    python3 -m venv target/peers && target/peers/bin/pip install -q ufal.udpipe
    target/peers/bin/python crates/dev/peers/udpipe.py --work target/peers
    DETENTE_UDPIPE="$PWD/target/peers" PYTHON="$PWD/target/peers/bin/python" cargo bench -p detente

# Random bytes into every reader.
fuzz seconds="60":
    cargo run --release -p dev -- fuzz --seconds {{seconds}}

# How long questions take to a generated ledger of so many events.
ask events="100000":
    cargo run --release -p dev -- generate --events {{events}} --ledger generated.db
    cargo run --release -p dev -- ask --ledger generated.db

# Format.
fmt:
    cargo fmt --all

# What would fail in CI: format, lints, documentation.
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps

# Train the language engine anew (83 minutes on two free cores of 2.5 GHz; goes on where it was stopped).
train *options:
    pip install -r crates/dev/train/requirements.txt
    python3 crates/dev/train/train.py --data ../shared/gold --out crates/syntax/models/en.model {{options}}

# Kill the ledger at random moments while pages are added, and see that nothing is lost.
kill-test rounds="100":
    DETENTE_KILLS={{rounds}} cargo test --release -p ledger --features store --test store killed -- --nocapture

# What CI runs.
ci:
    .ci/run
