//! Bytes to text: byte order marks, declarations right and wrong, and a guess where nothing is declared.
//!
//! UTF-8 that decodes without fault is UTF-8 whatever a page declares: no other charset yields it by chance. Otherwise a
//! declaration is believed when it decodes without fault, and the detector of the browsers decides the rest.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use text::Note;

/// Decodes `bytes`; `declared` is the charset named outside (a header), the page's own `<meta>` is looked up here.
/// `Err` says what the bytes are when they are no text.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>, notes: &mut Vec<Note>) -> Result<String, String> {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        let (text, bad) = encoding.decode_without_bom_handling(&bytes[skip..]);
        if bad {
            notes.push(Note::new("charset", format!("some bytes are not {}; they were replaced by U+FFFD", encoding.name())));
        }
        return Ok(text.into_owned());
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        notes.push(Note::new("charset", format!("read as {}, though nothing declares it", encoding.name())));
        return Ok(encoding.decode_without_bom_handling(bytes).0.into_owned());
    }
    if let Some(what) = not_text(bytes) {
        return Err(what);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    // A page cut in the middle of its last character is still UTF-8.
    if let Err(error) = std::str::from_utf8(bytes)
        && error.error_len().is_none()
    {
        notes.push(Note::new("charset", "the last character is cut off"));
        return Ok(String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned());
    }
    let label = declared.map(str::to_owned).or_else(|| meta_charset(bytes));
    let named = label.as_deref().and_then(|l| Encoding::for_label(l.trim().as_bytes()));
    if let Some(encoding) = named.filter(|e| *e != UTF_8) {
        let (text, bad) = encoding.decode_without_bom_handling(bytes);
        if !bad {
            return Ok(text.into_owned());
        }
    }
    // Mostly UTF-8 with a few broken bytes: keep UTF-8 and mark the breaks.
    let lossy = String::from_utf8_lossy(bytes);
    let broken = lossy.matches('\u{fffd}').count();
    let sound = lossy.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    if sound > broken * 4 {
        notes.push(Note::new("charset", format!("{broken} bytes are not UTF-8; they were replaced by U+FFFD")));
        return Ok(lossy.into_owned());
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let encoding = if guess == UTF_8 { WINDOWS_1252 } else { guess };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let declared = label.map_or("declares no charset".to_string(), |l| format!("declares {l}, which does not fit"));
    notes.push(Note::new("charset", format!("the page {declared}; read as {}", encoding.name())));
    Ok(text.into_owned())
}

/// UTF-16 without a mark: in Western text every other byte is zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if odd * 10 > half * 8 && even * 20 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 8 && odd * 20 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// What the bytes are, where they are no text.
fn not_text(bytes: &[u8]) -> Option<String> {
    const MAGIC: [(&[u8], &str); 14] = [
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"%PDF", "a PDF document"),
        (b"\x7fELF", "a program"),
        (b"MZ\x90", "a program"),
        (b"SQLite format 3", "a database"),
        (b"OggS", "sound or film"),
        (b"ID3", "sound"),
        (b"BZh", "a bzip2 file"),
        (b"\xfd7zXZ", "an xz file"),
        (b"7z\xbc\xaf", "a 7z archive"),
        (b"Rar!", "a RAR archive"),
        (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    ];
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some((*what).to_string());
    }
    let head = &bytes[..bytes.len().min(16 << 10)];
    let odd = head.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31)).count();
    (odd * 50 > head.len()).then(|| "binary data".to_string())
}

/// The charset that a page declares in its first bytes, as `<meta charset=…>`, in `content="…; charset=…"` or in an XML head.
pub(crate) fn meta_charset(bytes: &[u8]) -> Option<String> {
    let head: String = bytes[..bytes.len().min(4096)].iter().map(|b| char::from(*b).to_ascii_lowercase()).collect();
    let at = head.find("charset=").map(|i| i + 8).or_else(|| {
        let xml = head.find("<?xml")?;
        head[xml..].find("encoding=").map(|i| xml + i + 9)
    })?;
    let label: String = head[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
        .collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, usize) {
        let mut notes = Vec::new();
        (decode(bytes, None, &mut notes).unwrap_or_default(), notes.len())
    }

    #[test]
    fn marks_are_taken_off() {
        assert_eq!(read(b"\xef\xbb\xbfKyiv"), ("Kyiv".into(), 0));
        assert_eq!(read(b"\xff\xfeK\0y\0i\0v\0"), ("Kyiv".into(), 0));
    }

    #[test]
    fn a_wrong_declaration_does_not_win_over_sound_utf8() {
        let page = "<meta charset=windows-1251><p>“No,” said Kyiv – again.</p>";
        assert_eq!(read(page.as_bytes()), (page.into(), 0));
    }

    #[test]
    fn a_right_declaration_is_believed() {
        let (text, notes) = read(b"<meta charset=\"windows-1252\"><p>\x93No,\x94 said Kyiv.</p>");
        assert!(text.contains("“No,”"));
        assert_eq!(notes, 0);
    }

    #[test]
    fn without_a_declaration_the_guess_is_noted() {
        let (text, notes) = read(b"The minister said \x93no\x94 twice.");
        assert!(text.contains("“no”"));
        assert_eq!(notes, 1);
    }

    #[test]
    fn pictures_are_no_text() {
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n0000", None, &mut Vec::new()), Err("a PNG picture".into()));
        assert!(decode(&[0, 1, 2, 3, 0, 1, 2, 3, 200, 1], None, &mut Vec::new()).is_err());
    }
}
